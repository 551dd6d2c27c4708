package io.auriga.withdrawals;

/**
 * Why a withdrawal was made. The protocol does not say; {@link KindEvidence} is how it is known.
 */
public enum WithdrawalKind {
  /** All that the validator had, after its withdrawable epoch. */
  FULL("full"),
  /** What was above the most that its credentials let it keep, when the sweep came by. */
  SWEEP_EXCESS("partial-sweep"),
  /** What was asked for on the execution layer (EIP-7002). */
  REQUESTED_PARTIAL("partial-request"),
  /** Of a builder (Gloas), a fork whose blocks are not read yet: never seen today. */
  BUILDER("builder"),
  /** Not proven; the evidence says what is lacking. */
  UNKNOWN("unknown");

  private final String wireName;

  WithdrawalKind(String wireName) {
    this.wireName = wireName;
  }

  /** As in every interface: {@code partial-sweep}. */
  public String wireName() {
    return wireName;
  }
}
