package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.KnownValidators.Known;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.WatchList;
import io.auriga.withdrawals.statement.Groups;
import io.auriga.withdrawals.statement.Groups.Group;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** The groups of those who are watched, as statements take them. */
final class StatementGroups {
  private final Map<String, Set<ValidatorIndex>> validators = new TreeMap<>();
  private final Map<String, Set<Address>> addresses = new TreeMap<>();

  private StatementGroups() {}

  /** Those that the configuration names, as far as the store knows whose keys they are. */
  static Groups of(AurigaConfig config) {
    WatchList list = config.watch().read();
    return of(list, list.keys().isEmpty() ? List.of() : WatchAccess.known(config));
  }

  /**
   * @param known whose keys these are: of a key that no node was asked about yet, nothing was seen
   *     to be paid
   */
  static Groups of(WatchList list, List<Known> known) {
    StatementGroups groups = new StatementGroups();
    Map<BlsPublicKey, ValidatorIndex> byKey = new HashMap<>();
    known.forEach(one -> byKey.put(one.key(), one.index()));
    Set<ValidatorIndex> taken = new HashSet<>(list.indices().keySet());
    list.indices().forEach((index, labels) -> groups.add(groups.validators, labels, index));
    list.keys()
        .forEach(
            (key, labels) -> {
              ValidatorIndex index = byKey.get(key);
              if (index != null && taken.add(index)) {
                groups.add(groups.validators, labels, index);
              }
            });
    list.addresses().forEach((address, labels) -> groups.add(groups.addresses, labels, address));
    return groups.built();
  }

  private <T> void add(Map<String, Set<T>> to, SortedSet<Label> labels, T what) {
    labels.stream()
        .filter(Label::isGroup)
        .forEach(group -> to.computeIfAbsent(group.value(), _ -> new HashSet<>()).add(what));
  }

  private Groups built() {
    Set<String> names = new HashSet<>(validators.keySet());
    names.addAll(addresses.keySet());
    return new Groups(
        names.stream()
            .sorted()
            .map(
                name ->
                    new Group(
                        name,
                        validators.getOrDefault(name, Set.of()),
                        addresses.getOrDefault(name, Set.of())))
            .toList());
  }
}
