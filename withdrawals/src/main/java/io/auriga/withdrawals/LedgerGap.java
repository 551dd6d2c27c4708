package io.auriga.withdrawals;

import io.auriga.chain.IndexGap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A hole in the sequence of withdrawal indices.
 *
 * @param lost whether it was held before: what is followed is read again by the follower, and what
 *     was loaded is to be loaded again. Otherwise it lies in history that was never loaded
 */
public record LedgerGap(IndexGap gap, boolean lost) {
  /** Those of them that were held before. */
  public static List<IndexGap> lost(List<LedgerGap> gaps) {
    return gaps.stream().filter(LedgerGap::lost).map(LedgerGap::gap).toList();
  }

  static List<LedgerGap> of(List<IndexGap> lost, List<IndexGap> notLoaded) {
    List<LedgerGap> gaps = new ArrayList<>();
    lost.forEach(gap -> gaps.add(new LedgerGap(gap, true)));
    notLoaded.forEach(gap -> gaps.add(new LedgerGap(gap, false)));
    gaps.sort(Comparator.comparing(gap -> gap.gap().first()));
    return List.copyOf(gaps);
  }
}
