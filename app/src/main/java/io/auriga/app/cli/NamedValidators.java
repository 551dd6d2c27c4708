package io.auriga.app.cli;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Hex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Validators as a person names them: by index, or by public key, which takes a node to find. */
record NamedValidators(List<Integer> indices, List<BlsPublicKey> keys) {
  NamedValidators {
    indices = List.copyOf(indices);
    keys = List.copyOf(keys);
  }

  /**
   * @throws AurigaException {@code AUR-CLI-USAGE}
   */
  static NamedValidators parse(List<String> texts) {
    List<Integer> indices = new ArrayList<>();
    List<BlsPublicKey> keys = new ArrayList<>();
    for (String text : texts) {
      if (text.matches("[0-9]{1,9}")) {
        indices.add(Integer.parseInt(text));
      } else {
        keys.add(key(text));
      }
    }
    return new NamedValidators(indices, keys);
  }

  private static BlsPublicKey key(String text) {
    try {
      return BlsPublicKey.fromHex(text);
    } catch (IllegalArgumentException malformed) {
      throw usage(Hex.abbreviate(text) + " is no validator's index or public key");
    }
  }

  /** The indices, ascending and each once. */
  int[] indices(BeaconStates states) {
    IntStream named = indices.stream().mapToInt(index -> index);
    return IntStream.concat(named, ofKeys(states)).sorted().distinct().toArray();
  }

  private IntStream ofKeys(BeaconStates states) {
    if (keys.isEmpty()) {
      return IntStream.empty();
    }
    List<Validator> found =
        states
            .validators(StateId.head(), keys.stream().map(ValidatorId::of).toList())
            .map(StateAnswer::data)
            .orElse(List.of());
    Set<BlsPublicKey> missing = new HashSet<>(keys);
    found.forEach(one -> missing.remove(one.publicKey()));
    missing.stream()
        .findFirst()
        .ifPresent(
            key -> {
              throw usage("the chain knows no validator with key " + key.toHex());
            });
    return found.stream().mapToInt(one -> Math.toIntExact(one.index().value()));
  }

  private static AurigaException usage(String problem) {
    return new AurigaException(CliError.USAGE, "read --validator", problem);
  }
}
