package io.auriga.sync.relay;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose answer a consensus client gets where several execution clients were asked the same. Pure:
 * from what is known at a moment to a choice, or to waiting on.
 */
public sealed interface Policy {
  /** What one execution client said, or that it has not yet. */
  enum Ballot {
    PENDING,
    /** Pending too, of one that has been failing and is not waited for. */
    ABSENT,
    VALID,
    INVALID,
    /** SYNCING or ACCEPTED: it does not know. */
    UNSURE,
    /** A JSON-RPC error, or an answer without a status. */
    OTHER,
    /** No answer. */
    FAILED;

    boolean isOpen() {
      return this == PENDING || this == ABSENT;
    }

    boolean isConclusive() {
      return this == VALID || this == INVALID;
    }

    boolean isAnswer() {
      return isConclusive() || this == UNSURE || this == OTHER;
    }
  }

  /** How far the time of a call has gone. */
  enum Moment {
    /** Everybody may still answer in time. */
    EARLY,
    /** The consensus client will not wait much longer. */
    LATE,
    /** Nobody will answer any more. */
    OVER
  }

  /** What the consensus client gets. */
  sealed interface Choice {
    /** The answer of one, byte for byte. */
    record Pass(int index) implements Choice {}

    /** That we do not know: SYNCING, in our own words. */
    record Unsure() implements Choice {}

    /** There is no answer to give. */
    record None() implements Choice {}
  }

  /**
   * Decides, or waits.
   *
   * @param ballots one of each execution client, in the order of preference
   */
  Optional<Choice> choose(List<Ballot> ballots, Moment moment);

  /** The name in the configuration. */
  String label();

  /**
   * The first that knows is believed; the others are kept in step, and stand in where it fails or
   * does not know.
   */
  record Standby() implements Policy {
    @Override
    public Optional<Choice> choose(List<Ballot> ballots, Moment moment) {
      boolean early = moment == Moment.EARLY;
      int knows = index(ballots, Ballot::isConclusive);
      if (knows >= 0 && !(early && ballots.getFirst() == Ballot.PENDING)) {
        return pass(knows);
      }
      if (early && ballots.contains(Ballot.PENDING)) {
        return Optional.empty();
      }
      int answered = index(ballots, Ballot::isAnswer);
      return answered >= 0 ? pass(answered) : none(ballots, moment);
    }

    @Override
    public String label() {
      return "standby";
    }
  }

  /**
   * More than half must call a payload valid, and none invalid. All are waited for, as long as
   * there is time, so that no INVALID is passed over; where one contradicts, the consensus client
   * is told SYNCING, on which it does not attest.
   */
  record Majority() implements Policy {
    @Override
    public Optional<Choice> choose(List<Ballot> ballots, Moment moment) {
      int quorum = ballots.size() / 2 + 1;
      int valid = count(ballots, Ballot.VALID);
      int invalid = count(ballots, Ballot.INVALID);
      if (invalid >= quorum) {
        return pass(index(ballots, Ballot.INVALID::equals));
      }
      if (moment == Moment.EARLY && ballots.contains(Ballot.PENDING)) {
        return Optional.empty();
      }
      if (invalid > 0) {
        return valid == 0
            ? pass(index(ballots, Ballot.INVALID::equals))
            : Optional.of(new Choice.Unsure());
      }
      if (valid >= quorum) {
        return pass(index(ballots, Ballot.VALID::equals));
      }
      int unsure = index(ballots, Ballot.UNSURE::equals);
      if (unsure >= 0) {
        return pass(unsure);
      }
      if (valid > 0) {
        return Optional.of(new Choice.Unsure());
      }
      int answered = index(ballots, Ballot::isAnswer);
      return answered >= 0 ? pass(answered) : none(ballots, moment);
    }

    @Override
    public String label() {
      return "majority";
    }
  }

  private static Optional<Choice> pass(int index) {
    return Optional.of(new Choice.Pass(index));
  }

  /** Nobody has answered: somebody still may, as long as the consensus client may wait. */
  private static Optional<Choice> none(List<Ballot> ballots, Moment moment) {
    boolean open = moment != Moment.OVER && ballots.stream().anyMatch(Ballot::isOpen);
    return open ? Optional.empty() : Optional.of(new Choice.None());
  }

  private static int count(List<Ballot> ballots, Ballot one) {
    return (int) ballots.stream().filter(one::equals).count();
  }

  private static int index(List<Ballot> ballots, Predicate<Ballot> wanted) {
    for (int i = 0; i < ballots.size(); i++) {
      if (wanted.test(ballots.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
