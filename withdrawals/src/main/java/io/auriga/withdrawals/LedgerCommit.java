package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.StoredTime;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.BlockWriter.Numbered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The work of one {@link ChainUpdate} inside one transaction. Each part skips what is already so:
 * an update that is applied a second time changes nothing.
 */
final class LedgerCommit {
  private static final String TOP =
      """
      SELECT slot, root, first_index + withdrawal_count AS end_index
      FROM withdrawals_block WHERE canonical = 1 AND slot >= ? AND slot <= ?
      ORDER BY slot DESC LIMIT 1
      """;

  /** Loaded history may lie above the head, and is not the follower's to change. */
  static final String ABOVE = "canonical = 1 AND block_id > 0 AND slot >= ?";

  /** A block that a confirmation moves on; one that is safe already stays what it is. */
  static final String UNCONFIRMED =
      """
      root = ? AND canonical = 1 AND executed_at IS NULL AND safe_at IS NULL
        AND finalized_at IS NULL
      """;

  private final Transaction transaction;
  private final LedgerState state;
  private final StageTotals totals;
  private final BlockWriter writer;

  LedgerCommit(Transaction transaction) {
    this.transaction = transaction;
    this.state = LedgerState.load(transaction);
    this.totals = StageTotals.load(transaction);
    this.writer = new BlockWriter(transaction, totals);
  }

  void run(ChainUpdate update) {
    undo(update.undone(), update.at());
    apply(update.applied());
    match(update.matched());
    update.finality().ifPresent(this::moveFinality);
    if (update.finality().isPresent() || !update.matched().isEmpty()) {
      new StageMarks(transaction, state, totals).mark(update.at());
    }
    state.save(transaction);
    totals.save(transaction);
  }

  // What is undone

  private void undo(List<BlockRef> undone, Instant at) {
    if (undone.isEmpty()) {
      return;
    }
    Slot oldest = undone.getLast().slot();
    List<BlockRef> top = topFrom(oldest);
    if (undone.stream().noneMatch(top::contains) && allHeld(undone)) {
      return;
    }
    if (state.finalized != null && state.isFinal(oldest)) {
      throw new ChainException(
          ChainError.FINALITY_CONFLICT,
          "undo block " + undone.getLast(),
          "every block up to %s is final since epoch %s"
              .formatted(state.finalized, state.finalizedEpoch));
    }
    if (!top.equals(undone)) {
      throw new IllegalStateException(
          "An update undoes %s, and the blocks above are %s".formatted(undone, top));
    }
    totals.add(Stage.ORPHANED, totals.leave(transaction, ABOVE, oldest.value()));
    int _ =
        transaction.update(
            """
            UPDATE withdrawals_block SET canonical = 0, orphaned_at = ?
            WHERE canonical = 1 AND block_id > 0 AND slot >= ?
            """,
            StoredTime.micros(at),
            oldest.value());
    if (state.safe != null && !state.safe.slot().isBefore(oldest)) {
      // The blocks below stay safe, but which of them a checkpoint names is not known any more.
      state.safe = state.finalized;
      state.safeEpoch = state.finalizedEpoch;
    }
    headAtTop();
  }

  /** The canonical blocks from a slot up to the head, newest first. */
  private List<BlockRef> topFrom(Slot oldest) {
    record Top(BlockRef block, long id) {}
    List<Top> top =
        transaction.query(
            """
            SELECT slot, root, block_id FROM withdrawals_block
            WHERE canonical = 1 AND slot >= ? AND slot <= ? ORDER BY slot DESC
            """,
            row -> new Top(BlockRow.ref(row), row.number("block_id")),
            oldest.value(),
            state.head == null ? -1 : state.head.slot().value());
    for (Top block : top) {
      if (HistoryRows.isHistory(block.id())) {
        throw new ChainException(
            ChainError.FINALITY_CONFLICT,
            "undo block " + block.block(),
            "it was loaded as final history");
      }
    }
    return top.stream().map(Top::block).toList();
  }

  /** Whether these blocks are in the ledger, canonical or not. */
  private boolean allHeld(List<BlockRef> blocks) {
    return blocks.stream().allMatch(block -> find(block.root()).isPresent());
  }

  private void headAtTop() {
    record Top(BlockRef block, OptionalLong endIndex) {}
    Optional<Top> top =
        transaction.first(
            TOP,
            row -> new Top(BlockRow.ref(row), row.findNumber("end_index")),
            state.startSlot.orElse(0),
            state.head == null ? -1 : state.head.slot().value());
    if (top.isPresent()) {
      state.head = top.get().block();
      state.nextIndex = top.get().endIndex();
      if (state.nextIndex.isEmpty()) {
        state.startIndex = OptionalLong.empty();
      }
    } else {
      state.startAnew();
    }
  }

  // What is applied

  private void apply(List<ChainBlock> applied) {
    if (applied.isEmpty()) {
      return;
    }
    Map<Root, Held> held = heldBetween(applied.getFirst().ref(), applied.getLast().ref());
    List<ChainBlock> fresh =
        applied.stream().dropWhile(b -> isUpToHead(b) && isCanonical(held, b)).toList();
    if (fresh.isEmpty()) {
      return;
    }
    requireLinked(fresh);
    requireThroughHistory(held, fresh);
    List<Numbered> created = new ArrayList<>();
    List<Numbered> returned = new ArrayList<>();
    for (ChainBlock block : fresh) {
      BlockWriter.requireStorable(block);
      OptionalLong next = BlockWriter.requireContinuous(block, state.nextIndex);
      OptionalLong first =
          block.withdrawals().isEmpty()
              ? next
              : OptionalLong.of(block.withdrawals().getFirst().index().value());
      @Nullable Held before = held.get(block.root());
      if (before == null) {
        created.add(new Numbered(state.nextBlockId++, block, first));
      } else if (!before.canonical()) {
        returned.add(new Numbered(before.id(), block, first));
      }
      // Else it was loaded as history: its rows stay what they are, and the head goes over them.
      if (state.startSlot.isEmpty()) {
        state.startSlot = OptionalLong.of(block.ref().slot().value());
      }
      if (state.startIndex.isEmpty()) {
        state.startIndex = first;
      }
      state.nextIndex = next;
      state.head = block.ref();
    }
    writer.insertBlocks(created);
    writer.insertEntries(created);
    writer.takeBack(returned);
    writer.insertEntries(returned);
  }

