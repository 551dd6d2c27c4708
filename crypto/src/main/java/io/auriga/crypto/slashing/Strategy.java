package io.auriga.crypto.slashing;

/** How much of what was signed is kept. */
public enum Strategy {
  /** Everything; allows all that is safe. */
  COMPLETE,
  /** The highest numbers; allows only what goes beyond them. */
  MINIMAL;

  public SigningHistory newHistory() {
    return switch (this) {
      case COMPLETE -> new CompleteHistory();
      case MINIMAL -> new MinimalHistory();
    };
  }
}
