package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads the ledger's figures, which are kept as it grows: what it holds is not looked through. */
final class LedgerSummaryRead {
  private LedgerSummaryRead() {}

  static LedgerSummary summary(Read read) {
    LedgerState state = LedgerState.load(read);
    StageTotals totals = StageTotals.load(read);
    Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      byStage.put(stage, totals.of(stage).withdrawals());
    }
    boolean any =
        state.startIndex.isPresent()
            && state.nextIndex.orElseThrow() > state.startIndex.getAsLong();
    return new LedgerSummary(
        state.position(),
        totals.canonical().withdrawals(),
        totals.canonical().gwei(),
        any ? Optional.of(new WithdrawalIndex(state.startIndex.getAsLong())) : Optional.empty(),
        any
            ? Optional.of(new WithdrawalIndex(state.nextIndex.orElseThrow() - 1))
            : Optional.empty(),
        byStage,
        gaps(read, state, totals),
        state.startSlot.isPresent()
            ? Optional.of(new Slot(state.startSlot.getAsLong()))
            : Optional.empty(),
        state.position().map(position -> position.head().slot()),
        lastBlockTime(read));
  }

  /** As last looked for; searched for here only where the totals say that there must be some. */
  private static long gaps(Read read, LedgerState state, StageTotals totals) {
    return state.gapCount > 0 || state.expects(totals.canonical().withdrawals())
        ? state.gapCount
        : LedgerAudit.of(read).gaps().size();
  }

  private static Optional<Instant> lastBlockTime(Read read) {
    return read.first(
        "SELECT slot_time FROM withdrawals_block WHERE canonical = 1 ORDER BY slot DESC LIMIT 1",
        row -> Instant.ofEpochSecond(row.number("slot_time")));
  }
}
