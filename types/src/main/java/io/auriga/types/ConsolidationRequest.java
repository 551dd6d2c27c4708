package io.auriga.types;

/**
 * A request to move a validator's balance into another one, made on the execution layer (EIP-7251)
 * and carried by a beacon block. The consensus layer may ignore it in silence.
 */
public record ConsolidationRequest(Address source, BlsPublicKey from, BlsPublicKey into) {
  /** Both are the same: it asks for compounding credentials. */
  public boolean isSwitch() {
    return from.equals(into);
  }
}
