package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The votes of all validators over a window of epochs, in little room, and each new vote compared
 * with all of its validator's earlier ones: exactly, for double votes and for surround votes.
 *
 * <p><b>Why it fits.</b> The usual way keeps two numbers a validator and epoch, which is sixteen
 * gigabytes for a million validators and 4,096 epochs. Here each epoch keeps <em>what</em> was said
 * and <em>who</em> said it, with what agrees in source and target put together ({@link VoteClass}):
 * on a healthy chain that is one set of nearly all validators and a few small ones, less than a bit
 * a validator. Whether a vote surrounds another depends on its epochs alone, so a new vote is first
 * compared with the range of sources of each epoch in the window; only where that leaves room for
 * an offence is it asked who said what. Honest votes never get so far.
 *
 * <p>An instance belongs to one thread. {@link #advanceTo} moves the window; a vote for an epoch
 * outside of it, or one that no block could carry, is counted and left alone, so that no lie about
 * the future can push the past out.
 */
public final class VoteHistory {
  /** There are at most 64 committees a slot. */
  static final int COMMITTEE_BITS = 7;

  private static final int SLOT_BITS_MAX = Long.SIZE - COMMITTEE_BITS - 1;

  /** Far beyond every network; a lying node must not make us reserve room for more. */
  private static final int VALIDATORS_MAX = 1 << 24;

  /** Votes for the current epoch and the one before arrive all the time; older ones hardly do. */
  private static final int FRESH_EPOCHS = 2;

  /** Where the votes of an epoch are kept beyond the process. */
  public interface Keeper {
    /** Keeps them, in place of what was kept of the epoch; must not throw. */
    void keep(Epoch epoch, byte[] votes);
  }

  private final long slotsPerEpoch;
  private final int window;
  private final Keeper keeper;
  private final TreeMap<Long, EpochVotes> epochs = new TreeMap<>();
  private long current;
  private long votes;
  private long ignored;
  private long forgotten;

  /** A history that ends with the process. */
  public VoteHistory(long slotsPerEpoch, int window) {
    this(slotsPerEpoch, window, (_, _) -> {});
  }

  /**
   * @param window how many epochs are remembered, the current one among them
   * @param keeper given each epoch when nothing new is expected of it, and again if something came
   */
  public VoteHistory(long slotsPerEpoch, int window, Keeper keeper) {
    if (slotsPerEpoch < 1 || window <= FRESH_EPOCHS) {
      throw new IllegalArgumentException(
          "A window of " + window + " epochs of " + slotsPerEpoch + " slots");
    }
    this.slotsPerEpoch = slotsPerEpoch;
    this.window = window;
    this.keeper = keeper;
  }

  /**
   * Takes what the keeper was given by an earlier process, before anything is observed.
   *
   * @throws IOException if it is something else
   */
  public void restore(Epoch epoch, byte[] votes) throws IOException {
    epochs.put(epoch.value(), EpochVotes.of(votes));
  }

  /** Gives the keeper also what is still expected to grow. */
  public void keepAll() {
    epochs.forEach(this::settle);
  }

  private void settle(long epoch, EpochVotes votes) {
    if (votes.isFresh()) {
      forgotten += votes.settle();
      keeper.keep(new Epoch(epoch), votes.toBytes());
    }
  }

  /** Says which epoch is now; earlier than it was is ignored. */
  public void advanceTo(Epoch now) {
    if (now.value() <= current) {
      return;
    }
    current = now.value();
    epochs.headMap(current - window, true).clear();
    epochs.headMap(current - FRESH_EPOCHS, true).forEach(this::settle);
  }

  /**
   * Takes one vote of several validators.
   *
   * @param voters validator indices, of which the first {@code count} are read
   * @param found told of each vote that is a double vote or a surround vote with an earlier one of
   *     its validator; at most once for each of the two
   */
  public void observe(AttestationData data, int[] voters, int count, Consumer<Offence> found) {
    observe(data, voters, count, found, _ -> {});
  }

  /**
   * As {@link #observe(AttestationData, int[], int, Consumer)}.
   *
   * @param isNew told of each voter that was not seen to say this before
   */
  void observe(
      AttestationData data, int[] voters, int count, Consumer<Offence> found, IntConsumer isNew) {
    if (!isPlausible(data)) {
      ignored += count;
      return;
    }
    EpochVotes epoch = epochs.computeIfAbsent(data.target().epoch().value(), _ -> new EpochVotes());
    int number = epoch.numberOf(data);
    if (number == 0) {
      ignored += count;
      return;
    }
    List<EpochVotes> suspects = suspects(data);
    for (int i = 0; i < count; i++) {
      int validator = voters[i];
      if (validator < 0 || validator >= VALIDATORS_MAX) {
        ignored++;
        continue;
      }
      EpochVotes.Standing standing = epoch.add(validator, number);
      if (standing == EpochVotes.Standing.REPEATED) {
        continue;
      }
      votes++;
      isNew.accept(validator);
      if (standing == EpochVotes.Standing.SECOND) {
        found.accept(doubleVote(validator, epoch, data));
      }
      if (!suspects.isEmpty()) {
        surroundVote(validator, suspects, data, found);
      }
    }
  }

  /** What a block could carry: anything else is a lie of whoever sent it. */
  private boolean isPlausible(AttestationData data) {
    long slot = data.slot().value();
    long target = data.target().epoch().value();
    return slot >>> SLOT_BITS_MAX == 0
        && data.index() >>> COMMITTEE_BITS == 0
        && slot / slotsPerEpoch == target
        && data.source().epoch().compareTo(data.target().epoch()) <= 0
        && target <= current + 1
        && target > current - window;
  }

  /** The epochs in which somebody said something that surrounds this, or lies within. */
  private List<EpochVotes> suspects(AttestationData data) {
    long source = data.source().epoch().value();
    long target = data.target().epoch().value();
    List<EpochVotes> suspects = new ArrayList<>();
    if (source + 1 < target) {
      for (EpochVotes inner : epochs.subMap(source + 1, target).values()) {
        if (inner.hasSourceAbove(source)) {
          suspects.add(inner);
        }
      }
    }
    for (EpochVotes outer : epochs.tailMap(target, false).values()) {
      if (outer.hasSourceBelow(source)) {
        suspects.add(outer);
      }
    }
    return suspects;
  }

  private static Offence doubleVote(int validator, EpochVotes epoch, AttestationData data) {
    Vote earlier =
        epoch.votesOf(validator).stream()
            .filter(vote -> !data.equals(vote.data()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No vote before a second vote"));
    return new Offence.DoubleVote(new ValidatorIndex(validator), earlier, data);
  }

  private static void surroundVote(
      int validator, List<EpochVotes> suspects, AttestationData data, Consumer<Offence> found) {
    Vote later = Vote.of(data);
    for (EpochVotes suspect : suspects) {
      for (Vote earlier : suspect.votesOf(validator)) {
        boolean around = later.surrounds(earlier);
        if (around || earlier.surrounds(later)) {
          found.accept(
              new Offence.SurroundVote(new ValidatorIndex(validator), earlier, data, around));
          return;
        }
      }
    }
  }

  /** Tells what is remembered of one validator, the newest target first. */
  void tell(int validator, Consumer<Vote> to) {
    for (EpochVotes epoch : epochs.descendingMap().values()) {
      epoch.votesOf(validator).forEach(to);
    }
  }

  /** Votes taken, without repetitions. */
  public long votes() {
    return votes;
  }

  /** Votes left alone: not for the window, or of a form that no block could carry. */
  public long ignored() {
    return ignored;
  }

  /** Votes that are not remembered any more because too many different ones were cast. */
  public long forgotten() {
    return forgotten;
  }

  /** How many epochs there are votes of. */
  public int epochs() {
    return epochs.size();
  }

  /** What the votes of older epochs take in memory, without the objects around them. */
  public long settledBytes() {
    return epochs.values().stream().mapToLong(EpochVotes::bytes).sum();
  }
}
