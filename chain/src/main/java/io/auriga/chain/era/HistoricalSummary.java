package io.auriga.chain.era;

import io.auriga.crypto.hash.Sha256;
import io.auriga.types.Root;

/**
 * What later states keep of an era ({@code HistoricalSummary}, Capella; before that the same two
 * roots made a {@code HistoricalBatch}).
 */
public record HistoricalSummary(Root blockSummaryRoot, Root stateSummaryRoot) {
  private static final int SHORT_DIGITS = 8;

  public Root root() {
    return Root.of(Sha256.hash(blockSummaryRoot.toBytes(), stateSummaryRoot.toBytes()));
  }

  /** The digits of a root that are in a file's name. */
  static String shortDigits(Root root) {
    return root.toHex().substring(2, 2 + SHORT_DIGITS);
  }
}
