package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = START.plusSeconds(1_000);

  private final AtomicLong nanos = new AtomicLong(-5);

  private ReplayClock clock(double speed) {
    return new ReplayClock(START, END, speed, nanos::get);
  }

  private void pass(Duration realTime) {
    nanos.addAndGet(realTime.toNanos());
  }

  @Test
  void runsAtItsSpeed() {
    ReplayClock clock = clock(10);

    pass(Duration.ofSeconds(2));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(20));
  }

  @Test
  void keepsWhatHasPassedWhenTheSpeedChanges() {
    ReplayClock clock = clock(10);
    pass(Duration.ofSeconds(2));

    clock.changeSpeed(0.5);
    pass(Duration.ofSeconds(4));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(22));
    assertThat(clock.speed()).isEqualTo(0.5);
  }

  @Test
  void standsStillWhilePaused() {
    ReplayClock clock = clock(1);
    pass(Duration.ofSeconds(1));

    clock.pause();
    pass(Duration.ofSeconds(100));
    clock.changeSpeed(3);
    pass(Duration.ofSeconds(100));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    assertThat(clock.isPaused()).isTrue();
    clock.resume();
    pass(Duration.ofSeconds(1));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void standsStillAtTheEnd() {
    ReplayClock clock = clock(1);

    pass(Duration.ofSeconds(999));
    assertThat(clock.isFinished()).isFalse();
    pass(Duration.ofDays(400));

    assertThat(clock.instant()).isEqualTo(END);
    assertThat(clock.isFinished()).isTrue();
  }

  @Test
  void beginsAnewAtTheSameSpeed() {
    ReplayClock clock = clock(2);
    pass(Duration.ofDays(1));

    clock.restart();
    pass(Duration.ofSeconds(3));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(6));
    assertThat(clock.restarts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAnImpossibleSpeed(double speed) {
    ReplayClock clock = clock(1);

    assertThatThrownBy(() -> clock.changeSpeed(speed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("times real time");
  }

  @Test
  void wakesWhoWaitsWhenItIsSpedUp() throws Exception {
    ReplayClock clock = new ReplayClock(START, END, ReplayClock.SPEED_MIN);
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> await(clock, reached));

    clock.changeSpeed(ReplayClock.SPEED_MAX);

    assertThat(reached.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void tellsWhoWaitsThatItBeganAnew() throws Exception {
    ReplayClock clock = new ReplayClock(START, END, 1);
    clock.pause();
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    Thread waiter = Thread.ofVirtual().start(() -> await(clock, reached));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

    clock.restart();

    assertThat(reached.get(1, TimeUnit.MINUTES)).isFalse();
  }

  private static void await(ReplayClock clock, CompletableFuture<Boolean> reached) {
    try {
      reached.complete(clock.await(END, Duration.ofMinutes(1)));
    } catch (InterruptedException stopped) {
      reached.completeExceptionally(stopped);
    }
  }
}
