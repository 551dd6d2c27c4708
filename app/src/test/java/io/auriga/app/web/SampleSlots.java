package io.auriga.app.web;

import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.slot.Chain;
import io.auriga.sync.slot.Classifier;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.PairView;
import io.auriga.sync.slot.SlotView;
import io.auriga.sync.slot.Thresholds;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Two hours of slots at two pairs: most in time, some missed, some late in each way. */
final class SampleSlots {
  static final Slot LATE = new Slot(9_000_550);

  private static final int SLOTS = 600;

  private SampleSlots() {}

  static void fill(SampleSurface surface) {
    Duration slot = surface.chain.clock().slotDuration();
    Instant begin = surface.chain.clock().now().minus(slot.multipliedBy(SLOTS + 1L));
    long first = LATE.value() - 550;
    SlotClock clock =
        new SlotClock(begin.minus(slot.multipliedBy(first)), slot, surface.chain.clock().time());
    Thresholds limits = Thresholds.of(SampleChain.SPEC);
    Classifier classifier = new Classifier(limits);
    for (long n = 0; n < SLOTS; n++) {
      SlotView view =
          new SlotView(
              new Slot(first + n),
              n % 41 == 7
                  ? new Chain.Missed()
                  : new Chain.Block(Root.ZERO, OptionalInt.of(n % 3 == 0 ? 0 : 5)),
              List.of(
                  pair(
                      "http://127.0.0.1:5052",
                      n,
                      n == 550 ? 2_900 : n < 500 && n % 90 == 12 ? 3_200 : 180),
                  pair("https://a-node-with-a-long-name.staking.example:5052", n, 200)),
              Duration.ZERO);
      surface.slots.write(
          classifier.diagnose(view).stream()
              .map(diagnosis -> SlotRecord.of(diagnosis, limits, clock))
              .toList(),
          Instant.EPOCH);
    }
  }

  private static PairView pair(String node, long n, long execution) {
    long gossip = 1_100 + n * 7_919 % 1_300;
    long answered = gossip + 45 + execution;
    return new PairView(
        node,
        Map.of(
            Mark.GOSSIP, Duration.ofMillis(gossip),
            Mark.NEW_PAYLOAD, Duration.ofMillis(gossip + 45),
            Mark.NEW_PAYLOAD_ANSWER, Duration.ofMillis(answered),
            Mark.DATA, Duration.ofMillis(gossip + 90),
            Mark.HEAD, Duration.ofNanos(answered * 1_000_000 + 38_123_456),
            Mark.PAYLOAD_ATTRIBUTES, Duration.ofMillis(answered + 60)),
        Optional.of(EngineAnswer.VALID),
        new Condition(Condition.Side.READY, false, false, Condition.Side.READY),
        Optional.of(new ClockBound(Duration.ofMillis(-12), Duration.ofMillis(31), 60)));
  }
}
