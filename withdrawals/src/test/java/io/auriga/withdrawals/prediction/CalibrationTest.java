package io.auriga.withdrawals.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final long FAR = 40_000;
  private static final long FAR_STRETCH = 65_536;

  private final Calibration calibration = new Calibration();

  @Test
  void believesTheModelWithSomeDoubtBeforeThereAreOutcomes() {
    // Student's quantile with four degrees of freedom is 2.13, its first term 2.03.
    assertThat(calibration.factor(FAR)).isCloseTo(2.03, within(0.01));
  }

  @Test
  void takesAThousandOutcomesOfOneStretchForOneWitness() {
    for (int i = 0; i < 1_000; i++) {
      calibration.scored(FAR, 70_000 + i, 10, 1);
    }
    // One of five parts is what came, ten deviations; the rest is the model's word.
    assertThat(calibration.factor(FAR)).isCloseTo(0.2 * 10 + 0.8 * 1.95, within(0.01));
    assertThat(calibration.factor(100)).as("other reaches learn nothing").isLessThan(2.1);
  }

  @Test
  void makesIntervalsNarrowerThanTheModelWhereManyStretchesSayThatItDoubtsTooMuch() {
    Random random = new Random(1);
    for (int stretch = 0; stretch < 100; stretch++) {
      for (int i = 0; i < 50; i++) {
        calibration.scored(FAR, stretch * FAR_STRETCH + i, random.nextGaussian(), 4);
      }
    }
    // 16 stretches are kept, of 20 parts: 0.41 deviations hold nine of ten.
    assertThat(calibration.factor(FAR)).isCloseTo(0.8 * 0.41 + 0.2 * 1.72, within(0.03));
  }

  @Test
  void letsTheLastStretchesSpeakAndForgetsTheRest() {
    for (int stretch = 0; stretch < 40; stretch++) {
      calibration.scored(FAR, stretch * FAR_STRETCH, stretch < 20 ? 12 : 1, 1);
    }
    assertThat(calibration.factor(FAR)).isLessThan(1.3);
    calibration.clear();
    assertThat(calibration.factor(FAR)).isCloseTo(2.03, within(0.01));
  }

  @Test
  void isNotMadeUselessByOneWildOutcome() {
    calibration.scored(FAR, 1, 1e9, 1);
    assertThat(calibration.factor(FAR)).isLessThan(4.1);
  }
}
