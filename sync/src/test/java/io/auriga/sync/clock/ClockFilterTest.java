package io.auriga.sync.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClockFilterTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private final ClockFilter filter = new ClockFilter();

  @Test
  void nothingIsKnownWithoutSamples() {
    assertThat(filter.bound(NOW)).isEmpty();
  }

  @Test
  void oneSampleIsTheBound() {
    sample(-40, 60);
    assertThat(filter.bound(NOW)).contains(bound(-40, 60, 1));
  }

  @Test
  void samplesNarrowEachOtherDown() {
    sample(-400, 600);
    sample(-900, 100);
    sample(-50, 950);
    assertThat(filter.bound(NOW)).contains(bound(-50, 100, 3));
  }

  @Test
  void aSampleThatNoOtherAgreesWithIsOutvoted() {
    sample(-10, 10);
    sample(-5, 15);
    sample(5_000, 5_010);
    assertThat(filter.bound(NOW)).contains(bound(-5, 10, 2));
  }

  @Test
  void samplesOfWhichNoMoreThanHalfAgreeSayNothing() {
    sample(-10, 10);
    sample(500, 510);
    assertThat(filter.bound(NOW)).isEmpty();
  }

  @Test
  void anOldSampleIsLessCertain() {
    filter.add(new ClockSample(NOW.minusSeconds(100), millis(-40), millis(60)));
    assertThat(filter.bound(NOW)).contains(bound(-50, 70, 1));
  }

  @Test
  void theOldestSampleGoesWhereThereAreMany() {
    for (int n = 0; n < 40; n++) {
      sample(5_000, 5_001);
    }
    for (int n = 0; n < 64; n++) {
      sample(-1, 1);
    }
    assertThat(filter.bound(NOW)).contains(bound(-1, 1, 64));
  }

  @Test
  void theBoundHoldsTheTruthWhereMostSamplesDo() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      ClockFilter many = new ClockFilter();
      long truth = random.nextLong(10_001) - 5_000;
      int samples = 1 + random.nextInt(64);
      int wrong = (samples - 1) / 4;
      for (int n = 0; n < samples; n++) {
        long centre = n < wrong ? truth + 20_000 + 3_000L * n : truth;
        many.add(
            new ClockSample(
                NOW,
                millis(centre - random.nextInt(1_000)),
                millis(centre + random.nextInt(1_000))));
      }
      ClockBound bound = many.bound(NOW).orElseThrow();
      assertThat(bound.least()).as("seed %d", seed).isLessThanOrEqualTo(millis(truth));
      assertThat(bound.most()).as("seed %d", seed).isGreaterThanOrEqualTo(millis(truth));
    }
  }

  @Test
  void aBoundThatHoldsZeroIsUnreliable() {
    assertThat(bound(-5, 10, 2).isUnreliable()).isTrue();
    assertThat(bound(5, 10, 2).isUnreliable()).isFalse();
    assertThat(bound(5, 10, 2).offset()).isEqualTo(Duration.ofNanos(7_500_000));
    assertThat(bound(5, 10, 2).uncertainty()).isEqualTo(Duration.ofNanos(2_500_000));
  }

  private void sample(long least, long most) {
    filter.add(new ClockSample(NOW, millis(least), millis(most)));
  }

  private static ClockBound bound(long least, long most, int samples) {
    return new ClockBound(millis(least), millis(most), samples);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
