package io.auriga.withdrawals;

import io.auriga.chain.IndexGap;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Transaction;
import java.util.List;

/**
 * What the rows themselves say, against what the ledger keeps of them as totals. They differ only
 * where rows were lost, or restored since the last look.
 */
final class LedgerAudit {
  private final LedgerState state;
  private final StageTotals counted;
  private final boolean totalsAgree;
  private final List<IndexGap> gaps;
  private final long missing;

  private LedgerAudit(Read read) {
    state = LedgerState.load(read);
    counted = StageTotals.count(read);
    totalsAgree = counted.equals(StageTotals.load(read));
    gaps = GapScan.followed(read, state, counted, Coverage.of(read, state));
    missing = gaps.stream().mapToLong(IndexGap::count).sum();
  }

  static LedgerAudit of(Read read) {
    return new LedgerAudit(read);
  }

  /** Holes among what is followed. */
  List<IndexGap> gaps() {
    return gaps;
  }

  /** Whether the ledger already says what this found. */
  boolean agrees() {
    return totalsAgree && state.gapCount == gaps.size() && state.gapSize == missing;
  }

  /** Makes the ledger say what this found. */
  void record(Transaction transaction) {
    state.gapCount = gaps.size();
    state.gapSize = missing;
    state.save(transaction);
    counted.save(transaction);
  }
}
