package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopTest {
  @Test
  void endsAStartThatStillWaitsForItsNodes() throws InterruptedException {
    try (Stop stop = new Stop()) {
      CountDownLatch never = new CountDownLatch(1);
      Thread signal = Thread.ofVirtual().unstarted(stop::ask);
      Optional<String> started =
          stop.unlessAsked(
              () -> {
                signal.start();
                never.await();
                return "started";
              });
      assertThat(started).isEmpty();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      // What is asked for after that is not begun at all.
      assertThat(
              stop.<String>unlessAsked(
                  () -> {
                    throw new AssertionError("begun");
                  }))
          .isEmpty();
    }
  }

  @Test
  void holdsTheSignalUntilTheCommandHasEnded() throws InterruptedException {
    Stop stop = new Stop();
    Thread signal = Thread.ofVirtual().start(stop::ask);
    stop.await();
    assertThat(signal.isAlive()).isTrue();
    stop.close();
    signal.join();
  }

  @Test
  void passesOnWhyAStartFailed() {
    try (Stop stop = new Stop()) {
      assertThatThrownBy(
              () ->
                  stop.unlessAsked(
                      () -> {
                        throw new IllegalStateException("no nodes");
                      }))
          .hasMessage("no nodes");
    }
  }
}
