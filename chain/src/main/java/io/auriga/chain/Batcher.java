package io.auriga.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects elements and hands them over as immutable batches when there are enough, or when the
 * oldest has waited long enough, or at the end. Confined to one thread; its bound is the batch
 * size, since a full batch is handed over before the next element is taken.
 */
public final class Batcher<T> {
  private final int sizeMax;
  private final Duration ageMax;
  private final InstantSource time;
  private final Consumer<List<T>> sink;
  private List<T> pending = new ArrayList<>();
  private Optional<Instant> oldest = Optional.empty();

  public Batcher(int sizeMax, Duration ageMax, InstantSource time, Consumer<List<T>> sink) {
    if (sizeMax < 1 || ageMax.isNegative()) {
      throw new IllegalArgumentException("batch of " + sizeMax + " elements, " + ageMax);
    }
    this.sizeMax = sizeMax;
    this.ageMax = ageMax;
    this.time = time;
    this.sink = sink;
  }

  /** Takes one element; hands a batch over if that fills it or the oldest is due. */
  public void add(T element) {
    if (pending.isEmpty()) {
      oldest = Optional.of(time.instant());
    }
    pending.add(element);
    if (pending.size() >= sizeMax) {
      flush();
    } else {
      flushIfDue();
    }
  }

  /** Hands over what waits if its oldest element has waited long enough. */
  public void flushIfDue() {
    if (oldest.isPresent() && !time.instant().isBefore(oldest.get().plus(ageMax))) {
      flush();
    }
  }

  /** How long until {@link #flushIfDue} has something to do; empty while nothing waits. */
  public Optional<Duration> untilDue() {
    return oldest.map(
        instant -> {
          Duration left = Duration.between(time.instant(), instant.plus(ageMax));
          return left.isNegative() ? Duration.ZERO : left;
        });
  }

  /**
   * Hands over what waits. If the sink throws, the batch is dropped here: the caller starts again
   * from the position that was committed, so nothing is lost.
   */
  public void flush() {
    if (!pending.isEmpty()) {
      List<T> batch = List.copyOf(pending);
      pending = new ArrayList<>();
      oldest = Optional.empty();
      sink.accept(batch);
    }
  }
}
