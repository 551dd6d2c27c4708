package io.auriga.chain.era;

import io.auriga.types.ChainSpec;
import io.auriga.types.ForkVersion;
import io.auriga.types.Genesis;
import io.auriga.types.Root;

/** Names for where an era file comes from, as far as its content gives it away. */
final class EraOrigin {
  /** The presets of the specification, by {@code SLOTS_PER_HISTORICAL_ROOT}. */
  static final int MAINNET_SLOTS = 8192;

  static final int MINIMAL_SLOTS = 64;

  private EraOrigin() {}

  /** Fork versions name no network for certain: others may have copied them. */
  static String network(Root genesisValidatorsRoot, ForkVersion version) {
    for (String name : ChainSpec.BUILT_IN) {
      if (ChainSpec.builtInGenesis(name)
          .map(Genesis::validatorsRoot)
          .filter(genesisValidatorsRoot::equals)
          .isPresent()) {
        return name;
      }
    }
    for (String name : ChainSpec.BUILT_IN) {
      boolean versions =
          ChainSpec.builtIn(name).values().entrySet().stream()
              .filter(value -> value.getKey().endsWith("_FORK_VERSION"))
              .anyMatch(value -> value.getValue().equals(version.toString()));
      if (versions) {
        return "a network with the fork versions of " + name;
      }
    }
    return "a network that is not known here";
  }

  static String preset(long slotsPerEra) {
    return slotsPerEra == MAINNET_SLOTS
        ? "preset mainnet"
        : slotsPerEra == MINIMAL_SLOTS ? "preset minimal" : "a preset of its own";
  }
}
