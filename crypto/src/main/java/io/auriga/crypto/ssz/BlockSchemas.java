package io.auriga.crypto.ssz;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.SpecError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What signed blocks look like in each supported fork, with the limits of one network. */
public final class BlockSchemas {
  private final ChainSpec spec;
  private final Map<ForkName, Map<String, SszContainer>> types = new EnumMap<>(ForkName.class);

  private BlockSchemas(ChainSpec spec) {
    this.spec = spec;
    for (ForkName fork : ForkName.values()) {
      if (fork.isSupported()) {
        TypeTable table = new TypeTable(spec);
        ForkTypes.define(table, fork);
        types.put(fork, table.byName());
      }
    }
  }

  /**
   * The schemas of a network.
   *
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if a limit is missing or cannot be one
   */
  public static BlockSchemas of(ChainSpec spec) {
    return new BlockSchemas(spec);
  }

  public ChainSpec spec() {
    return spec;
  }

  /**
   * The type {@code SignedBeaconBlock} of a fork.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public SszContainer signedBlock(ForkName fork) {
    return type(fork, "SignedBeaconBlock");
  }

  /**
   * A type by its name in the spec: {@code ExecutionPayload}.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public SszContainer type(ForkName fork, String name) {
    return find(fork, name)
        .orElseThrow(() -> new IllegalArgumentException("no type " + name + " in " + fork));
  }

  /**
   * A type by its name in the spec, if the blocks of the fork use it.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public Optional<SszContainer> find(ForkName fork, String name) {
    Map<String, SszContainer> ofFork = types.get(fork);
    if (ofFork == null) {
      throw new AurigaException(
          SpecError.UNSUPPORTED_FORK,
          "read blocks of fork " + fork.lowerName(),
          "only those of " + List.copyOf(types.keySet()) + " are known");
    }
    return Optional.ofNullable(ofFork.get(name));
  }
}
