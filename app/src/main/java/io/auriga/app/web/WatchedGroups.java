package io.auriga.app.web;

import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.WatchKeeper;
import io.auriga.validators.watched.WatchedValidator;
import io.auriga.withdrawals.statement.Groups;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** The groups of those who are watched now, as withdrawals take them. */
public final class WatchedGroups {
  private final Map<String, Set<ValidatorIndex>> validators = new TreeMap<>();
  private final Map<String, Set<Address>> addresses = new TreeMap<>();
  private final Set<ValidatorIndex> taken = new HashSet<>();

  private WatchedGroups() {}

  public static Groups of(WatchKeeper.Status status) {
    WatchedGroups groups = new WatchedGroups();
    for (WatchedValidator validator : status.watched().validators().values()) {
      groups.add(validator.labels(), validator.index());
    }
    // Those that no node was asked about yet, too.
    status.list().indices().forEach((index, labels) -> groups.add(labels, index));
    status
        .list()
        .addresses()
        .forEach(
            (address, labels) ->
                labels.stream()
                    .filter(Label::isGroup)
                    .forEach(
                        group ->
                            groups
                                .addresses
                                .computeIfAbsent(group.value(), _ -> new HashSet<>())
                                .add(address)));
    return groups.built(status.list().labels());
  }

  private void add(SortedSet<Label> labels, ValidatorIndex index) {
    labels.stream()
        .filter(Label::isGroup)
        .findFirst()
        .filter(_ -> taken.add(index))
        .ifPresent(
            group -> validators.computeIfAbsent(group.value(), _ -> new HashSet<>()).add(index));
  }

  private Groups built(SortedSet<Label> labels) {
    return new Groups(
        labels.stream()
            .filter(Label::isGroup)
            .map(Label::value)
            .map(
                name ->
                    new Groups.Group(
                        name,
                        validators.getOrDefault(name, Set.of()),
                        addresses.getOrDefault(name, Set.of())))
            .toList());
  }
}
