package io.auriga.historyflink;

import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import io.auriga.types.Withdrawal;

/**
 * A verified withdrawal with its block, in types that Flink passes between machines. Numbers are
 * the raw bits of unsigned ones.
 *
 * @param address with {@code 0x}, lower case, as are the hashes
 */
public record WithdrawalRow(
    long index,
    long validatorIndex,
    String address,
    long amountGwei,
    long slot,
    String blockRoot,
    String blockHash) {
  /** The names of the columns of {@link #csv}. */
  public static final String CSV_HEADING =
      "index,validator_index,address,amount_gwei,slot,block_root,block_hash";

  static WithdrawalRow of(Slot slot, String blockRoot, String blockHash, Withdrawal withdrawal) {
    return new WithdrawalRow(
        withdrawal.index().value(),
        withdrawal.validatorIndex().value(),
        withdrawal.address().toHex(),
        withdrawal.amount().value(),
        slot.value(),
        blockRoot,
        blockHash);
  }

  /** One line of CSV; no value needs quotes. */
  public String csv() {
    return String.join(
        ",",
        UInt64.toDecimal(index),
        UInt64.toDecimal(validatorIndex),
        address,
        UInt64.toDecimal(amountGwei),
        UInt64.toDecimal(slot),
        blockRoot,
        blockHash);
  }
}
