package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What watched validators were seen to sign, until somebody says whether it was their client: the
 * newest, as many as fit. Belongs to one thread.
 */
final class OwnMessages {
  /** Some hours of ten thousand validators, or weeks of a hundred; about 16 MB. */
  static final int SEEN_MAX = 1 << 17;

  /** Months of a thousand validators. */
  static final int BLOCKS_MAX = 1 << 10;

  /**
   * A message, as it was seen first; shared by all who said the same in one place. Exactly one of
   * vote and block is there.
   *
   * @param maybeAt null if it was seen before a restart
   */
  record Seen(
      @Nullable Vote maybeVote,
      Sighting.@Nullable Proposed maybeBlock,
      String where,
      @Nullable Instant maybeAt) {
    Optional<Vote> vote() {
      return Optional.ofNullable(maybeVote);
    }

    Optional<Sighting.Proposed> block() {
      return Optional.ofNullable(maybeBlock);
    }

    Optional<Instant> at() {
      return Optional.ofNullable(maybeAt);
    }

    Doppelganger.Kind kind() {
      return maybeVote == null ? Doppelganger.Kind.BLOCK : Doppelganger.Kind.VOTE;
    }

    /** All that is known of it. */
    String message() {
      return maybeVote == null
          ? "slot " + proposed().slot() + " root " + proposed().root()
          : OffenceBook.text(maybeVote);
    }

    private Sighting.Proposed proposed() {
      return Objects.requireNonNull(maybeBlock, "neither a vote nor a block");
    }

    /** The slot that it was signed in, or the first that it may have been. */
    Slot firstSlot(ChainSpec spec) {
      if (maybeVote == null) {
        return proposed().slot();
      }
      AttestationData data = maybeVote.data();
      return data == null ? spec.startSlotOf(maybeVote.target().epoch()) : data.slot();
    }

    /** The last slot that it may have been signed in. */
    Slot lastSlot(ChainSpec spec) {
      boolean isKnown = maybeVote == null || maybeVote.data() != null;
      return isKnown
          ? firstSlot(spec)
          : new Slot(firstSlot(spec).value() + spec.slotsPerEpoch() - 1);
    }

    /** Whether a record names messages as new as this. */
    boolean isWithin(KeyReport report) {
      return maybeVote == null
          ? report.lastSlot().map(last -> !proposed().slot().isAfter(last)).orElse(false)
          : report
              .lastTarget()
              .map(last -> maybeVote.target().epoch().compareTo(last) <= 0)
              .orElse(false);
    }
  }

  /** By the epoch of the target. */
  private final TreeMap<Long, Map<ValidatorIndex, List<Seen>>> votes = new TreeMap<>();

  private final LinkedHashMap<Sighting.Proposed, Seen> blocks = new LinkedHashMap<>();
  private int count;
  private @Nullable Seen last;

  /** Keeps a vote; the same object for all voters of one aggregate. */
  Seen voted(ValidatorIndex validator, AttestationData data, String where, Instant at) {
    Seen seen = last;
    if (seen == null || !data.equals(dataOf(seen)) || !seen.where.equals(where)) {
      seen = new Seen(Vote.of(data), null, where, at);
      last = seen;
    }
    keep(validator, seen, data.target().epoch().value());
    return seen;
  }

  private static @Nullable AttestationData dataOf(Seen seen) {
    return seen.maybeVote == null ? null : seen.maybeVote.data();
  }

  /** As {@link #voted}, from before a restart; only where there is room. */
  void remember(ValidatorIndex validator, Vote vote) {
    if (count < SEEN_MAX) {
      keep(
          validator,
          new Seen(vote, null, "a place that a restart forgot", null),
          vote.target().epoch().value());
    }
  }

  private void keep(ValidatorIndex validator, Seen seen, long target) {
    votes
        .computeIfAbsent(target, _ -> new HashMap<>())
        .merge(validator, List.of(seen), OwnMessages::both);
    count++;
    while (count > SEEN_MAX) {
      count -= size(votes.pollFirstEntry().getValue());
    }
  }

  private static int size(Map<ValidatorIndex, List<Seen>> epoch) {
    return epoch.values().stream().mapToInt(List::size).sum();
  }

  private static List<Seen> both(List<Seen> before, List<Seen> more) {
    List<Seen> all = new ArrayList<>(before);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Keeps a block; empty if it is kept already. */
  Optional<Seen> proposed(Sighting.Proposed block, Instant at) {
    if (blocks.containsKey(block)) {
      return Optional.empty();
    }
    Seen seen = new Seen(null, block, "a block that was followed", at);
    blocks.put(block, seen);
    while (blocks.size() > BLOCKS_MAX) {
      var _ = blocks.pollFirstEntry();
    }
    return Optional.of(seen);
  }

  /** All that is kept of a validator. */
  List<Seen> of(ValidatorIndex validator) {
    List<Seen> all = new ArrayList<>();
    votes.values().forEach(epoch -> all.addAll(epoch.getOrDefault(validator, List.of())));
    blocks.forEach(
        (block, seen) -> {
          if (block.proposer().equals(validator)) {
            all.add(seen);
          }
        });
    return all;
  }

  /** Of whom anything is kept. */
  Set<ValidatorIndex> validators() {
    Set<ValidatorIndex> all = new HashSet<>();
    votes.values().forEach(epoch -> all.addAll(epoch.keySet()));
    blocks.keySet().forEach(block -> all.add(block.proposer()));
    return all;
  }

  /** Lets go of a message whose signer is known. */
  void forget(ValidatorIndex validator, Seen seen) {
    Vote vote = seen.maybeVote;
    if (vote == null) {
      blocks.values().remove(seen);
      return;
    }
    long target = vote.target().epoch().value();
    Map<ValidatorIndex, List<Seen>> epoch = votes.getOrDefault(target, Map.of());
    List<Seen> before = epoch.getOrDefault(validator, List.of());
    List<Seen> left = before.stream().filter(one -> !one.equals(seen)).toList();
    count -= before.size() - left.size();
    if (!left.isEmpty()) {
      epoch.put(validator, left);
    } else if (!before.isEmpty()) {
      epoch.remove(validator);
      if (epoch.isEmpty()) {
        votes.remove(target);
      }
    }
  }
}
