package io.auriga.benchmarks.history;

import io.auriga.types.Root;
import io.auriga.withdrawals.HistoryBatch;
import io.auriga.withdrawals.HistoryLedger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Loads so many withdrawals, era by era, and measures itself. What each era took is kept in a file:
 * a load that was stopped goes on, and its measures are those of all of it.
 */
final class Loading {
  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;
  private static final long SILENCE_NANOS = 2_000_000_000;

  private final HeldData data;
  private final Path log;
  private final long rows;
  private final List<Era> eras;

  Loading(HeldData data, Path log, long rows) throws IOException {
    this.data = data;
    this.log = log;
    this.rows = rows;
    this.eras =
        Files.exists(log)
            ? new ArrayList<>(Files.readAllLines(log).stream().map(Era::parse).toList())
            : new ArrayList<>();
  }

  /**
   * The load of one era, or with no withdrawals what was left to do at the end.
   *
   * @param processor of this process and the server's
   * @param resident at most, of this process
   */
  private record Era(long withdrawals, long nanos, long processor, double resident, double load) {
    static Era parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Era(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          Double.parseDouble(parts[3]),
          Double.parseDouble(parts[4]));
    }

    String line() {
      return withdrawals + " " + nanos + " " + processor + " " + resident + " " + load;
    }
  }

  List<Measure> run() throws IOException {
    HistoryLedger history = new HistoryLedger(data.store(), Root.ZERO, InstantSource.system());
    Sweep sweep = new Sweep();
    for (Era era : eras) {
      if (era.withdrawals() > 0) {
        var _ = sweep.next();
      }
    }
    long begin = System.nanoTime();
    long said = begin;
    long before = loaded();
    history.expect(rows - before);
    while (loaded() < rows) {
      load(history, sweep.next());
      long now = System.nanoTime();
      if (now - said > SILENCE_NANOS) {
        said = now;
        double aSecond = (loaded() - before) * NANOS / (now - begin);
        System.err.printf(
            Locale.ROOT,
            "  %,d of %,d withdrawals, %,.0f a second, about %.0f s left%n",
            loaded(),
            rows,
            aSecond,
            (rows - loaded()) / aSecond);
      }
    }
    step(0, () -> history.settle(() -> System.err.println("  making the indices")));
    return measures();
  }

  private void load(HistoryLedger history, HistoryBatch batch) throws IOException {
    step(
        batch.blocks().stream().mapToLong(block -> block.count()).sum(),
        () -> {
          var _ = history.load(batch);
        });
  }

  private void step(long withdrawals, Runnable work) throws IOException {
    Duration processor = data.processor();
    long begin = System.nanoTime();
    work.run();
    Era era =
        new Era(
            withdrawals,
            System.nanoTime() - begin,
            data.processor().minus(processor).toNanos(),
            residentAtMost(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    eras.add(era);
    Files.writeString(log, era.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private long loaded() {
    return eras.stream().mapToLong(Era::withdrawals).sum();
  }

  private List<Measure> measures() {
    List<Era> loads = eras.stream().filter(era -> era.withdrawals() > 0).toList();
    long settling = eras.stream().filter(era -> era.withdrawals() == 0).mapToLong(Era::nanos).sum();
    int tenth = Math.max(1, loads.size() / 10);
    List<Era> last = loads.subList(loads.size() - tenth, loads.size());
    return List.of(
        Measure.of("load", "withdrawals/s", aSecond(eras, false)),
        Measure.of(
            "load, the first tenth", "withdrawals/s", aSecond(loads.subList(0, tenth), false)),
        Measure.of("load, the last tenth", "withdrawals/s", aSecond(last, false)),
        Measure.of("load, for a second of processor", "withdrawals", aSecond(eras, true)),
        Measure.of("the last tenth, for a second of processor", "withdrawals", aSecond(last, true)),
        Measure.of("the indices at the end of the load", "s", settling / NANOS),
        Measure.times("load of an era", loads.stream().mapToLong(Era::nanos).toArray()),
        Measure.of(
            "load average of the machine meanwhile",
            "",
            eras.stream().mapToDouble(Era::load).average().orElse(0)),
        Measure.of(
            "resident at most while loading",
            "MB",
            eras.stream().mapToDouble(Era::resident).max().orElse(0)),
        Measure.of("on disk", "MB", data.bytes() / MEGA),
        Measure.of("on disk, each withdrawal", "bytes", (double) data.bytes() / loaded()));
  }

  private static double aSecond(List<Era> eras, boolean ofProcessor) {
    LongStream nanos = eras.stream().mapToLong(ofProcessor ? Era::processor : Era::nanos);
    return eras.stream().mapToLong(Era::withdrawals).sum() * NANOS / nanos.sum();
  }

  /** As Linux counts it; 0 elsewhere. */
  private static double residentAtMost() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum()
        / 1e3;
  }
}
