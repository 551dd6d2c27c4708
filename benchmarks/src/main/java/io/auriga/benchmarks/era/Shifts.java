package io.auriga.benchmarks.era;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same work on several threads at once, after it was done so often that the compiler is through
 * with it: code that was compiled for one thread's run is thrown away more than once when a second
 * one joins.
 */
final class Shifts {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 5;
  private static final int COUNTED = 2_000_000;

  private Shifts() {}

  /** What some pieces took, on the wall and of the processor, in nanoseconds. */
  record Took(int pieces, long wall, long processor) {
    double aSecond() {
      return pieces * 1e9 / wall;
    }

    double microsOfProcessor() {
      return processor / 1e3 / pieces;
    }

    /** With what came after it. */
    Took plus(Took after) {
      return new Took(pieces, wall + after.wall, processor + after.processor);
    }
  }

  static Took median(int threads, int pieces, Supplier<IntConsumer> work) {
    return median(() -> once(threads, pieces, work));
  }

  /** The round in the middle. */
  static Took median(Supplier<Took> round) {
    List<Took> rounds = Stream.generate(round).limit(WARM_UPS + ROUNDS).toList();
    return rounds.subList(WARM_UPS, rounds.size()).stream()
        .sorted(Comparator.comparingLong(Took::wall))
        .toList()
        .get(ROUNDS / 2);
  }

  /**
   * @param work makes what one thread does with the number of a piece
   */
  static Took once(int threads, int pieces, Supplier<IntConsumer> work) {
    long begin = System.nanoTime();
    long processor = 0;
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> shares = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        shares.add(workers.submit(() -> share(first, threads, pieces, work.get())));
      }
      for (Future<Long> share : shares) {
        processor += share.get();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
    return new Took(pieces, System.nanoTime() - begin, processor);
  }

  private static long share(int first, int step, int pieces, IntConsumer work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    for (int i = first; i < pieces; i += step) {
      work.accept(i);
    }
    return THREADS.getCurrentThreadCpuTime() - begin;
  }

  /**
   * How much longer a thread takes for work without memory beside another one than alone: what the
   * system calls two processors may be one core.
   */
  static double sharing() {
    double alone = median(1, 1, () -> _ -> count()).wall();
    return median(2, 2, () -> _ -> count()).wall() / alone;
  }

  private static void count() {
    long[] sums = {1, 2, 3, 4};
    IntStream.range(0, COUNTED)
        .forEach(
            i -> {
              sums[0] = sums[0] * 31 + sums[1];
              sums[1] ^= sums[2] << 3;
              sums[2] += sums[3] ^ sums[0] + i;
              sums[3] = Long.rotateLeft(sums[3], 7) + sums[1];
            });
    if (sums[0] == sums[1]) {
      throw new IllegalStateException("that cannot be");
    }
  }
}
