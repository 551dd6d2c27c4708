package io.auriga.clients;

import java.util.Arrays;
import java.util.OptionalLong;

/** How long the last answers of one node took. Safe for any thread. */
final class Latencies {
  private static final int REMEMBERED = 128;

  /** With fewer than these, the slowest of twenty is chance. */
  private static final int ENOUGH = 20;

  private final long[] nanos = new long[REMEMBERED];
  private int count;
  private int next;

  synchronized void add(long duration) {
    nanos[next] = duration;
    next = (next + 1) % REMEMBERED;
    count = Math.min(count + 1, REMEMBERED);
  }

  /** In nanoseconds, the time within which 95 of a hundred came; empty before there are enough. */
  synchronized OptionalLong p95() {
    if (count < ENOUGH) {
      return OptionalLong.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return OptionalLong.of(sorted[(count * 95 + 99) / 100 - 1]);
  }
}
