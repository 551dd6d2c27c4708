package io.auriga.clients.execution;

import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import org.jspecify.annotations.Nullable;

/** The fields of one withdrawal's JSON, gathered in any order. Used by one thread. */
final class WithdrawalTexts {
  private @Nullable String index;
  private @Nullable String validatorIndex;
  private @Nullable String address;
  private @Nullable String amount;

  void put(String name, String text) {
    switch (name) {
      case "index" -> index = text;
      case "validatorIndex" -> validatorIndex = text;
      case "address" -> address = text;
      case "amount" -> amount = text;
      default -> {}
    }
  }

  /**
   * The withdrawal.
   *
   * @param path where it stands, for messages
   */
  Withdrawal toWithdrawal(String path) {
    return new Withdrawal(
        new WithdrawalIndex(
            ExecutionBlockJson.value(path + ".index", index, UInt64::parseQuantity)),
        new ValidatorIndex(
            ExecutionBlockJson.value(
                path + ".validatorIndex", validatorIndex, UInt64::parseQuantity)),
        ExecutionBlockJson.value(path + ".address", address, Address::fromHex),
        new Gwei(ExecutionBlockJson.value(path + ".amount", amount, UInt64::parseQuantity)));
  }
}
