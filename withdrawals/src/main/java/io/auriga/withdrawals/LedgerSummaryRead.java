package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Adds the ledger up, over blocks. */
final class LedgerSummaryRead {
  /** Amounts are summed in halves, since their sum need not fit 64 bits. */
  private static final String TOTALS =
      """
      SELECT CASE WHEN canonical = 0 THEN 'ORPHANED'
                  WHEN finalized_at IS NOT NULL THEN 'FINALIZED'
                  WHEN safe_at IS NOT NULL THEN 'SAFE'
                  WHEN executed_at IS NOT NULL THEN 'EXECUTION'
                  ELSE 'CONSENSUS' END AS stage,
        SUM(withdrawal_count) AS withdrawals,
        SUM(total_gwei / 4294967296) AS high,
        SUM(total_gwei % 4294967296) AS low
      FROM withdrawals_block GROUP BY 1
      """;

  private LedgerSummaryRead() {}

  private record Total(Stage stage, long withdrawals, BigInteger gwei) {}

  static LedgerSummary summary(Read read) {
    LedgerState state = LedgerState.load(read);
    Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      byStage.put(stage, 0L);
    }
    long withdrawals = 0;
    BigInteger gwei = BigInteger.ZERO;
    for (Total total : totals(read)) {
      byStage.put(total.stage(), total.withdrawals());
      if (total.stage() != Stage.ORPHANED) {
        withdrawals += total.withdrawals();
        gwei = gwei.add(total.gwei());
      }
    }
    boolean any =
        state.startIndex.isPresent()
            && state.nextIndex.orElseThrow() > state.startIndex.getAsLong();
    return new LedgerSummary(
        state.position(),
        withdrawals,
        gwei,
        any ? Optional.of(new WithdrawalIndex(state.startIndex.getAsLong())) : Optional.empty(),
        any
            ? Optional.of(new WithdrawalIndex(state.nextIndex.orElseThrow() - 1))
            : Optional.empty(),
        byStage,
        new GapScan(read).gaps().size(),
        state.startSlot.isPresent()
            ? Optional.of(new Slot(state.startSlot.getAsLong()))
            : Optional.empty(),
        state.position().map(position -> position.head().slot()),
        lastBlockTime(read));
  }

  private static Iterable<Total> totals(Read read) {
    return read.query(
        TOTALS,
        row ->
            new Total(
                Stage.valueOf(row.text("stage")),
                row.number("withdrawals"),
                BigInteger.valueOf(row.number("high"))
                    .shiftLeft(32)
                    .add(BigInteger.valueOf(row.number("low")))));
  }

  private static Optional<Instant> lastBlockTime(Read read) {
    return read.first(
        "SELECT slot_time FROM withdrawals_block WHERE canonical = 1 ORDER BY slot DESC LIMIT 1",
        row -> Instant.ofEpochSecond(row.number("slot_time")));
  }
}
