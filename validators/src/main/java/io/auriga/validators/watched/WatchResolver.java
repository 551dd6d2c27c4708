package io.auriga.validators.watched;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.KnownValidators.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which validators of the chain a {@link WatchList} stands for. What a node said once is
 * kept: the next start knows it without a node, and a node that says otherwise is not believed.
 *
 * <p>No node can be asked for the validators of an address, so all validators are looked at once a
 * day, piece by piece, and only the new ones in between. A change of credentials to an address is
 * thus seen within a day.
 */
public final class WatchResolver {
  /** What one question names: about 2 MB of answer, and no long work for the node. */
  static final int BATCH = 4_096;

  private static final Duration SEARCH_AGE = Duration.ofDays(1);

  /** A node that always names more validators would keep us for ever. */
  private static final long VALIDATORS_MAX = 1 << 24;

  private final KnownValidators known;

  public WatchResolver(KnownValidators known) {
    this.known = known;
  }

  /** What is known without asking anybody. */
  public Watched restore(WatchList list) {
    return new Knowledge(known.all()).watched(list);
  }

  /**
   * Asks the node.
   *
   * @param searched told how many validators were looked at so far for addresses
   * @throws io.auriga.clients.NodeException if there is no usable answer; what was learned before
   *     it is kept
   */
  public Watched resolve(WatchList list, BeaconStates states, Instant now, LongConsumer searched) {
    Knowledge knowledge = new Knowledge(known.all());
    List<ValidatorId> names = new ArrayList<>();
    list.indices().keySet().forEach(index -> names.add(ValidatorId.of(index)));
    list.keys().keySet().forEach(key -> names.add(ValidatorId.of(key)));
    for (int from = 0; from < names.size(); from += BATCH) {
      List<ValidatorId> batch = names.subList(from, Math.min(names.size(), from + BATCH));
      ask(states, batch).forEach(knowledge::take);
      known.learn(knowledge.news(), Map.of());
    }
    search(list, states, now, knowledge, searched);
    return knowledge.watched(list);
  }

  private void search(
      WatchList list,
      BeaconStates states,
      Instant now,
      Knowledge knowledge,
      LongConsumer searched) {
    if (list.addresses().isEmpty()) {
      return;
    }
    Map<Address, Search> before = known.searches();
    long first = Long.MAX_VALUE;
    Instant begun = now;
    for (Address address : list.addresses().keySet()) {
      @Nullable Search search = before.get(address);
      if (search == null || Duration.between(search.begun(), now).compareTo(SEARCH_AGE) >= 0) {
        first = 0;
      } else {
        first = Math.min(first, search.validators());
        begun = search.begun().isBefore(begun) ? search.begun() : begun;
      }
    }
    long next = first;
    while (next < VALIDATORS_MAX) {
      List<Validator> found = ask(states, batchFrom(next));
      for (Validator validator : found) {
        if (validator.credentials().address().filter(list.addresses()::containsKey).isPresent()) {
          knowledge.take(validator);
        }
      }
      known.learn(knowledge.news(), Map.of());
      next += found.size();
      searched.accept(next);
      if (found.size() < BATCH) {
        break;
      }
    }
    Map<Address, Search> after = new HashMap<>();
    Search done = new Search(next, first == 0 ? now : begun);
    list.addresses().keySet().forEach(address -> after.put(address, done));
    known.learn(List.of(), after);
  }

  private static List<ValidatorId> batchFrom(long first) {
    return LongStream.range(first, first + BATCH)
        .mapToObj(index -> ValidatorId.of(new ValidatorIndex(index)))
        .toList();
  }

  private static List<Validator> ask(BeaconStates states, List<ValidatorId> ids) {
    return states.validators(StateId.head(), ids).map(StateAnswer::data).orElse(List.of());
  }
}
