package io.auriga.testkit.simulation;

import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.util.List;
import java.util.Optional;

/** What an {@link Oracle} must know of a ledger: all that it holds, as it holds it now. */
public interface LedgerUnderTest {
  /** How far the ledger has come; empty while it is empty. */
  Optional<Cursor> cursor();

  /** The slot of the oldest block the ledger covers; empty while it is empty. */
  Optional<Slot> firstSlot();

  /** Every withdrawal, canonical and orphaned, in any order. */
  List<Entry> entries();

  /**
   * The last block applied, and the last one that is final.
   *
   * @param finalized empty while none of the blocks is final
   */
  record Cursor(Slot slot, Root root, Optional<Root> finalized) {}

  /**
   * One withdrawal as stored.
   *
   * @param canonical false for one that is kept as orphaned
   * @param isFinal whether the ledger says that it can never be undone
   */
  record Entry(
      Withdrawal withdrawal,
      Slot slot,
      Root blockRoot,
      BlockNumber blockNumber,
      BlockHash blockHash,
      boolean canonical,
      boolean isFinal) {}
}
