package io.auriga.types;

/**
 * A request to pay out, made on the execution layer by the address that is paid (EIP-7002) and
 * carried by a beacon block. The consensus layer may ignore it in silence.
 *
 * @param amount 0 asks for the exit of the validator; anything else is how much at most to pay, and
 *     may be any number of 64 bits
 */
public record WithdrawalRequest(Address source, BlsPublicKey validator, Gwei amount) {
  /** {@code FULL_EXIT_REQUEST_AMOUNT}. */
  public boolean isExit() {
    return amount.equals(Gwei.ZERO);
  }
}
