package io.auriga.withdrawals;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.BlockWriter.Numbered;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts lost blocks and withdrawals back, newest first, so that each is vouched for by its child.
 */
final class LedgerRestore {
  private final Transaction transaction;
  private final LedgerState state;
  private final StageTotals totals;
  private final BlockWriter writer;
  private final Coverage coverage;

  LedgerRestore(Transaction transaction) {
    this.transaction = transaction;
    this.state = LedgerState.load(transaction);
    this.totals = StageTotals.load(transaction);
    this.writer = new BlockWriter(transaction, totals);
    this.coverage = Coverage.of(transaction, state);
  }

  void run(List<ChainBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    List<ChainBlock> newestFirst =
        blocks.stream()
            .sorted(Comparator.comparing((ChainBlock block) -> block.ref().slot()).reversed())
            .toList();
    Instant latest = Instant.EPOCH;
    for (ChainBlock block : newestFirst) {
      restore(block);
      latest = block.seenAt().isAfter(latest) ? block.seenAt() : latest;
    }
    new StageMarks(transaction, state, totals).mark(latest);
    state.save(transaction);
    totals.save(transaction);
  }

  private record Held(long id, boolean canonical, OptionalLong firstIndex) {
    static Held of(Row row) {
      return new Held(
          row.number("block_id"), row.number("canonical") == 1, row.findNumber("first_index"));
    }
  }

  /** The canonical block after another, and where its withdrawals begin. */
  private record Child(Root parent, OptionalLong firstIndex) {
    static Child of(Row row) {
      return new Child(Root.of(row.bytes("parent_root")), row.findNumber("first_index"));
    }
  }

  private void restore(ChainBlock block) {
    Optional<Held> held =
        transaction.first(
            "SELECT block_id, canonical, first_index FROM withdrawals_block WHERE root = ?",
            Held::of,
            (Object) block.root().toBytes());
    if (held.isPresent() && held.get().canonical()) {
      completeEntries(new Numbered(held.get().id(), block, held.get().firstIndex()));
      return;
    }
    if (coverage.units().stream().anyMatch(unit -> unit.covers(block.ref().slot()))) {
      // It belongs to a load, which is put in again as a whole.
      return;
    }
    Optional<OptionalLong> end = endIfCanonical(block);
    if (end.isEmpty() || block.ref().slot().value() < state.startSlot.orElse(Long.MAX_VALUE)) {
      return;
    }
    BlockWriter.requireStorable(block);
    OptionalLong first = firstIndex(block, end.get());
    if (held.isPresent()) {
      Numbered returned = new Numbered(held.get().id(), block, first);
      writer.takeBack(List.of(returned));
      completeEntries(returned);
    } else {
      Numbered created = new Numbered(state.nextBlockId++, block, first);
      writer.insertBlocks(List.of(created));
      completeEntries(created);
    }
  }

  /** Where the block's withdrawals must end if it is the lost one; empty if it may be another. */
  private Optional<OptionalLong> endIfCanonical(ChainBlock block) {
    if (block.ref().equals(state.head)) {
      return Optional.of(state.nextIndex);
    }
    return childOf(block.ref().slot())
        .filter(child -> child.parent().equals(block.root()))
        .map(Child::firstIndex);
  }

  private Optional<Child> childOf(Slot slot) {
    return transaction.first(
        """
        SELECT parent_root, first_index FROM withdrawals_block
        WHERE canonical = 1 AND slot > ? ORDER BY slot LIMIT 1
        """,
        Child::of,
        slot.value());
  }

  private static OptionalLong firstIndex(ChainBlock block, OptionalLong end) {
    if (block.withdrawals().isEmpty()) {
      return end;
    }
    OptionalLong first = OptionalLong.of(block.withdrawals().getFirst().index().value());
    OptionalLong next = BlockWriter.requireContinuous(block, first);
    if (end.isPresent() && next.getAsLong() != end.getAsLong()) {
      throw new ChainException(
          ChainError.INDEX_GAP,
          "restore block " + block.ref(),
          "its withdrawals end before index %d, and the block after it begins with %d"
              .formatted(next.getAsLong(), end.getAsLong()));
    }
    return first;
  }

  private void completeEntries(Numbered block) {
    if (block.block().withdrawals().isEmpty()) {
      return;
    }
    // Left behind by a block whose own row was lost; its id is never used again.
    int _ =
        transaction.update(
            """
            DELETE FROM withdrawals_entry
            WHERE withdrawal_index >= ? AND withdrawal_index <= ?
              AND NOT EXISTS (SELECT 1 FROM withdrawals_block b
                WHERE b.block_id = withdrawals_entry.block_id)
            """,
            block.block().withdrawals().getFirst().index().value(),
            block.block().withdrawals().getLast().index().value());
    writer.insertEntries(List.of(block));
  }
}