  private boolean isUpToHead(ChainBlock block) {
    return state.head != null && !block.ref().slot().isAfter(state.head.slot());
  }

  /** Where history was loaded, the chain that is followed must be the same. */
  private void requireThroughHistory(Map<Root, Held> held, List<ChainBlock> fresh) {
    Set<Root> applied = fresh.stream().map(ChainBlock::root).collect(Collectors.toSet());
    Slot first = fresh.getFirst().ref().slot();
    held.forEach(
        (root, row) -> {
          if (HistoryRows.isHistory(row.id())
              && !row.slot().isBefore(first)
              && !applied.contains(root)) {
            throw new ChainException(
                ChainError.FINALITY_CONFLICT,
                "apply the blocks from %s to %s"
                    .formatted(fresh.getFirst().ref(), fresh.getLast().ref()),
                "the final history that was loaded has block %s in slot %s"
                    .formatted(root, row.slot()));
          }
        });
  }

  /** A row of a block that may be applied again. */
  private record Held(long id, Slot slot, boolean canonical) {
    static Held of(Row row) {
      return new Held(
          row.number("block_id"), new Slot(row.number("slot")), row.number("canonical") == 1);
    }
  }

  private Map<Root, Held> heldBetween(BlockRef first, BlockRef last) {
    Map<Root, Held> held = new HashMap<>();
    transaction.forEach(
        """
        SELECT root, block_id, slot, canonical FROM withdrawals_block
        WHERE slot >= ? AND slot <= ?
        """,
        row -> held.put(Root.of(row.bytes("root")), Held.of(row)),
        first.slot().value(),
        last.slot().value());
    return held;
  }

  private static boolean isCanonical(Map<Root, Held> held, ChainBlock block) {
    @Nullable Held row = held.get(block.root());
    return row != null && row.canonical();
  }

  private Optional<Held> find(Root root) {
    return transaction.first(
        "SELECT block_id, slot, canonical FROM withdrawals_block WHERE root = ?",
        Held::of,
        (Object) root.toBytes());
  }

  private void requireLinked(List<ChainBlock> blocks) {
    Root parent = blocks.getFirst().view().parentRoot();
    @Nullable BlockRef head = state.head;
    if (head != null && !head.root().equals(parent)) {
      if (find(head.root()).map(Held::canonical).orElse(false)) {
        throw notLinked(blocks.getFirst(), head);
      }
      // The head's own row was lost: the highest block that is left may be the parent.
      headAtTop();
      head = state.head;
    }
    for (ChainBlock block : blocks) {
      boolean linked =
          head == null
              || (block.view().parentRoot().equals(head.root())
                  && block.ref().slot().isAfter(head.slot()));
      if (!linked) {
        throw notLinked(block, head);
      }
      head = block.ref();
    }
  }

  private static IllegalStateException notLinked(ChainBlock block, @Nullable BlockRef head) {
    return new IllegalStateException(
        "Block %s has the parent %s, and the block before it is %s"
            .formatted(block.ref(), block.view().parentRoot(), head));
  }

  // What is confirmed

  private void match(List<ExecutionMatch> matched) {
    Set<Root> roots = matched.stream().map(ExecutionMatch::root).collect(Collectors.toSet());
    for (Root root : roots) {
      totals.add(Stage.EXECUTION, totals.leave(transaction, UNCONFIRMED, (Object) root.toBytes()));
    }
    transaction.batch(
        "UPDATE withdrawals_block SET executed_at = ? WHERE root = ? AND executed_at IS NULL",
        matched,
        (row, match) -> row.number(StoredTime.micros(match.at())).bytes(match.root().toBytes()));
  }

  private void moveFinality(FinalityUpdate update) {
    // Another node behind the same face may be behind in finality: that takes nothing back.
    if (update.safeEpoch().compareTo(state.safeEpoch) >= 0) {
      state.safe = further("safe", update.safeEpoch(), state.safe, update.safe());
      state.safeEpoch = update.safeEpoch();
    }
    if (update.finalizedEpoch().compareTo(state.finalizedEpoch) >= 0) {
      state.finalized =
          further("final", update.finalizedEpoch(), state.finalized, update.finalized());
      state.finalizedEpoch = update.finalizedEpoch();
    }
  }

  private @Nullable BlockRef further(
      String what, Epoch epoch, @Nullable BlockRef held, Optional<BlockRef> named) {
    if (named.isEmpty() || named.get().equals(held)) {
      return held;
    }
    BlockRef block = named.get();
    boolean canonical =
        transaction
            .first(
                "SELECT slot, root FROM withdrawals_block WHERE root = ? AND canonical = 1",
                BlockRow::ref,
                (Object) block.root().toBytes())
            .filter(block::equals)
            .isPresent();
    if (!canonical) {
      throw new ChainException(
          ChainError.FINALITY_CONFLICT,
          "take block %s as %s in epoch %s".formatted(block, what, epoch),
          "it is not on the chain whose head is " + state.head);
    }
    return held == null || block.slot().isAfter(held.slot()) ? block : held;
  }
}
