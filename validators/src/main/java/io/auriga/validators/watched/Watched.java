package io.auriga.validators.watched;

import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Who is watched at one moment: the validators that the list stands for, and what of it the chain
 * does not know. Never changes; a new moment is a new object.
 */
public final class Watched {
  /** The scope of all who are watched. */
  public static final String ALL = "watched";

  /** The scope of the whole network, the yardstick; nobody is listed under it here. */
  public static final String NETWORK = "network";

  public static final Watched NOBODY = new Watched(Map.of(), Pending.NOTHING, List.of());

  private final TreeMap<ValidatorIndex, WatchedValidator> validators;
  private final Pending pending;
  private final List<Finding> findings;
  private final SortedMap<String, long[]> scopes;

  /**
   * What is named and not known to the chain: a deposit that has not been processed, or a mistake.
   * It is asked for again.
   */
  public record Pending(
      List<ValidatorIndex> indices, List<BlsPublicKey> keys, List<Address> addresses) {
    static final Pending NOTHING = new Pending(List.of(), List.of(), List.of());

    public Pending {
      indices = indices.stream().sorted().toList();
      keys = keys.stream().sorted(Comparator.comparing(BlsPublicKey::toHex)).toList();
      addresses = addresses.stream().sorted().toList();
    }

    public int count() {
      return indices.size() + keys.size() + addresses.size();
    }
  }

  /** Something that is wrong with one validator; the others are watched all the same. */
  public record Finding(WatchError error, String problem) {}

  public Watched(
      Map<ValidatorIndex, WatchedValidator> validators, Pending pending, List<Finding> findings) {
    this.validators = new TreeMap<>(validators);
    this.pending = pending;
    this.findings = List.copyOf(findings);
    this.scopes = scopes(this.validators);
  }

  private static SortedMap<String, long[]> scopes(
      SequencedMap<ValidatorIndex, WatchedValidator> validators) {
    Map<String, LongStream.Builder> found = new TreeMap<>();
    if (!validators.isEmpty()) {
      found.put(ALL, LongStream.builder());
    }
    for (WatchedValidator validator : validators.values()) {
      long index = validator.index().value();
      found.computeIfAbsent(ALL, _ -> LongStream.builder()).add(index);
      for (Label label : validator.labels()) {
        found.computeIfAbsent(label.toString(), _ -> LongStream.builder()).add(index);
      }
    }
    SortedMap<String, long[]> scopes = new TreeMap<>();
    found.forEach((scope, indices) -> scopes.put(scope, indices.build().toArray()));
    return Collections.unmodifiableSortedMap(scopes);
  }

  /** In the order of their indices. */
  public SequencedMap<ValidatorIndex, WatchedValidator> validators() {
    return Collections.unmodifiableSequencedMap(validators);
  }

  public Optional<WatchedValidator> find(ValidatorIndex index) {
    return Optional.ofNullable(validators.get(index));
  }

  /**
   * Whom each scope stands for: {@link #ALL}, and each label as it was given ({@code group:north},
   * {@code operator:acme}). The indices ascend; an array must not be changed.
   */
  public SortedMap<String, long[]> scopes() {
    return scopes;
  }

  /**
   * As {@link #scopes}, of one scope and as accounting takes them: without what is beyond any state
   * yet. Empty if there is no such scope.
   */
  public int[] indicesOf(String scope) {
    return LongStream.of(scopes.getOrDefault(scope, new long[0]))
        .filter(index -> index >= 0 && index <= Integer.MAX_VALUE)
        .mapToInt(index -> (int) index)
        .toArray();
  }

  /** The same of every scope. */
  public SortedMap<String, int[]> indicesByScope() {
    SortedMap<String, int[]> indices = new TreeMap<>();
    scopes.keySet().forEach(scope -> indices.put(scope, indicesOf(scope)));
    return indices;
  }

  public Pending pending() {
    return pending;
  }

  public List<Finding> findings() {
    return findings;
  }

  public boolean isEmpty() {
    return validators.isEmpty();
  }
}
