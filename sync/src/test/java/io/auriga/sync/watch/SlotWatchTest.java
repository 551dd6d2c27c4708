package io.auriga.sync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.SyncStatus;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.clock.SteadyClock;
import io.auriga.sync.slot.Diagnosis;
import io.auriga.sync.slot.Thresholds;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SlotWatchTest {
  private static final Instant GENESIS = Instant.ofEpochSecond(1_700_000_000);

  private final List<Diagnosis> judged = new ArrayList<>();
  private final List<Duration> jumps = new ArrayList<>();
  private boolean broken;
  private Instant wall = GENESIS;
  private long nanos;
  private final SlotWatch watch =
      new SlotWatch(
          new SlotClock(GENESIS, Duration.ofSeconds(12), () -> wall),
          new SteadyClock(() -> wall, () -> nanos),
          new SlotWatch.Pairs(List.of("a"), Optional.empty()),
          Thresholds.of(ChainSpec.builtIn("mainnet")),
          () -> Map.of("a", new ClockBound(Duration.ofSeconds(2), Duration.ofSeconds(3), 9)),
          this::take,
          jumps::add);

  private void take(List<Diagnosis> slot) {
    if (broken) {
      throw new IllegalStateException("the store is full");
    }
    judged.addAll(slot);
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
    watch.judge();
  }

  @Test
  void aNodeThatDoesNotAnswerIsToldWhenItsSlotIsJudged() {
    pass(Duration.ofSeconds(12));
    watch.consensusFailed("a");
    pass(Duration.ofSeconds(60));
    assertThat(judged)
        .first()
        .matches(one -> one.slot().equals(new Slot(1)))
        .extracting(Diagnosis::verdict)
        .isEqualTo(new Verdict.ConsensusOffline());
  }

  @Test
  void whoeverCannotKeepAVerdictIsAskedToKeepTheNextOne() {
    broken = true;
    pass(Duration.ofSeconds(72));
    assertThat(judged).isEmpty();
    broken = false;
    pass(Duration.ofSeconds(12));
    assertThat(judged).extracting(Diagnosis::slot).containsExactly(new Slot(2));
  }

  @Test
  void aWallClockThatIsSetIsTold() {
    pass(Duration.ofSeconds(12));
    assertThat(jumps).containsExactly(Duration.ZERO);
    wall = wall.plusMillis(700);
    watch.judge();
    assertThat(jumps).last().isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void theClockOfANodeComesWithItsVerdict() {
    pass(Duration.ofSeconds(12));
    watch.consensus("a", new SyncStatus(new Slot(1), 0, false, false, false));
    pass(Duration.ofSeconds(60));
    assertThat(judged.getFirst().pair().clock()).isPresent();
  }
}
