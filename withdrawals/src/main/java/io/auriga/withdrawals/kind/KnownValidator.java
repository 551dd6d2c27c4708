package io.auriga.withdrawals.kind;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.WithdrawalCredentials;
import java.util.Optional;

/**
 * What a state says of a validator that a block paid. The state is the one that the block left, or
 * one of a block built upon it.
 *
 * @param effectiveBalance empty unless the state is the one that the block left
 */
public record KnownValidator(
    BlsPublicKey publicKey,
    WithdrawalCredentials credentials,
    Epoch withdrawable,
    Optional<Gwei> effectiveBalance) {
  static KnownValidator inItsState(Validator validator) {
    return of(validator, Optional.of(validator.effectiveBalance()));
  }

  static KnownValidator later(Validator validator) {
    return of(validator, Optional.empty());
  }

  private static KnownValidator of(Validator validator, Optional<Gwei> effectiveBalance) {
    return new KnownValidator(
        validator.publicKey(),
        validator.credentials(),
        validator.life().withdrawable(),
        effectiveBalance);
  }

  boolean isCompounding() {
    return credentials instanceof WithdrawalCredentials.Compounding;
  }
}
