package io.auriga.sync.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Many samples of a node's clock made into one bound (Marzullo's algorithm): the offsets that most
 * samples agree on, if more than half do. A sample that a pause or a wrong header made wrong stands
 * alone and is outvoted; the whole seconds of {@code Date} narrow each other down, since each was
 * read at another part of its second. For any thread.
 */
public final class ClockFilter {
  /** Some minutes at the pace at which nodes are looked at. */
  private static final int SAMPLES = 64;

  /** Clocks that nobody keeps run apart by up to so much: 100 millionths. */
  private static final long DRIFT_PART = 10_000;

  private final Deque<ClockSample> samples = new ArrayDeque<>();

  /** An end of an interval; beginnings come first, so that those that touch agree. */
  private record End(Duration at, int step) {}

  /** Takes one more; the oldest goes. */
  public synchronized void add(ClockSample sample) {
    samples.addLast(sample);
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
  }

  /** Empty without samples, and where no more than half of them agree on anything. */
  public synchronized Optional<ClockBound> bound(Instant now) {
    List<End> ends = new ArrayList<>();
    for (ClockSample sample : samples) {
      Duration drift = Duration.between(sample.at(), now).abs().dividedBy(DRIFT_PART);
      ends.add(new End(sample.least().minus(drift), 1));
      ends.add(new End(sample.most().plus(drift), -1));
    }
    ends.sort(Comparator.comparing(End::at).thenComparing(End::step, Comparator.reverseOrder()));
    int agree = 0;
    int best = 0;
    int from = -1;
    for (int i = 0; i < ends.size(); i++) {
      agree += ends.get(i).step();
      if (agree > best) {
        best = agree;
        from = i;
      }
    }
    return 2 * best <= samples.size()
        ? Optional.empty()
        : Optional.of(new ClockBound(ends.get(from).at(), ends.get(from + 1).at(), best));
  }
}
