package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the ledger's figures, which are kept as it grows: what it holds is not looked through. */
final class LedgerSummaryRead {
  private LedgerSummaryRead() {}

  static LedgerSummary summary(Read read) {
    LedgerState state = LedgerState.load(read);
    Coverage coverage = Coverage.of(read, state);
    List<Span> spans = coverage.spans();
    StageTotals followed = StageTotals.load(read);
    StageTotals totals = StageTotals.load(read);
    totals.add(Stage.FINALIZED, coverage.loaded());
    Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      byStage.put(stage, totals.of(stage).withdrawals());
    }
    List<Span> filled = spans.stream().filter(span -> span.withdrawals() > 0).toList();
    return new LedgerSummary(
        state.position(),
        totals.canonical().withdrawals(),
        totals.canonical().gwei(),
        filled.isEmpty() ? Optional.empty() : filled.getFirst().firstIndex(),
        filled.isEmpty()
            ? Optional.empty()
            : filled.getLast().nextIndex().map(next -> new WithdrawalIndex(next.value() - 1)),
        byStage,
        lost(read, state, followed, coverage),
        Coverage.between(spans).size(),
        firstSlot(state, coverage),
        spans.isEmpty() ? Optional.empty() : Optional.of(spans.getLast().lastBlock().slot()),
        lastBlockTime(read));
  }

  private static Optional<Slot> firstSlot(LedgerState state, Coverage coverage) {
    Stream<Slot> loaded = coverage.units().stream().map(unit -> unit.firstBlock().slot());
    Stream<Slot> followed = state.startSlot.stream().mapToObj(Slot::new);
    return Stream.concat(loaded, followed).min(Comparator.naturalOrder());
  }

  /** As last looked for; searched for here only where the totals say that there must be some. */
  private static long lost(Read read, LedgerState state, StageTotals followed, Coverage coverage) {
    return state.gapCount > 0 || state.expects(followed.canonical().withdrawals(), coverage)
        ? state.gapCount
        : LedgerAudit.of(read).gaps().size();
  }

  private static Optional<Instant> lastBlockTime(Read read) {
    return read.first(
        "SELECT slot_time FROM withdrawals_block WHERE canonical = 1 ORDER BY slot DESC LIMIT 1",
        row -> Instant.ofEpochSecond(row.number("slot_time")));
  }
}
