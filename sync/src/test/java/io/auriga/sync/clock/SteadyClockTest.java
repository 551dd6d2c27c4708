package io.auriga.sync.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private static final Instant BEGIN = Instant.ofEpochSecond(1_700_000_000);

  private final AtomicReference<Instant> wall = new AtomicReference<>(BEGIN);
  private final AtomicLong nanos = new AtomicLong(-5);

  @Test
  void aWallClockThatIsSetDoesNotMoveTimesUntilItIsReadAgain() {
    SteadyClock clock = new SteadyClock(wall::get, nanos::get);
    wall.set(BEGIN.plusSeconds(90));
    nanos.addAndGet(1_000_000);
    assertThat(clock.now()).isEqualTo(BEGIN.plusMillis(1));
    assertThat(clock.at(nanos.get() - 3_000_000)).isEqualTo(BEGIN.minusMillis(2));
    assertThat(clock.adjust()).isEqualTo(Duration.ofMillis(89_999));
    assertThat(clock.now()).isEqualTo(BEGIN.plusSeconds(90));
    assertThat(clock.adjust()).isEqualTo(Duration.ZERO);
  }

  @Test
  void theNarrowestReadingSaysHowUncertainTheTimesAre() {
    AtomicLong readings = new AtomicLong();
    SteadyClock clock =
        new SteadyClock(
            () -> {
              nanos.addAndGet(readings.getAndIncrement() == 2 ? 20 : 4_000);
              return BEGIN;
            },
            nanos::get);
    assertThat(clock.uncertainty()).isEqualTo(Duration.ofNanos(10));
  }
}
