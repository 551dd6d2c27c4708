package io.auriga.validators;

import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.DutyAccounting;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Duties that are decided and still to come. Immutable.
 *
 * @param epoch of the head
 * @param proposers by epoch from that one on, slot by slot; -1 where it is not known
 * @param seats by period of the sync committee from that one on
 */
public record Upcoming(
    ChainSpec spec, Epoch epoch, Map<Long, int[]> proposers, Map<Long, int[]> seats) {
  static Upcoming of(ChainSpec spec, DutyAccounting accounting) {
    Epoch epoch = spec.epochOf(accounting.head().slot());
    return new Upcoming(
        spec, epoch, accounting.proposersFrom(epoch), accounting.committeesFrom(epoch));
  }

  /** When a validator proposes next, as far as that is decided. */
  public Optional<Slot> proposal(int validator, Slot from) {
    for (var entry : new TreeMap<>(proposers).entrySet()) {
      Slot slot = spec.startSlotOf(new Epoch(entry.getKey()));
      for (int proposer : entry.getValue()) {
        if (proposer == validator && !slot.isBefore(from)) {
          return Optional.of(slot);
        }
        slot = slot.next();
      }
    }
    return Optional.empty();
  }

  /** Seats in the sync committee of the present period. */
  public int seatsNow(int validator) {
    return count(period(), validator);
  }

  /** Seats in that of the period behind it. */
  public int seatsNext(int validator) {
    return count(period() + 1, validator);
  }

  /** The first epoch of the period behind the present one. */
  public Epoch nextPeriod() {
    return new Epoch((period() + 1) * epochsPerPeriod());
  }

  private int count(long period, int validator) {
    int[] seated = seats.get(period);
    return seated == null
        ? 0
        : (int) Arrays.stream(seated).filter(seat -> seat == validator).count();
  }

  private long period() {
    return epoch.value() / epochsPerPeriod();
  }

  private long epochsPerPeriod() {
    return spec.number("EPOCHS_PER_SYNC_COMMITTEE_PERIOD");
  }
}
