package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What validators were seen to vote for, as the watch keeps it in the store: without what is still
 * growing, which is the epoch now and the one before.
 */
public final class SeenVotes {
  /** More than so many are asked for in several questions. */
  public static final int VALIDATORS_MAX = 1_024;

  private final Store store;

  public SeenVotes(Store store) {
    this.store = store;
  }

  /** The epochs that votes are kept of, both inclusive; there may be some in between without. */
  public record Span(Epoch first, Epoch last, long epochs) {}

  /** Empty if no votes are kept. */
  public Optional<Span> span() {
    return store.read(
        read ->
            read.first(
                "SELECT MIN(target_epoch) AS first, MAX(target_epoch) AS last,"
                    + " COUNT(DISTINCT target_epoch) AS epochs FROM slashing_epoch"
                    + " HAVING COUNT(*) > 0",
                row ->
                    new Span(
                        new Epoch(row.number("first")),
                        new Epoch(row.number("last")),
                        row.number("epochs"))));
  }

  /**
   * The votes of some validators, by target; each of those with the same epochs is one.
   *
   * @param validators at most {@value #VALIDATORS_MAX}: in memory they share what they said
   * @param epochs told how many epochs were read
   * @throws IOException if what is kept cannot be read
   */
  public Map<ValidatorIndex, List<SignedAttestation>> of(
      Collection<ValidatorIndex> validators, LongConsumer epochs) throws IOException {
    Map<ValidatorIndex, List<SignedAttestation>> found = new HashMap<>();
    List<IOException> broken = new ArrayList<>();
    long[] read = {0};
    boolean _ =
        store.read(
            reading -> {
              reading.forEach(
                  "SELECT votes FROM slashing_epoch ORDER BY target_epoch",
                  row -> {
                    try {
                      collect(EpochVotes.of(row.bytes("votes")), validators, found);
                    } catch (IOException unreadable) {
                      broken.add(unreadable);
                    }
                    epochs.accept(++read[0]);
                  });
              return true;
            });
    if (!broken.isEmpty()) {
      throw broken.getFirst();
    }
    return found;
  }

  private static void collect(
      EpochVotes epoch,
      Collection<ValidatorIndex> validators,
      Map<ValidatorIndex, List<SignedAttestation>> found) {
    // Nearly all say the same, and then it is one object.
    IdentityHashMap<Vote, SignedAttestation> same = new IdentityHashMap<>();
    for (ValidatorIndex validator : validators) {
      if (validator.value() >>> (Integer.SIZE - 1) != 0) {
        continue;
      }
      for (Vote vote : epoch.votesOf((int) validator.value())) {
        SignedAttestation signed =
            same.computeIfAbsent(
                vote,
                one -> new SignedAttestation(one.source().epoch(), one.target().epoch(), null));
        addOnce(signed, found.computeIfAbsent(validator, _ -> new ArrayList<>()));
      }
    }
  }

  /** They come by target. */
  private static void addOnce(SignedAttestation vote, List<SignedAttestation> votes) {
    for (int i = votes.size() - 1; i >= 0; i--) {
      SignedAttestation before = votes.get(i);
      if (before.equals(vote)) {
        return;
      }
      if (!before.target().equals(vote.target())) {
        break;
      }
    }
    votes.add(vote);
  }
}
