package io.auriga.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private Instant now = Instant.EPOCH;
  private final InstantSource time = () -> now;
  private final List<List<Integer>> batches = new ArrayList<>();
  private final Batcher<Integer> batcher =
      new Batcher<>(3, Duration.ofSeconds(5), time, batches::add);

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void handsOverWhenFull() {
    IntStream.rangeClosed(1, 7).forEach(batcher::add);
    assertThat(batches).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6));
  }

  @Test
  void handsOverWhenTheOldestIsDueHoweverYoungTheOthersAre() {
    batcher.add(1);
    pass(4);
    batcher.add(2);
    assertThat(batches).isEmpty();
    assertThat(batcher.untilDue()).contains(Duration.ofSeconds(1));
    pass(1);
    batcher.flushIfDue();
    assertThat(batches).containsExactly(List.of(1, 2));
    assertThat(batcher.untilDue()).isEmpty();
  }

  @Test
  void measuresAgeAfreshAfterAHandOverBySize() {
    IntStream.rangeClosed(1, 3).forEach(batcher::add);
    pass(4);
    batcher.add(4);
    pass(4);
    batcher.flushIfDue();
    assertThat(batches).containsExactly(List.of(1, 2, 3));
    pass(1);
    batcher.flushIfDue();
    assertThat(batches).last().isEqualTo(List.of(4));
  }

  @Test
  void flushesTheRestAtTheEndAndNothingTwice() {
    batcher.add(1);
    batcher.flush();
    batcher.flush();
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void handsOverBatchesThatLaterElementsCannotChange() {
    IntStream.rangeClosed(1, 3).forEach(batcher::add);
    List<Integer> first = batches.getFirst();
    batcher.add(4);
    batcher.flush();
    assertThat(first).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> first.add(9)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void losesNothingAndKeepsTheOrderWhateverTheTiming() {
    for (long seed = 0; seed < 200; seed++) {
      batches.clear();
      java.util.Random random = new java.util.Random(seed);
      Batcher<Integer> any =
          new Batcher<>(
              1 + random.nextInt(5), Duration.ofSeconds(random.nextInt(4)), time, batches::add);
      for (int i = 0; i < 100; i++) {
        pass(random.nextInt(3));
        any.add(i);
      }
      any.flush();
      assertThat(batches.stream().flatMap(List::stream).toList())
          .as("seed %d", seed)
          .isEqualTo(IntStream.range(0, 100).boxed().toList());
    }
  }
}
