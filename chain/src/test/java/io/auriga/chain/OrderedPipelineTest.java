package io.auriga.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedPipelineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void yieldsInTheOrderOfTheInputsHoweverLongEachTakes() throws InterruptedException {
    Random random = new Random(7);
    List<Integer> inputs = IntStream.range(0, 100_000).boxed().toList();
    OrderedPipeline<Integer, Integer> pipeline =
        new OrderedPipeline<>(
            workers,
            32,
            inputs.iterator(),
            input -> {
              if (random.nextInt(100) == 0) {
                spin();
              }
              return input * 2;
            });
    assertThat(drain(pipeline)).isEqualTo(inputs.stream().map(i -> i * 2).toList());
  }

  @Test
  void takesNoMoreThanTheWindowAhead() throws InterruptedException {
    AtomicInteger started = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    OrderedPipeline<Integer, Integer> pipeline =
        new OrderedPipeline<>(
            workers,
            4,
            IntStream.range(0, 50).boxed().iterator(),
            input -> {
              started.incrementAndGet();
              await(release);
              return input;
            });
    assertThat(pipeline.next(Duration.ofMillis(50)).result()).isEmpty();
    assertThat(started.get()).isLessThanOrEqualTo(4);
    release.countDown();
    assertThat(drain(pipeline)).hasSize(50);
  }

  @Test
  void surfacesAFailureAtItsPlaceInTheOrder() throws InterruptedException {
    OrderedPipeline<Integer, Integer> pipeline =
        new OrderedPipeline<>(
            workers,
            8,
            IntStream.range(0, 10).boxed().iterator(),
            input -> {
              if (input == 3) {
                throw new IllegalArgumentException("block " + input);
              }
              return input;
            });
    for (int expected = 0; expected < 3; expected++) {
      assertThat(pipeline.next(PATIENCE).result()).contains(expected);
    }
    assertThatThrownBy(() -> pipeline.next(PATIENCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("block 3");
  }

  private static void spin() {
    for (int i = 0; i < 1_000; i++) {
      Thread.onSpinWait();
    }
  }

  private static List<Integer> drain(OrderedPipeline<Integer, Integer> pipeline)
      throws InterruptedException {
    List<Integer> results = new ArrayList<>();
    while (true) {
      OrderedPipeline.Step<Integer> step = pipeline.next(PATIENCE);
      if (step.finished()) {
        return results;
      }
      step.result().ifPresent(results::add);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
