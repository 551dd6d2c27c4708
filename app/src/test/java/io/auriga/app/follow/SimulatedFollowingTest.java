package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.store.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The follower and the real ledger on simulated chains, judged by the oracle after each step. Runs
 * a few seeds; {@code testkit/simulate} runs a thousand. {@code -Dauriga.seeds=N} sets how many,
 * {@code -Dauriga.seed=N} replays one.
 */
class SimulatedFollowingTest {
  /**
   * Every kind of plan is among so many: the deepest reorgs, two nodes, justified blocks undone.
   */
  private static final int SEEDS = 16;

  private static final int SEEDS_ON_POSTGRES = 2;
  private static final int FAILURES_MAX = 5;
  private static final int SEEDS_PER_LINE = 100;

  @TempDir private Path folder;

  @Test
  void keepsEveryWithdrawalThroughReorgsRestartsAndLies() {
    long[] seeds =
        number("auriga.seed")
            .mapToObj(seed -> new long[] {seed})
            .findFirst()
            .orElseGet(
                () ->
                    LongStream.range(0, number("auriga.seeds").findFirst().orElse(SEEDS))
                        .toArray());
    Figures total = new Figures();
    List<AssertionError> failures = new ArrayList<>();
    for (long seed : seeds) {
      Path store = folder.resolve("seed-" + seed);
      run(seed, EmbeddedStores.sqlite(store), total, failures);
      delete(store);
      if (failures.size() == FAILURES_MAX) {
        break;
      }
      if (total.seeds % SEEDS_PER_LINE == 0) {
        System.out.println("Simulated so far: " + total);
      }
    }
    System.out.println("Simulated: " + total);
    report(failures);
    if (seeds.length >= SEEDS) {
      assertThat(total.reorgs()).isPositive();
      assertThat(total.deepest()).isGreaterThan(32);
      assertThat(total.crashes).isPositive();
      assertThat(total.followerRestarts).isPositive();
      assertThat(total.storeRestarts).isPositive();
      assertThat(total.brokenTransactions).isPositive();
      assertThat(total.refused).isPositive();
    }
  }

  @Test
  void keepsEveryWithdrawalOnPostgresToo() {
    Figures total = new Figures();
    List<AssertionError> failures = new ArrayList<>();
    // Seeds that the other test does not run; the first has a second node on each side.
    for (long seed = 100_000; seed < 100_000 + SEEDS_ON_POSTGRES; seed++) {
      run(seed, EmbeddedStores.postgres(), total, failures);
    }
    System.out.println("Simulated on PostgreSQL: " + total);
    report(failures);
  }

  private static void run(
      long seed, String storeUrl, Figures total, List<AssertionError> failures) {
    try {
      total.add(new SimulatedRun(seed, storeUrl).run());
    } catch (AssertionError | RuntimeException failure) {
      total.violations++;
      AssertionError named =
          new AssertionError(
              "seed %d on %s; to replay: ./mvnw -pl app -am verify"
                      .formatted(seed, storeUrl.substring(0, storeUrl.indexOf(':')))
                  + " -Dtest=SimulatedFollowingTest -Dsurefire.failIfNoSpecifiedTests=false"
                  + " -Dauriga.seed="
                  + seed,
              failure);
      System.out.println(named.getMessage() + "\n  " + failure);
      failures.add(named);
    }
  }

  private static void report(List<AssertionError> failures) {
    if (!failures.isEmpty()) {
      AssertionError first = failures.getFirst();
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  private static LongStream number(String property) {
    String value = System.getProperty(property, "");
    return value.isBlank() ? LongStream.empty() : LongStream.of(Long.parseLong(value.strip()));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException kept) {
      throw new IllegalStateException("cannot delete " + folder, kept);
    }
  }
}
