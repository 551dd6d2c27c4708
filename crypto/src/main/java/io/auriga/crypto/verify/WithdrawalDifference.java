package io.auriga.crypto.verify;

import io.auriga.types.Withdrawal;
import java.util.List;
import java.util.Optional;

/** Says in words where the withdrawals of a beacon block and of an execution block differ. */
public final class WithdrawalDifference {
  private WithdrawalDifference() {}

  /**
   * The first difference; empty if there is none. Entries are counted from 0, as in the blocks.
   *
   * @param beacon the withdrawals in the beacon block
   * @param execution those in the execution block
   */
  public static Optional<String> find(List<Withdrawal> beacon, List<Withdrawal> execution) {
    for (int i = 0; i < Math.min(beacon.size(), execution.size()); i++) {
      if (!beacon.get(i).equals(execution.get(i))) {
        return Optional.of("entry " + i + ": " + field(beacon.get(i), execution.get(i)));
      }
    }
    if (beacon.size() != execution.size()) {
      return Optional.of(
          beacon.size()
              + " withdrawals in the beacon block, "
              + execution.size()
              + " in the execution block");
    }
    return Optional.empty();
  }

  private static String field(Withdrawal beacon, Withdrawal execution) {
    if (!beacon.index().equals(execution.index())) {
      return differing("index", beacon.index(), execution.index());
    }
    if (!beacon.validatorIndex().equals(execution.validatorIndex())) {
      return differing("validator index", beacon.validatorIndex(), execution.validatorIndex());
    }
    if (!beacon.address().equals(execution.address())) {
      return differing("address", beacon.address(), execution.address());
    }
    return differing("amount", beacon.amount(), execution.amount());
  }

  private static String differing(String field, Object beacon, Object execution) {
    return field + " " + beacon + " in the beacon block, " + execution + " in the execution block";
  }
}
