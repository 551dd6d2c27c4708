package io.auriga.withdrawals.reconcile;

/**
 * How one check of one thing ended.
 *
 * @param code the check, by what it would be called if the sides disagreed
 * @param subject what was compared: {@code block}, an address, {@code validator 7}
 */
public record CheckResult(ReconcileError code, String subject, Outcome outcome) {
  /** Proven, diverged, or neither. */
  public sealed interface Outcome {
    /** Both sides agree to the last digit. */
    record Proven() implements Outcome {}

    /** Nothing is known to be wrong, and nothing proven. */
    record NotProvable(String reason) implements Outcome {}

    /** They do not agree, and nothing else explains it. */
    record Diverged(String expected, String found) implements Outcome {}
  }

  static CheckResult proven(ReconcileError code, String subject) {
    return new CheckResult(code, subject, new Outcome.Proven());
  }

  static CheckResult notProvable(ReconcileError code, String subject, String reason) {
    return new CheckResult(code, subject, new Outcome.NotProvable(reason));
  }

  static CheckResult diverged(ReconcileError code, String subject, String expected, String found) {
    return new CheckResult(code, subject, new Outcome.Diverged(expected, found));
  }

  public boolean isProven() {
    return outcome instanceof Outcome.Proven;
  }

  public boolean isDiverged() {
    return outcome instanceof Outcome.Diverged;
  }
}
