package io.auriga.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.prediction.PredictionBook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One process follows and another loads into the same store; at random moments one of them is
 * killed and started again, until both have done their work.
 */
class KilledLoadTest {
  private static final int LAST = 900;
  private static final int START = 700;
  private static final int KILLS = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void losesNothingInSqliteWhicheverOfThemDies(long seed) throws Exception {
    killAndGoOn(EmbeddedStores.sqlite(folder), seed);
  }

  @Test
  void losesNothingInPostgresWhicheverOfThemDies() throws Exception {
    killAndGoOn(EmbeddedStores.postgres(), 3);
  }

  private static void killAndGoOn(String url, long seed) throws Exception {
    Store.open(url, WithdrawalLedger.MIGRATIONS).close();
    Random random = new Random(seed);
    Worker[] workers = {new Worker(url, "follow", seed), new Worker(url, "load", seed)};
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        int which = random.nextInt(2);
        int reports = 1 + random.nextInt(kill == 0 ? 3 : 12);
        for (int i = 0; i < reports && workers[which].report() != null; i++) {
          // It goes on while we listen.
        }
        workers[which].kill();
        workers[which] = new Worker(url, which == 0 ? "follow" : "load", seed + kill);
      }
      for (Worker worker : workers) {
        worker.finish();
      }
    } finally {
      for (Worker worker : workers) {
        worker.kill();
      }
    }
    requireHeldOnce(url);
  }

  private static void requireHeldOnce(String url) {
    List<Withdrawal> expected =
        Both.blocks().stream().flatMap(block -> block.withdrawals().stream()).toList();
    try (Store store = Store.open(url, WithdrawalLedger.MIGRATIONS, PredictionBook.MIGRATIONS)) {
      WithdrawalQueries queries = new WithdrawalQueries(store);
      List<Withdrawal> held = new ArrayList<>();
      queries.export(
          WithdrawalFilter.ALL.withOrder(WithdrawalFilter.Order.OLDEST_FIRST),
          record -> held.add(record.withdrawal()));
      assertThat(held).isEqualTo(expected);
      assertThat(queries.gaps()).isEmpty();
      assertThat(new WithdrawalLedger(store).gaps()).isEmpty();
      assertThat(queries.summary().withdrawals()).isEqualTo(expected.size());
      assertThat(queries.spans()).hasSize(1);
    }
  }

  /** One of the two processes, and what it says. */
  private static final class Worker {
    private final Process process;
    private final BufferedReader output;

    Worker(String url, String role, long seed) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Both.class.getName(),
                  url,
                  role,
                  Long.toString(seed))
              .redirectErrorStream(true)
              .start();
      output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Its next line, or null once it has ended. */
    @Nullable String report() throws IOException {
      return output.readLine();
    }

    void finish() throws Exception {
      StringBuilder said = new StringBuilder();
      for (String line = report(); line != null; line = report()) {
        said.append(line).append('\n');
      }
      assertThat(process.waitFor()).as(said.toString()).isZero();
    }

    void kill() throws InterruptedException {
      // Not Process.destroyForcibly, which would close the stream as well.
      boolean _ = process.toHandle().destroyForcibly();
      process.waitFor();
    }
  }

  /** Either process: does what is left of its work, and says what it did. */
  static final class Both {
    private Both() {}

    static List<ChainBlock> blocks() {
      return TestBlocks.chain(1, LAST, 10, 3);
    }

    public static void main(String[] arguments) {
      Random random = new Random(Long.parseLong(arguments[2]));
      if (arguments[1].equals("follow")) {
        try (Store store = Store.open(arguments[0], WithdrawalLedger.MIGRATIONS)) {
          follow(new WithdrawalLedger(store), random);
        }
      } else {
        StoreConfig beside = StoreConfig.of(arguments[0]).withBulkLoads();
        try (Store store = Store.open(beside, WithdrawalLedger.MIGRATIONS)) {
          load(new HistoryLedger(store, Root.ZERO, () -> LedgerFixture.AT), random);
        }
      }
    }

    private static void follow(WithdrawalLedger ledger, Random random) {
      List<ChainBlock> blocks = blocks();
      while (true) {
        int head =
            ledger
                .position()
                .map(position -> (int) position.head().slot().value())
                .orElse(START - 1);
        if (head == LAST) {
          return;
        }
        int next = Math.min(LAST, head + 1 + random.nextInt(3));
        ledger.commit(
            ChainUpdate.ofBlocks(LedgerFixture.AT, List.of(), blocks.subList(head, next)));
        System.out.println(next);
      }
    }

    private static void load(HistoryLedger history, Random random) {
      List<ChainBlock> blocks = blocks();
      List<Integer> starts = new ArrayList<>();
      int size = random.nextBoolean() ? START - 1 : 40;
      for (int from = 1; from < START; from += size) {
        starts.add(from);
      }
      Collections.shuffle(starts, random);
      for (int from : starts) {
        int to = Math.min(START - 1, from + size - 1);
        HistoryOutcome outcome =
            history.load(
                new HistoryBatch(
                    new Slot(from),
                    new Slot(to),
                    blocks.subList(from - 1, to).stream().map(HistoryBlock::of).toList(),
                    Verification.FULL,
                    "test"));
        System.out.println(outcome);
      }
    }
  }
}
