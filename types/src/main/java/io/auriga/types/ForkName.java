package io.auriga.types;

import java.util.Locale;
import java.util.Optional;

/** The forks of the consensus layer, oldest first. Each includes its execution-layer half. */
public enum ForkName {
  PHASE0,
  ALTAIR,
  BELLATRIX,
  CAPELLA,
  DENEB,
  ELECTRA,
  FULU,
  GLOAS;

  /** As in {@code Eth-Consensus-Version} and in file names: {@code capella}. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the name in either case; empty for a fork that this version does not know. */
  public static Optional<ForkName> find(String name) {
    for (ForkName fork : values()) {
      if (fork.name().equalsIgnoreCase(name)) {
        return Optional.of(fork);
      }
    }
    return Optional.empty();
  }

  public boolean isAtLeast(ForkName other) {
    return compareTo(other) >= 0;
  }

  /** Whether blocks of this fork can be verified by this version: Capella to Fulu. */
  public boolean isSupported() {
    return isAtLeast(CAPELLA) && !isAtLeast(GLOAS);
  }
}
