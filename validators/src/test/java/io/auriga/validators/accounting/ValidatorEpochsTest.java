package io.auriga.validators.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import org.junit.jupiter.api.Test;

class ValidatorEpochsTest {
  private final ValidatorEpochs validators = ValidatorEpochs.empty();

  @Test
  void isActiveFromTheActivationToBeforeTheExit() {
    validators.set(0, new Epoch(0), Epoch.FAR_FUTURE);
    validators.set(1, new Epoch(3), new Epoch(5));
    assertThat(validators.active(new Epoch(2))).containsExactly(0);
    assertThat(validators.active(new Epoch(3))).containsExactly(0, 1);
    assertThat(validators.active(new Epoch(4))).containsExactly(0, 1);
    assertThat(validators.active(new Epoch(5))).containsExactly(0);
    assertThat(validators.isActive(1, new Epoch(4))).isTrue();
    assertThat(validators.isActive(2, new Epoch(4))).isFalse();
  }

  @Test
  void growsAndGivesThoseInBetweenNoDuties() {
    validators.set(5_000, new Epoch(1), Epoch.FAR_FUTURE);
    assertThat(validators.count()).isEqualTo(5_001);
    assertThat(validators.active(new Epoch(9))).containsExactly(5_000);
  }

  @Test
  void takesNoValidatorThatCannotHaveComeSince() {
    assertThatThrownBy(() -> validators.set(Integer.MAX_VALUE, new Epoch(1), Epoch.FAR_FUTURE))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("the last one known is -1");
    assertThatThrownBy(() -> validators.set(-1, new Epoch(1), Epoch.FAR_FUTURE))
        .isInstanceOf(AurigaException.class);
  }

  @Test
  void neverIsNeverWhateverTheEpoch() {
    validators.set(0, Epoch.FAR_FUTURE, Epoch.FAR_FUTURE);
    validators.set(1, new Epoch(1L << 40), Epoch.FAR_FUTURE);
    assertThat(validators.active(Epoch.FAR_FUTURE)).isEmpty();
    assertThat(validators.active(new Epoch(1L << 40))).isEmpty();
  }

  @Test
  void forgetsPlansThatAReorgMayHaveTakenBackButNothingThatHasHappened() {
    validators.set(0, new Epoch(0), new Epoch(7));
    validators.set(1, new Epoch(9), Epoch.FAR_FUTURE);
    validators.set(2, new Epoch(0), new Epoch(8));
    validators.forgetPlans(new Epoch(7));
    assertThat(validators.active(new Epoch(7))).containsExactly(2);
    assertThat(validators.active(new Epoch(20))).containsExactly(2);
    validators.set(2, new Epoch(0), new Epoch(12));
    assertThat(validators.active(new Epoch(12))).isEmpty();
  }
}
