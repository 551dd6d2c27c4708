package io.auriga.testkit.state;

import io.auriga.crypto.ssz.SszView;
import io.auriga.types.Hex;
import io.auriga.types.UInt64;
import java.math.BigInteger;

/**
 * A validator and its balance. Bytes are {@code 0x} and hex digits.
 *
 * @param balance in Gwei, what it really has
 */
public record PlainValidator(
    String publicKey,
    String credentials,
    BigInteger balance,
    BigInteger effectiveBalance,
    boolean slashed,
    BigInteger activationEligibilityEpoch,
    BigInteger activationEpoch,
    BigInteger exitEpoch,
    BigInteger withdrawableEpoch) {
  /** {@code FAR_FUTURE_EPOCH}. */
  public static final BigInteger FAR_FUTURE = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  static PlainValidator read(SszView validator, BigInteger balance) {
    return new PlainValidator(
        Hex.toHex(validator.field("pubkey").toBytes()),
        Hex.toHex(validator.field("withdrawal_credentials").toBytes()),
        balance,
        number(validator, "effective_balance"),
        validator.field("slashed").toBytes()[0] == 1,
        number(validator, "activation_eligibility_epoch"),
        number(validator, "activation_epoch"),
        number(validator, "exit_epoch"),
        number(validator, "withdrawable_epoch"));
  }

  static BigInteger number(SszView container, String field) {
    return UInt64.toBigInteger(container.uint64(field));
  }

  /** {@code 0x01}. */
  String prefix() {
    return credentials.substring(0, 4);
  }

  /** The last 20 bytes of the credentials. */
  String address() {
    return "0x" + credentials.substring(2 + 2 * 12);
  }

  /**
   * The Beacon API's word for where it stands.
   *
   * @param epoch the state's
   */
  public String status(BigInteger epoch) {
    if (activationEpoch.compareTo(epoch) > 0) {
      return activationEligibilityEpoch.equals(FAR_FUTURE)
          ? "pending_initialized"
          : "pending_queued";
    }
    if (exitEpoch.compareTo(epoch) > 0) {
      if (exitEpoch.equals(FAR_FUTURE)) {
        return "active_ongoing";
      }
      return slashed ? "active_slashed" : "active_exiting";
    }
    if (withdrawableEpoch.compareTo(epoch) > 0) {
      return slashed ? "exited_slashed" : "exited_unslashed";
    }
    return balance.signum() == 0 ? "withdrawal_done" : "withdrawal_possible";
  }
}
