package io.auriga.chain;

import io.auriga.types.WithdrawalIndex;
import java.util.Optional;

/**
 * Withdrawals that must exist, because the index is gap-free, and are not in the store.
 *
 * @param first the first missing index
 * @param last the last missing index, inclusive
 * @param after the canonical block whose withdrawals end before the gap; empty if unknown
 * @param before the canonical block whose withdrawals begin after it
 */
public record IndexGap(
    WithdrawalIndex first, WithdrawalIndex last, Optional<BlockRef> after, BlockRef before) {
  public long count() {
    return last.value() - first.value() + 1;
  }
}
