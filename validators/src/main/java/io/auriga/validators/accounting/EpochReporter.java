package io.auriga.validators.accounting;

import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.EpochDuties.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Puts together what is known of an epoch: votes, proposals, sync committee seats. */
final class EpochReporter {
  private final ChainSpec spec;
  private final int slots;
  private final BlockLog log;
  private final Assignments assignments;
  private final ValidatorEpochs validators;
  private final Orphans orphans = new Orphans();
  private final TreeMap<Long, int[]> proposers = new TreeMap<>();
  private final TreeMap<Long, int[]> syncCommittees = new TreeMap<>();

  EpochReporter(Beginning beginning, BlockLog log, Assignments assignments) {
    this.spec = beginning.spec();
    this.slots = (int) spec.slotsPerEpoch();
    this.log = log;
    this.assignments = assignments;
    this.validators = beginning.validators();
    this.proposers.putAll(beginning.proposers());
    this.syncCommittees.putAll(beginning.syncCommittees());
  }

  Orphans orphans() {
    return orphans;
  }

  /** Whose turn it is in the slots behind one, as far as it was told. */
  int[] proposersAfter(Slot slot) {
    IntStream.Builder found = IntStream.builder();
    proposers.forEach(
        (epoch, bySlot) -> {
          for (int i = 0; i < bySlot.length; i++) {
            if (bySlot[i] >= 0 && epoch * bySlot.length + i > slot.value()) {
              found.add(bySlot[i]);
            }
          }
        });
    return found.build().toArray();
  }

  void proposers(Epoch epoch, int[] bySlot) {
    if (bySlot.length != slots) {
      throw new IllegalArgumentException(
          bySlot.length + " proposers of epoch " + epoch + ", which has " + slots + " slots");
    }
    proposers.put(epoch.value(), bySlot.clone());
  }

  void syncCommittee(Epoch epoch, int[] seats) {
    syncCommittees.put(period(epoch.value()), seats.clone());
  }

  /** A copy of what is told of this epoch and later ones. */
  Map<Long, int[]> proposersFrom(Epoch epoch) {
    return copy(proposers.tailMap(epoch.value(), true));
  }

  /** A copy of the sync committees of this epoch's period and later ones. */
  Map<Long, int[]> committeesFrom(Epoch epoch) {
    return copy(syncCommittees.tailMap(period(epoch.value()), true));
  }

  private static Map<Long, int[]> copy(Map<Long, int[]> some) {
    Map<Long, int[]> copy = new TreeMap<>();
    some.forEach((key, value) -> copy.put(key, value.clone()));
    return copy;
  }

  void dropBefore(long epoch) {
    orphans.dropBefore(epoch * slots);
    proposers.headMap(epoch, false).clear();
    syncCommittees.headMap(period(epoch), false).clear();
  }

  EpochDuties report(long number, Stage stage, EpochBook book) {
    Epoch epoch = new Epoch(number);
    Slot start = spec.startSlotOf(epoch);
    int[] earliest = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      // The window of a duty ends with the epoch behind its own.
      earliest[slot] = log.distanceToNext(start.value() + slot, 2 * slots - 1 - slot);
    }
    return new EpochDuties(
        epoch,
        stage,
        log.newest().ref(),
        book.columns(assignments.of(epoch), start, validators.count(), earliest),
        orphans.proposals(start, slots, Optional.ofNullable(proposers.get(number)), log),
        sync(number, log.between(start.value(), start.value() + slots)),
        book.refused());
  }

  private SyncDuties sync(long epoch, List<BlockLog.Entry> blocks) {
    int[] seats = syncCommittees.get(period(epoch));
    return seats == null
        ? SyncDuties.UNKNOWN
        : SyncDuties.of(
            seats,
            blocks.stream()
                .filter(block -> !block.isBeginning())
                .map(BlockLog.Entry::syncBits)
                .toList());
  }

  private long period(long epoch) {
    return epoch / spec.number("EPOCHS_PER_SYNC_COMMITTEE_PERIOD");
  }
}
