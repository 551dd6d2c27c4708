package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Gwei;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateQuestionsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1",
    "31, 1",
    "32, 1",
    "33, 32",
    "64, 32",
    "1000, 1",
    "1048576, 1",
    "2100000, 1",
    "2100000, 2100000",
    "2100007, 2100000",
    "2100700, 2100000",
    "2147483647, 1"
  })
  void countsValidatorsWithFewQuestions(int count, int atLeast) {
    CountingNode node = new CountingNode(count);
    StateQuestions questions = new StateQuestions(node, StateId.head(), Duration.ofMinutes(1));
    assertThat(questions.count(atLeast)).isEqualTo(count);
    assertThat(node.questions).isLessThanOrEqualTo(count - atLeast < 16 ? 1 : 9);
  }

  /** Knows so many validators, and nothing of them. */
  private static final class CountingNode implements BeaconStates {
    private final long count;
    private int questions;

    CountingNode(long count) {
      this.count = count;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Optional<StateAnswer<List<ValidatorBalance>>> balances(
        StateId state, Collection<ValidatorId> ids) {
      questions++;
      assertThat(ids).hasSizeLessThanOrEqualTo(64);
      List<ValidatorBalance> known =
          ids.stream()
              .map(id -> ((ValidatorId.ByIndex) id).index())
              .filter(index -> index.value() < count)
              .map(index -> new ValidatorBalance(index, Gwei.ZERO))
              .toList();
      return Optional.of(new StateAnswer<>(known, false, false));
    }

    @Override
    public Optional<StateAnswer<List<Validator>>> validators(
        StateId state, Collection<ValidatorId> ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PendingPartials pendingPartialWithdrawals(StateId state) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StateAnswer<StateBytes>> state(StateId state) {
      throw new UnsupportedOperationException();
    }
  }
}
