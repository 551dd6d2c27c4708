package io.auriga.validators.watched;

import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which validator has which key, and how far addresses were searched for. */
public interface KnownValidators {
  /** A validator as it was told of. Key and index belong together for good. */
  record Known(ValidatorIndex index, BlsPublicKey key, WithdrawalCredentials credentials) {}

  /**
   * How far all validators were searched for those that pay to an address.
   *
   * @param validators looked at, from index 0
   * @param begun when the last search from index 0 began
   */
  record Search(long validators, Instant begun) {}

  /** All that were ever watched. */
  List<Known> all();

  Map<Address, Search> searches();

  /** Keeps what was learned as one change. Credentials may change once, keys never do. */
  void learn(Collection<Known> validators, Map<Address, Search> searches);

  /** What is known to {@code before}, and what is learned from now on, for this process only. */
  static KnownValidators inMemory(Collection<Known> before) {
    Map<ValidatorIndex, Known> known = new HashMap<>();
    before.forEach(one -> known.put(one.index(), one));
    Map<Address, Search> searched = new HashMap<>();
    return new KnownValidators() {
      @Override
      public List<Known> all() {
        return List.copyOf(known.values());
      }

      @Override
      public Map<Address, Search> searches() {
        return Map.copyOf(searched);
      }

      @Override
      public void learn(Collection<Known> validators, Map<Address, Search> searches) {
        validators.forEach(one -> known.put(one.index(), one));
        searched.putAll(searches);
      }
    };
  }
}
