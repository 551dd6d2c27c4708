package io.auriga.types;

import java.time.Instant;

/** What makes a chain this chain: when it began, with which validators, under which version. */
public record Genesis(Instant time, Root validatorsRoot, ForkVersion forkVersion) {
  /** For a message that sets two of them side by side. */
  @Override
  public String toString() {
    return time + " with validators root " + validatorsRoot + " and fork version " + forkVersion;
  }
}
