package io.auriga.sync.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.sync.relay.Policy.Ballot;
import io.auriga.sync.relay.Policy.Choice;
import io.auriga.sync.relay.Policy.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Policy STANDBY = new Policy.Standby();
  private static final Policy MAJORITY = new Policy.Majority();

  @Test
  void believesThePreferredOneAsSoonAsItKnows() {
    assertThat(choice(STANDBY, Moment.EARLY, Ballot.VALID, Ballot.PENDING)).isEqualTo(pass(0));
    assertThat(choice(STANDBY, Moment.EARLY, Ballot.INVALID, Ballot.VALID)).isEqualTo(pass(0));
    assertThat(choice(STANDBY, Moment.EARLY, Ballot.PENDING, Ballot.VALID)).isEmpty();
  }

  @Test
  void takesTheStandbyWhereThePreferredOneFailsOrDoesNotKnowOrIsTooLate() {
    for (Ballot first : List.of(Ballot.FAILED, Ballot.UNSURE, Ballot.OTHER, Ballot.ABSENT)) {
      assertThat(choice(STANDBY, Moment.EARLY, first, Ballot.VALID)).isEqualTo(pass(1));
      assertThat(choice(STANDBY, Moment.EARLY, first, Ballot.PENDING)).isEmpty();
    }
    assertThat(choice(STANDBY, Moment.LATE, Ballot.PENDING, Ballot.VALID)).isEqualTo(pass(1));
    assertThat(choice(STANDBY, Moment.EARLY, Ballot.UNSURE, Ballot.FAILED)).isEqualTo(pass(0));
    assertThat(choice(STANDBY, Moment.EARLY, Ballot.FAILED, Ballot.UNSURE)).isEqualTo(pass(1));
  }

  @Test
  void doesNotWaitForOneThatWasDownBefore() {
    assertThat(choice(STANDBY, Moment.EARLY, Ballot.UNSURE, Ballot.ABSENT)).isEqualTo(pass(0));
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.VALID, Ballot.VALID, Ballot.ABSENT))
        .isEqualTo(pass(0));
  }

  @Test
  void hasNothingToSayOnceAllHaveFailed() {
    for (Policy policy : List.of(STANDBY, MAJORITY)) {
      assertThat(choice(policy, Moment.EARLY, Ballot.FAILED, Ballot.FAILED))
          .contains(new Choice.None());
      assertThat(choice(policy, Moment.LATE, Ballot.FAILED, Ballot.PENDING)).isEmpty();
      assertThat(choice(policy, Moment.OVER, Ballot.FAILED, Ballot.PENDING))
          .contains(new Choice.None());
    }
  }

  @Test
  void waitsForAllAndThenAsksForMoreThanHalf() {
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.VALID, Ballot.VALID, Ballot.PENDING))
        .isEmpty();
    assertThat(choice(MAJORITY, Moment.LATE, Ballot.VALID, Ballot.VALID, Ballot.PENDING))
        .isEqualTo(pass(0));
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.VALID, Ballot.FAILED, Ballot.FAILED))
        .contains(new Choice.Unsure());
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.VALID, Ballot.UNSURE, Ballot.UNSURE))
        .isEqualTo(pass(1));
  }

  @Test
  void answersSyncingWhereOneContradictsAndInvalidWhereMostOrAllWhoKnowSayIt() {
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.VALID, Ballot.VALID, Ballot.INVALID))
        .contains(new Choice.Unsure());
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.VALID, Ballot.INVALID, Ballot.INVALID))
        .isEqualTo(pass(1));
    assertThat(choice(MAJORITY, Moment.EARLY, Ballot.UNSURE, Ballot.INVALID, Ballot.UNSURE))
        .isEqualTo(pass(1));
  }

  @Test
  void neverPassesValidWithAnInvalidAmongTheBallotsOfAMajority() {
    List<List<Ballot>> all = List.of(List.of());
    for (int size = 1; size <= 4; size++) {
      List<List<Ballot>> longer = new ArrayList<>();
      for (List<Ballot> shorter : all) {
        for (Ballot ballot : Ballot.values()) {
          List<Ballot> one = new ArrayList<>(shorter);
          one.add(ballot);
          longer.add(one);
        }
      }
      all = longer;
      for (List<Ballot> ballots : all) {
        for (Moment moment : Moment.values()) {
          requireSound(ballots, moment);
        }
      }
    }
  }

  private static void requireSound(List<Ballot> ballots, Moment moment) {
    for (Policy policy : List.of(STANDBY, MAJORITY)) {
      Optional<Choice> choice = policy.choose(ballots, moment);
      assertThat(choice.isPresent() || moment != Moment.OVER).as("%s ends", policy).isTrue();
      if (choice.orElse(new Choice.None()) instanceof Choice.Pass(int index)) {
        Ballot passed = ballots.get(index);
        assertThat(passed).as("%s at %s", ballots, moment).matches(Ballot::isAnswer);
        boolean valid = policy.equals(MAJORITY) && passed == Ballot.VALID;
        assertThat(valid && ballots.contains(Ballot.INVALID)).as("%s", ballots).isFalse();
      }
    }
  }

  private static Optional<Choice> choice(Policy policy, Moment moment, Ballot... ballots) {
    return policy.choose(List.of(ballots), moment);
  }

  private static Optional<Choice> pass(int index) {
    return Optional.of(new Choice.Pass(index));
  }
}
