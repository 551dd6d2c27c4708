package io.auriga.testkit.simulation;

/** A ledger contradicts the truth; the message names the seed, the step and what differs. */
public final class OracleViolation extends AssertionError {
  private static final long serialVersionUID = 1;

  OracleViolation(String message) {
    super(message);
  }
}
