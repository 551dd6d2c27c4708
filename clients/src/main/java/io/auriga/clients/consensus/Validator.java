package io.auriga.clients.consensus;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;

/**
 * A validator as a node says it is in one state.
 *
 * @param balance what it has, to the Gwei
 * @param effectiveBalance the stepped weight of its duties; not what it has
 */
public record Validator(
    ValidatorIndex index,
    BlsPublicKey publicKey,
    WithdrawalCredentials credentials,
    Gwei balance,
    Gwei effectiveBalance,
    boolean slashed,
    Life life) {
  /** The epochs of its life; {@link Epoch#FAR_FUTURE} is an event that is not scheduled. */
  public record Life(
      Epoch activationEligibility, Epoch activation, Epoch exit, Epoch withdrawable) {
    /** Whether it has duties in the epoch: {@code is_active_validator}. */
    public boolean isActive(Epoch epoch) {
      return activation.compareTo(epoch) <= 0 && epoch.compareTo(exit) < 0;
    }
  }
}
