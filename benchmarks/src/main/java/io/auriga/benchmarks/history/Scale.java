package io.auriga.benchmarks.history;

import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.Root;
import io.auriga.withdrawals.HistoryBatch;
import io.auriga.withdrawals.HistoryLedger;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads withdrawals that are verified already, and asks for them.
 *
 * <p>Arguments: {@code sqlite} or {@code postgresql}, the folder for the data, and how many
 * withdrawals.
 */
public final class Scale {
  private static final long SEED = 20_261_125;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MEGA = 1e6;

  private Scale() {}

  /** Runs one size on one store. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    Files.createDirectories(folder);
    long rows = Long.parseLong(arguments[2]);
    if (arguments[0].equals("sqlite")) {
      run("SQLite", "sqlite:" + folder.resolve("store"), folder, rows);
    } else {
      try (EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setDataDirectory(folder.resolve("store")).start()) {
        String url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres";
        run("PostgreSQL", url, folder, rows);
      }
    }
    delete(folder);
  }

  private static void run(String name, String url, Path folder, long rows) throws IOException {
    Sweep sweep = new Sweep(SEED);
    try (Store store =
        Store.open(StoreConfig.of(url).withBulkLoads(), WithdrawalLedger.MIGRATIONS)) {
      load(name, store, sweep, folder, rows);
      new Questions(new WithdrawalQueries(store), sweep, rows).ask(name);
    }
  }

  private static void load(String name, Store store, Sweep sweep, Path folder, long rows)
      throws IOException {
    HistoryLedger history = new HistoryLedger(store, Root.ZERO, InstantSource.system());
    long loaded = 0;
    long nanos = 0;
    long slowest = 0;
    long window = 0;
    long windowRows = 0;
    while (loaded < rows) {
      HistoryBatch batch = sweep.next();
      long count = (long) batch.blocks().size() * Sweep.PER_BLOCK;
      long begin = System.nanoTime();
      var _ = history.load(batch);
      long took = System.nanoTime() - begin;
      nanos += took;
      slowest = Math.max(slowest, took);
      loaded += count;
      window += took;
      windowRows += count;
      if (windowRows >= 1_000_000 || loaded >= rows) {
        System.out.printf(
            "  %-10s %9d rows: the last %7d at %7.0f rows/s, heap %4.0f MB, resident %4.0f MB%n",
            name, loaded, windowRows, windowRows * NANOS_PER_SECOND / window, heap(), resident());
        window = 0;
        windowRows = 0;
      }
    }
    System.out.printf(
        "%-10s %9d rows in %.1f s: %.0f rows/s; a load of one era takes %.2f s, at most %.2f s;"
            + " %.0f MB on disk, %.0f bytes a row%n",
        name,
        loaded,
        nanos / NANOS_PER_SECOND,
        loaded * NANOS_PER_SECOND / nanos,
        nanos / NANOS_PER_SECOND * Sweep.SLOTS_PER_BATCH * Sweep.PER_BLOCK / loaded,
        slowest / NANOS_PER_SECOND,
        size(folder) / MEGA,
        (double) size(folder) / loaded);
  }

  private static double heap() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGA;
  }

  /** As Linux counts it; 0 elsewhere. */
  private static double resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(status);
    return lines.stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum()
        / 1e3;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
