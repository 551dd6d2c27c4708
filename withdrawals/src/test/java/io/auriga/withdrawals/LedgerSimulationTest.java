package io.auriga.withdrawals;

import io.auriga.runtime.store.EmbeddedStores;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ledger against a naive model of it, from a seed. More seeds with {@code
 * -Dauriga.ledger.seeds=1000}, one again with {@code -Dauriga.ledger.seed=17}.
 */
class LedgerSimulationTest {
  private static final int STEPS = 200;
  private static final long SEEDS = Long.getLong("auriga.ledger.seeds", 4);

  @TempDir Path folder;

  static LongStream seeds() {
    Long one = Long.getLong("auriga.ledger.seed");
    return one == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(one);
  }

  /** A round trip to PostgreSQL costs more than the comparison: it gets a part of the seeds. */
  static LongStream someSeeds() {
    return seeds().filter(seed -> seed % 3 == 1 || Long.getLong("auriga.ledger.seed") != null);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answersAsTheModelDoesOnSqlite(long seed) {
    run(EmbeddedStores.sqlite(folder.resolve("seed" + seed)), seed, STEPS);
  }

  @ParameterizedTest
  @MethodSource("someSeeds")
  void answersAsTheModelDoesOnPostgres(long seed) {
    run(EmbeddedStores.postgres(), seed, STEPS / 2);
  }

  private static void run(String url, long seed, int steps) {
    int step = 0;
    try (ModelDriver driver = new ModelDriver(url, seed)) {
      for (; step < steps; step++) {
        String _ = driver.step();
      }
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "seed %d, step %d (again: -Dauriga.ledger.seed=%d): %s"
              .formatted(seed, step, seed, failure.getMessage()),
          failure);
    }
  }
}
