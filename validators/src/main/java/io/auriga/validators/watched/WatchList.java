package io.auriga.validators.watched;

import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Those who are watched, as a person named them; which validators of the chain they are is told
 * later. Whoever is named in several parts has the labels of all, but is in one group only.
 */
public final class WatchList {
  /** More than any operator has, and what one machine holds easily. */
  public static final int NAMES_MAX = 1_000_000;

  /** Each label is a line in every table and some series in every metric. */
  public static final int LABELS_MAX = 256;

  public static final WatchList NONE = new WatchList(List.of());

  private final Map<ValidatorIndex, SortedSet<Label>> indices = new HashMap<>();
  private final Map<BlsPublicKey, SortedSet<Label>> keys = new HashMap<>();
  private final Map<Address, SortedSet<Label>> addresses = new HashMap<>();
  private final SortedSet<Label> labels = new TreeSet<>();
  // Ten thousand validators share a few sets of labels.
  private final Map<SortedSet<Label>, SortedSet<Label>> interned = new HashMap<>();

  /**
   * @throws AurigaException {@code AUR-WATCH-TWICE} if somebody is in two groups, {@code
   *     AUR-WATCH-TOO-MANY} beyond {@link #NAMES_MAX} or {@link #LABELS_MAX}
   */
  public WatchList(List<WatchEntry> entries) {
    for (WatchEntry entry : entries) {
      labels.addAll(entry.labels());
      entry.indices().forEach(index -> add(indices, index, "validator", entry));
      entry.keys().forEach(key -> add(keys, key, "key", entry));
      entry.addresses().forEach(address -> add(addresses, address, "address", entry));
      if (named() > NAMES_MAX) {
        throw tooMany(entry, NAMES_MAX + " validators");
      }
      if (labels.size() > LABELS_MAX) {
        throw tooMany(entry, LABELS_MAX + " groups and labels");
      }
    }
    interned.clear();
  }

  private <T> void add(Map<T, SortedSet<Label>> to, T what, String kind, WatchEntry entry) {
    SortedSet<Label> before = to.get(what);
    SortedSet<Label> all = new TreeSet<>(entry.labels());
    if (before != null) {
      all.addAll(before);
    }
    if (all.stream().filter(Label::isGroup).count() > 1) {
      throw new AurigaException(
          WatchError.TWICE,
          "watch " + kind + " " + what,
          "it is in more than one of " + groups(all) + ", lastly by " + entry.where());
    }
    to.put(what, interned.computeIfAbsent(all, Collections::unmodifiableSortedSet));
  }

  private static AurigaException tooMany(WatchEntry entry, String limit) {
    return new AurigaException(
        WatchError.TOO_MANY, "watch " + entry.where(), "more than " + limit + " are named");
  }

  static String groups(Set<Label> labels) {
    return labels.stream()
        .filter(Label::isGroup)
        .map(Label::value)
        .collect(Collectors.joining(" and "));
  }

  public boolean isEmpty() {
    return named() == 0;
  }

  /** How many indices, keys and addresses are named. */
  public int named() {
    return indices.size() + keys.size() + addresses.size();
  }

  /** Every label that is given to anybody, groups too. */
  public SortedSet<Label> labels() {
    return Collections.unmodifiableSortedSet(labels);
  }

  public Map<ValidatorIndex, SortedSet<Label>> indices() {
    return Collections.unmodifiableMap(indices);
  }

  public Map<BlsPublicKey, SortedSet<Label>> keys() {
    return Collections.unmodifiableMap(keys);
  }

  public Map<Address, SortedSet<Label>> addresses() {
    return Collections.unmodifiableMap(addresses);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WatchList that
        && indices.equals(that.indices)
        && keys.equals(that.keys)
        && addresses.equals(that.addresses);
  }

  @Override
  public int hashCode() {
    return Objects.hash(indices, keys, addresses);
  }

  @Override
  public String toString() {
    return "%d indices, %d keys, %d addresses"
        .formatted(indices.size(), keys.size(), addresses.size());
  }
}
