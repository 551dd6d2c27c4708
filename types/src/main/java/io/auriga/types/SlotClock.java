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
  public SlotClock {
    if (slotDuration.isNegative() || slotDuration.isZero()) {
      throw new IllegalArgumentException("a slot must last longer than nothing: " + slotDuration);
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

  public Instant startOf(Slot slot) {
    return genesis.plus(slotDuration.multipliedBy(slot.value()));
  }
}
