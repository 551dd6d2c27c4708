package io.auriga.withdrawals;

import java.util.List;
import java.util.Optional;

/**
 * Part of a longer list.
 *
 * @param nextCursor what to ask with for the records after these; empty after the last
 */
public record WithdrawalPage(List<WithdrawalRecord> records, Optional<String> nextCursor) {
  public WithdrawalPage {
    records = List.copyOf(records);
  }
}
