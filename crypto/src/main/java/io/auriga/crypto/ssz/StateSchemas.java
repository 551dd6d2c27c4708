package io.auriga.crypto.ssz;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.SpecError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What beacon states look like in each supported fork, with the limits of one network. */
public final class StateSchemas {
  private final ChainSpec spec;
  private final Map<ForkName, Map<String, SszContainer>> types = new EnumMap<>(ForkName.class);

  private StateSchemas(ChainSpec spec) {
    this.spec = spec;
    for (ForkName fork : ForkName.values()) {
      if (fork.isSupported()) {
        TypeTable table = new TypeTable(spec);
        ForkTypes.define(table, fork);
        StateTypes.define(table, fork);
        types.put(fork, table.byName());
      }
    }
  }

  /**
   * The schemas of a network.
   *
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if a limit is missing or cannot be one
   */
  public static StateSchemas of(ChainSpec spec) {
    return new StateSchemas(spec);
  }

  public ChainSpec spec() {
    return spec;
  }

  /**
   * The type {@code BeaconState} of a fork.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public SszContainer state(ForkName fork) {
    return type(fork, "BeaconState");
  }

  /**
   * Whether bytes begin as a state of the fork does: what varies in size follows right behind what
   * does not. Capella's and Deneb's states begin alike.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public boolean hasForm(ForkName fork, byte[] ssz) {
    SszContainer state = state(fork);
    return ssz.length >= state.fixedPart()
        && LittleEndian.int32(ssz, state.position(state.firstVariable())) == state.fixedPart();
  }

  /**
   * A type by its name in the spec: {@code Validator}.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public SszContainer type(ForkName fork, String name) {
    return find(fork, name)
        .orElseThrow(() -> new IllegalArgumentException("no type " + name + " in " + fork));
  }

  /**
   * A type by its name in the spec, if the states or blocks of the fork use it.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public Optional<SszContainer> find(ForkName fork, String name) {
    Map<String, SszContainer> ofFork = types.get(fork);
    if (ofFork == null) {
      throw new AurigaException(
          SpecError.UNSUPPORTED_FORK,
          "read states of fork " + fork.lowerName(),
          "only those of " + List.copyOf(types.keySet()) + " are known");
    }
    return Optional.ofNullable(ofFork.get(name));
  }
}
