package io.auriga.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteppedClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void standsStillUntilItIsMoved() {
    SteppedClock clock = new SteppedClock(START);

    assertThat(clock.instant()).isEqualTo(START);
    clock.advance(Duration.ofSeconds(12));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(12));
  }

  @Test
  void doesNotGoBack() {
    SteppedClock clock = new SteppedClock(START);

    assertThatThrownBy(() -> clock.advanceTo(START.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not go back");
  }

  @Test
  void wakesWhoWaitsWhenTheTimeIsReachedAndNotBefore() throws Exception {
    SteppedClock clock = new SteppedClock(START);
    CompletableFuture<Instant> woken = new CompletableFuture<>();
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (clock.await(START.plusSeconds(2), Duration.ofMinutes(1))) {
                      woken.complete(clock.instant());
                    }
                  } catch (InterruptedException stopped) {
                    woken.completeExceptionally(stopped);
                  }
                });

    clock.advance(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));

    assertThat(woken.get(1, TimeUnit.MINUTES)).isEqualTo(START.plusSeconds(2));
    assertThat(waiter.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void givesUpWhenPatienceIsOver() throws Exception {
    SteppedClock clock = new SteppedClock(START);

    assertThat(clock.await(START.plusSeconds(1), Duration.ofMillis(1))).isFalse();
  }
}
