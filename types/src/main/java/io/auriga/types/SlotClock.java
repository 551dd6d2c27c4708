package io.auriga.types;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock every Ethereum node shares: the genesis time and the length of a slot. The only reader
 * of the wall clock besides the edges; tests and replays inject a stepped or scaled {@link
 * InstantSource}.
 */
public record SlotClock(Instant genesis, Duration slotDuration, InstantSource time) {
  /**
   * The last moment that fits milliseconds since 1970, 292 million years from now: nodes may name
   * slots that lie behind it.
   */
  public static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

  public SlotClock {
    if (slotDuration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("a slot must last a millisecond or more: " + slotDuration);
    }
  }

  public static SlotClock of(ChainSpec spec, Genesis genesis, InstantSource time) {
    return new SlotClock(genesis.time(), spec.slotDuration(), time);
  }

  public Instant now() {
    return time.instant();
  }

  /** The slot that lasts now; slot 0 before genesis. */
  public Slot currentSlot() {
    return slotAt(now());
  }

  /** The slot that lasts at {@code instant}; slot 0 before genesis. */
  public Slot slotAt(Instant instant) {
    Duration since = Duration.between(genesis, instant);
    return since.isNegative() ? new Slot(0) : new Slot(since.dividedBy(slotDuration));
  }

  /** When {@code slot} begins; {@link #END_OF_TIME} where that would be later still. */
  public Instant startOf(Slot slot) {
    long slotsLeft = Duration.between(genesis, END_OF_TIME).dividedBy(slotDuration);
    return Long.compareUnsigned(slot.value(), slotsLeft) > 0
        ? END_OF_TIME
        : genesis.plus(slotDuration.multipliedBy(slot.value()));
  }
}
