package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The row of {@code withdrawals_position}: read at the beginning of a transaction, changed by it,
 * and written at its end.
 */
final class LedgerState {
  long nextBlockId = 1;
  @Nullable BlockRef head;

  /** The slot of the first block ever applied; holes after it are holes. */
  OptionalLong startSlot = OptionalLong.empty();

  /** The first index ever applied. */
  OptionalLong startIndex = OptionalLong.empty();

  /** The index the next withdrawal must have; empty until a first one was seen. */
  OptionalLong nextIndex = OptionalLong.empty();

  Epoch safeEpoch = new Epoch(0);
  @Nullable BlockRef safe;
  Epoch finalizedEpoch = new Epoch(0);
  @Nullable BlockRef finalized;

  /** How many holes the sequence of indices had when it was last looked through. */
  long gapCount;

  /** How many withdrawals were missing in them. */
  long gapSize;

  static LedgerState load(Read read) {
    return read.first("SELECT * FROM withdrawals_position WHERE id = 1", LedgerState::of)
        .orElseGet(LedgerState::new);
  }

  private static LedgerState of(Row row) {
    LedgerState state = new LedgerState();
    state.nextBlockId = row.number("next_block_id");
    state.head = ref(row, "head_slot", "head_root");
    state.startSlot = row.findNumber("start_slot");
    state.startIndex = row.findNumber("start_index");
    state.nextIndex = row.findNumber("next_index");
    state.safeEpoch = new Epoch(row.number("safe_epoch"));
    state.safe = ref(row, "safe_slot", "safe_root");
    state.finalizedEpoch = new Epoch(row.number("finalized_epoch"));
    state.finalized = ref(row, "finalized_slot", "finalized_root");
    state.gapCount = row.number("gap_count");
    state.gapSize = row.number("gap_size");
    return state;
  }

  private static @Nullable BlockRef ref(Row row, String slot, String root) {
    Optional<byte[]> bytes = row.findBytes(root);
    return bytes.isEmpty() ? null : new BlockRef(new Slot(row.number(slot)), Root.of(bytes.get()));
  }

  void save(Transaction transaction) {
    int _ =
        transaction.update(
            """
            INSERT INTO withdrawals_position (id, next_block_id, head_slot, head_root, start_slot,
              start_index, next_index, safe_epoch, safe_slot, safe_root, finalized_epoch,
              finalized_slot, finalized_root, gap_count, gap_size)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET next_block_id = excluded.next_block_id,
              head_slot = excluded.head_slot, head_root = excluded.head_root,
              start_slot = excluded.start_slot, start_index = excluded.start_index,
              next_index = excluded.next_index, safe_epoch = excluded.safe_epoch,
              safe_slot = excluded.safe_slot, safe_root = excluded.safe_root,
              finalized_epoch = excluded.finalized_epoch,
              finalized_slot = excluded.finalized_slot,
              finalized_root = excluded.finalized_root,
              gap_count = excluded.gap_count, gap_size = excluded.gap_size
            """,
            nextBlockId,
            slot(head),
            root(head),
            boxed(startSlot),
            boxed(startIndex),
            boxed(nextIndex),
            safeEpoch.value(),
            slot(safe),
            root(safe),
            finalizedEpoch.value(),
            slot(finalized),
            root(finalized),
            gapCount,
            gapSize);
  }

  /** Empty while no block is held. */
  Optional<ChainPosition> position() {
    return head == null
        ? Optional.empty()
        : Optional.of(
            new ChainPosition(
                head,
                nextIndex.isPresent()
                    ? Optional.of(new WithdrawalIndex(nextIndex.getAsLong()))
                    : Optional.empty(),
                safeEpoch,
                Optional.ofNullable(safe),
                finalizedEpoch,
                Optional.ofNullable(finalized)));
  }

  /** Whether a block at {@code slot} must stay what it is. */
  boolean isFinal(Slot slot) {
    return finalized != null && !slot.isAfter(finalized.slot());
  }

  /** Whether a slot lies between the first block that was followed and the head. */
  boolean follows(Slot slot) {
    return head != null
        && !slot.isAfter(head.slot())
        && startSlot.isPresent()
        && !slot.isBefore(new Slot(startSlot.getAsLong()));
  }

  /**
   * Whether the sequence of indices that is followed has room for exactly so many canonical
   * withdrawals beside those that were loaded.
   */
  boolean expects(long canonical, Coverage coverage) {
    if (startIndex.isEmpty() || nextIndex.isEmpty()) {
      return true;
    }
    long start = startIndex.getAsLong();
    long next = nextIndex.getAsLong();
    return next - start == canonical + coverage.loadedWithin(start, next);
  }

  /** The chain below is gone: what comes next begins anew, with any index. */
  void startAnew() {
    head = null;
    startSlot = OptionalLong.empty();
    startIndex = OptionalLong.empty();
    nextIndex = OptionalLong.empty();
    gapCount = 0;
    gapSize = 0;
  }

  private static @Nullable Long slot(@Nullable BlockRef ref) {
    return ref == null ? null : ref.slot().value();
  }

  private static byte @Nullable [] root(@Nullable BlockRef ref) {
    return ref == null ? null : ref.root().toBytes();
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
