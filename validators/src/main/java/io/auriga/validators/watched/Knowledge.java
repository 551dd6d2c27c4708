package io.auriga.validators.watched;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.KnownValidators.Known;
import io.auriga.validators.watched.Watched.Finding;
import io.auriga.validators.watched.Watched.Pending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of validators while a list is being resolved. For one thread. */
final class Knowledge {
  private static final SortedSet<Label> NO_LABELS = Collections.emptySortedSet();

  private final Map<ValidatorIndex, Known> byIndex = new HashMap<>();
  private final Map<BlsPublicKey, Known> byKey = new HashMap<>();
  private final List<Known> news = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  Knowledge(List<Known> before) {
    before.forEach(this::put);
  }

  private void put(Known one) {
    byIndex.put(one.index(), one);
    byKey.put(one.key(), one);
  }

  /** Takes what a node said, unless it contradicts what was known. */
  void take(Validator said) {
    Known one = new Known(said.index(), said.publicKey(), said.credentials());
    @Nullable Known sameIndex = byIndex.get(one.index());
    @Nullable Known sameKey = byKey.get(one.key());
    if (sameIndex != null && !sameIndex.key().equals(one.key())) {
      reused(
          "validator %s is said to have the key %s, and had %s"
              .formatted(one.index(), one.key(), sameIndex.key()));
    } else if (sameKey != null && !sameKey.index().equals(one.index())) {
      reused(
          "key %s is said to be validator %s, and was %s"
              .formatted(one.key(), one.index(), sameKey.index()));
    } else if (!one.equals(sameIndex)) {
      put(one);
      news.add(one);
    }
  }

  private void reused(String problem) {
    Finding finding = new Finding(WatchError.INDEX_REUSED, problem);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /** What was taken since the last call. */
  List<Known> news() {
    List<Known> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  /** The validators that a list stands for. */
  Watched watched(WatchList list) {
    Map<ValidatorIndex, WatchedValidator> validators = new HashMap<>();
    Map<Set<Label>, SortedSet<Label>> shared = new HashMap<>();
    Set<Address> paid = new HashSet<>();
    List<Finding> found = new ArrayList<>(findings);
    for (Known one : byIndex.values()) {
      @Nullable SortedSet<Label> asIndex = list.indices().get(one.index());
      @Nullable SortedSet<Label> asKey = list.keys().get(one.key());
      @Nullable Address address =
          one.credentials().address().filter(list.addresses()::containsKey).orElse(null);
      @Nullable SortedSet<Label> asPaid = address == null ? null : list.addresses().get(address);
      if (address != null) {
        paid.add(address);
      }
      if (asIndex == null && asKey == null && asPaid == null) {
        continue;
      }
      SortedSet<Label> labels = new TreeSet<>(asIndex == null ? NO_LABELS : asIndex);
      if (!merge(labels, asKey)) {
        found.add(
            new Finding(
                WatchError.TWICE,
                "validator %s is in the group %s by its index, and in %s by its key %s"
                    .formatted(
                        one.index(),
                        WatchList.groups(labels),
                        WatchList.groups(asKey == null ? NO_LABELS : asKey),
                        one.key())));
      }
      // Whoever is named is meant, whatever group the address is in.
      boolean _ = merge(labels, asPaid);
      validators.put(
          one.index(),
          new WatchedValidator(
              one.index(),
              one.key(),
              one.credentials(),
              shared.computeIfAbsent(labels, all -> Collections.unmodifiableSortedSet(labels))));
    }
    return new Watched(validators, pending(list, paid), found);
  }

  /** Adds labels, but no second group; false if that was to be added. */
  private static boolean merge(SortedSet<Label> labels, @Nullable SortedSet<Label> more) {
    boolean fits = true;
    boolean grouped = labels.stream().anyMatch(Label::isGroup);
    for (Label label : more == null ? NO_LABELS : more) {
      if (label.isGroup() && grouped) {
        fits &= labels.contains(label);
      } else {
        labels.add(label);
      }
    }
    return fits;
  }

  private Pending pending(WatchList list, Set<Address> paid) {
    return new Pending(
        list.indices().keySet().stream().filter(index -> !byIndex.containsKey(index)).toList(),
        list.keys().keySet().stream().filter(key -> !byKey.containsKey(key)).toList(),
        list.addresses().keySet().stream().filter(address -> !paid.contains(address)).toList());
  }
}
