package io.auriga.benchmarks.history;

import io.auriga.runtime.store.PartitionedTable;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.Root;
import io.auriga.withdrawals.HistoryLedger;
import io.auriga.withdrawals.HistoryOutcome;
import io.auriga.withdrawals.WithdrawalLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How long whoever follows the chain has to wait while history is loaded into the same store: a
 * block's rows are written every 50 ms, once alone and once beside a load that never pauses.
 *
 * <p>Arguments: {@code sqlite} or {@code postgresql}, a folder for the data, how many withdrawals
 * are there before, and how many eras are loaded meanwhile.
 */
public final class Beside {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final int ALONE = 100;
  private static final int WRITES_MAX = 100_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String BLOCK =
      """
      INSERT INTO withdrawals_block (block_id, slot, root, parent_root, fork, block_number,
        block_hash, withdrawals_root, slot_time, optimistic, canonical, first_index,
        withdrawal_count, total_gwei, consensus_at, state_root)
      VALUES (?, ?, ?, ?, 'fulu', ?, ?, ?, ?, 0, 1, ?, 16, 1, 1, ?)
      """;
  private static final String ENTRY =
      """
      INSERT INTO withdrawals_entry (withdrawal_index, block_id, validator_index, address,
        amount_gwei) VALUES (?, ?, ?, ?, 1)
      """;

  private final Sweep sweep = new Sweep();
  private final HistoryLedger history;
  private final long[] nanos = new long[WRITES_MAX];
  private int writes;
  private long block;

  private Beside(Store loader) {
    this.history = new HistoryLedger(loader, Root.ZERO, InstantSource.system());
  }

  /** Runs on one store. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    long before = Long.parseLong(arguments[2]);
    int eras = Integer.parseInt(arguments[3]);
    if (arguments[0].equals("sqlite")) {
      run("SQLite", "sqlite:" + folder.resolve("store"), before, eras);
    } else {
      try (EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setDataDirectory(folder.resolve("store")).start()) {
        String url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres";
        run("PostgreSQL", url, before, eras);
      }
    }
  }

  private static void run(String name, String url, long before, int eras) throws Exception {
    try (Store loader =
        Store.open(StoreConfig.of(url).withBulkLoads(), WithdrawalLedger.MIGRATIONS)) {
      Beside beside = new Beside(loader);
      long loaded = 0;
      while (loaded < before) {
        loaded += beside.loadEra();
      }
      try (Store following = Store.open(url, WithdrawalLedger.MIGRATIONS)) {
        beside.measure(name, following, loaded, eras);
      }
    }
  }

  private long loadEra() {
    return history.load(sweep.next()) instanceof HistoryOutcome.Loaded done
        ? done.withdrawals()
        : 0;
  }

  private void measure(String name, Store following, long before, int eras) throws Exception {
    while (writes < ALONE) {
      write(following);
    }
    report(name + " alone, beside " + before + " rows");
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService loading = Executors.newSingleThreadExecutor()) {
      long begin = System.nanoTime();
      Future<Long> rows =
          loading.submit(
              () -> {
                long sum = 0;
                for (int era = 0; era < eras; era++) {
                  sum += loadEra();
                }
                done.set(true);
                return sum;
              });
      while (!done.get()) {
        write(following);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      report("%s beside a load of %.0f rows/s".formatted(name, rows.get() / seconds));
    }
  }

  /** A block with its withdrawals, as the follower commits it. */
  private void write(Store following) {
    LockSupport.parkNanos(BETWEEN.toNanos());
    long number = ++block;
    byte[] root = Arrays.copyOf(Long.toString(number).getBytes(StandardCharsets.US_ASCII), 32);
    long first = (1L << 40) + number * 16;
    following.cover(new PartitionedTable("withdrawals_entry", 1L << 22), first, first + 15);
    long begin = System.nanoTime();
    int _ =
        following.inTransaction(
            transaction -> {
              transaction.update(
                  BLOCK,
                  number,
                  (1L << 30) + number,
                  root,
                  root,
                  number,
                  root,
                  root,
                  number,
                  first,
                  root);
              for (long index = first; index < first + 16; index++) {
                transaction.update(ENTRY, index, number, index % Sweep.VALIDATORS, new byte[20]);
              }
              return 1;
            });
    nanos[writes++] = System.nanoTime() - begin;
  }

  private void report(String what) {
    long[] sorted = Arrays.copyOf(nanos, writes);
    Arrays.sort(sorted);
    System.out.printf(
        "%-45s %5d writes of a block: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
        what,
        writes,
        sorted[writes / 2] / NANOS_PER_MILLI,
        sorted[(int) (writes * 0.99)] / NANOS_PER_MILLI,
        sorted[writes - 1] / NANOS_PER_MILLI);
    writes = 0;
  }
}
