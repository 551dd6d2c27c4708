package io.auriga.app.follow;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.simulation.LedgerUnderTest;
import io.auriga.types.Slot;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The real ledger as the oracle looks at it, through the queries that users ask.
 *
 * @param strict whether the stage alone says what is final; else also the position does, for blocks
 *     that wait for an execution node because their beacon node was optimistic
 */
record LedgerView(Store store, boolean strict) implements LedgerUnderTest {
  private static final WithdrawalFilter EVERYTHING = WithdrawalFilter.ALL.withOrphaned();

  @Override
  public Optional<Cursor> cursor() {
    return position()
        .map(
            position ->
                new Cursor(
                    position.head().slot(),
                    position.head().root(),
                    position.finalized().map(BlockRef::root)));
  }

  private Optional<ChainPosition> position() {
    return new WithdrawalLedger(store).position();
  }

  @Override
  public Optional<Slot> firstSlot() {
    return new WithdrawalLedger(store).firstSlot();
  }

  @Override
  public List<Entry> entries() {
    Optional<Slot> finalUpTo = position().flatMap(ChainPosition::finalized).map(BlockRef::slot);
    List<Entry> entries = new ArrayList<>();
    new WithdrawalQueries(store)
        .export(EVERYTHING, record -> entries.add(entry(record, finalUpTo)));
    return entries;
  }

  private Entry entry(WithdrawalRecord record, Optional<Slot> finalUpTo) {
    boolean waits =
        !strict
            && record.stage() == Stage.CONSENSUS
            && finalUpTo.map(slot -> !record.slot().isAfter(slot)).orElse(false);
    return new Entry(
        record.withdrawal(),
        record.slot(),
        record.blockRoot(),
        record.blockNumber(),
        record.blockHash(),
        record.stage() != Stage.ORPHANED,
        record.stage() == Stage.FINALIZED || waits);
  }
}
