package io.auriga.withdrawals.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.AurigaException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatestTest {
  private static final Duration PATIENCE = Duration.ofMillis(1);

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void makesOneOnlyWhereTheOneThereIsWillNotDo() {
    Latest<Integer> latest = new Latest<>("test", made::incrementAndGet, Duration.ofMinutes(1));
    assertThat(latest.get(_ -> true, _ -> true)).isEqualTo(1);
    assertThat(latest.get(_ -> true, _ -> true)).isEqualTo(1);
    assertThat(latest.get(one -> one > 1, _ -> true)).isEqualTo(2);
  }

  @Test
  void givesTheOneBeforeWhileANewOneIsSlowToCome() {
    CountDownLatch slow = new CountDownLatch(1);
    Latest<Integer> latest =
        new Latest<>(
            "test",
            () -> {
              if (made.get() > 0) {
                await(slow);
              }
              return made.incrementAndGet();
            },
            PATIENCE);
    assertThat(latest.get(_ -> true, _ -> true)).isEqualTo(1);
    assertThat(latest.get(_ -> false, _ -> true)).isEqualTo(1);
    CompletableFuture<Integer> patient =
        CompletableFuture.supplyAsync(() -> latest.get(one -> one > 1, one -> one > 1));
    assertThat(latest.get(_ -> false, _ -> true)).isEqualTo(1);
    slow.countDown();
    assertThat(patient.join()).isEqualTo(2);
    assertThat(made).hasValue(2);
  }

  @Test
  void givesTheOneBeforeWhereMakingFailsAndSaysWhyWhereThereIsNone() {
    Latest<Integer> latest =
        new Latest<>(
            "test",
            () -> {
              if (made.incrementAndGet() != 2) {
                throw Forecaster.none("the node is down");
              }
              return 2;
            },
            Duration.ofMinutes(1));
    assertThatThrownBy(() -> latest.get(_ -> true, _ -> true))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("the node is down");
    assertThat(latest.get(_ -> true, _ -> true)).isEqualTo(2);
    assertThat(latest.get(_ -> false, _ -> true)).isEqualTo(2);
    assertThat(made).hasValue(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
