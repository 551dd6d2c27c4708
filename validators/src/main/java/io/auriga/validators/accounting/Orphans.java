package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.Proposal.Outcome;
import io.auriga.validators.accounting.Proposal.Rival;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The blocks that were canonical once, and who came of each slot because of it. */
final class Orphans {
  /** A block that lost. */
  private record Orphan(BlockRef block, int proposer, Optional<Rival> rival) {}

  /** By slot: the last block of it that was taken back. */
  private final TreeMap<Long, Orphan> bySlot = new TreeMap<>();

  /** Blocks taken back, whose rival is the next block to come. */
  private final List<Long> undecided = new ArrayList<>();

  /** A block was taken back. */
  void lost(BlockLog.Entry entry) {
    bySlot.put(entry.slot(), new Orphan(entry.ref(), entry.proposer(), Optional.empty()));
    undecided.add(entry.slot());
  }

  /** A block was counted. */
  void won(BlockLog.Entry entry) {
    Rival rival = new Rival(entry.ref(), entry.proposer());
    for (long slot : undecided) {
      bySlot.computeIfPresent(
          slot, (_, orphan) -> new Orphan(orphan.block(), orphan.proposer(), Optional.of(rival)));
    }
    undecided.clear();
    Orphan same = bySlot.get(entry.slot());
    if (same != null && same.block().equals(entry.ref())) {
      bySlot.remove(entry.slot());
    }
  }

  void dropBefore(long slot) {
    bySlot.headMap(slot, false).clear();
  }

  /** What became of an epoch's slots. */
  List<Proposal> proposals(Slot start, int slots, Optional<int[]> schedule, BlockLog log) {
    Proposal[] proposals = new Proposal[slots];
    for (int i = 0; i < slots; i++) {
      Slot slot = start.plus(i);
      int scheduled = schedule.isPresent() ? schedule.get()[i] : -1;
      Orphan orphan = bySlot.get(slot.value());
      Outcome outcome =
          orphan != null
              ? Outcome.ORPHANED
              : slot.isAfter(log.newest().ref().slot()) ? Outcome.PENDING : Outcome.MISSED;
      int proposer = orphan != null ? orphan.proposer() : scheduled;
      proposals[i] =
          new Proposal(
              slot,
              known(proposer),
              outcome,
              Optional.ofNullable(orphan).map(Orphan::block),
              Optional.ofNullable(orphan).flatMap(Orphan::rival));
    }
    for (BlockLog.Entry entry : log.between(start.value(), start.value() + slots)) {
      proposals[(int) (entry.slot() - start.value())] =
          new Proposal(
              entry.ref().slot(),
              known(entry.proposer()),
              Outcome.PROPOSED,
              Optional.of(entry.ref()),
              Optional.empty());
    }
    return List.of(proposals);
  }

  private static OptionalInt known(int proposer) {
    return proposer < 0 ? OptionalInt.empty() : OptionalInt.of(proposer);
  }
}
