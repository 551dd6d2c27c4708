package io.auriga.withdrawals.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.testkit.sweep.SimulatedStates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorCountTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,0",
    "2,0",
    "63,0",
    "64,0",
    "65,0",
    "1100000,0",
    "1100000,1099000",
    "1100000,1100000",
    "100000000,7"
  })
  void findsTheNumberInAFewQuestions(int count, int atLeast) {
    SimulatedStates states = new SimulatedStates(count);
    assertThat(ValidatorCount.find(states, atLeast)).isEqualTo(count);
    assertThat(states.questions()).isLessThanOrEqualTo(7);
  }
}
