package io.auriga.sync.slot;

import io.auriga.sync.clock.ClockBound;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What was seen of a slot, for tests: times in milliseconds. */
final class Seen {
  static final Thresholds MAINNET = Thresholds.of(ChainSpec.builtIn("mainnet"));
  static final Chain BLOCK = new Chain.Block(Root.ZERO, OptionalInt.of(0));

  private final Map<Mark, Duration> marks = new EnumMap<>(Mark.class);
  private final List<PairView> others = new ArrayList<>();
  private Chain chain = BLOCK;
  private Optional<EngineAnswer> answer = Optional.empty();
  private Condition condition = Condition.UNKNOWN;
  private Optional<ClockBound> clock = Optional.empty();
  private Duration uncertainty = Duration.ZERO;

  /** The usual marks: gossip, payload handed over, answered, head. */
  static Seen times(double gossip, double payload, double answered, double head) {
    return new Seen()
        .at(Mark.GOSSIP, gossip)
        .at(Mark.NEW_PAYLOAD, payload)
        .at(Mark.NEW_PAYLOAD_ANSWER, answered)
        .at(Mark.HEAD, head)
        .answered(EngineAnswer.VALID);
  }

  static Seen marks(Map<Mark, Duration> marks) {
    Seen seen = new Seen();
    seen.marks.putAll(marks);
    return seen;
  }

  Seen at(Mark mark, double millis) {
    marks.put(mark, millis(millis));
    return this;
  }

  Seen without(Mark mark) {
    marks.remove(mark);
    return this;
  }

  Seen on(Chain other) {
    chain = other;
    return this;
  }

  Seen answered(EngineAnswer how) {
    answer = Optional.of(how);
    return this;
  }

  Seen condition(Condition other) {
    condition = other;
    return this;
  }

  Seen clock(double least, double most) {
    clock = Optional.of(new ClockBound(millis(least), millis(most), 1));
    return this;
  }

  Seen uncertain(double millis) {
    uncertainty = millis(millis);
    return this;
  }

  Seen another(String node, Map<Mark, Duration> its) {
    others.add(new PairView(node, its, Optional.empty(), Condition.UNKNOWN, Optional.empty()));
    return this;
  }

  Seen anotherGossip(String node, double millis) {
    return another(node, Map.of(Mark.GOSSIP, millis(millis)));
  }

  SlotView view() {
    List<PairView> pairs = new ArrayList<>();
    pairs.add(new PairView("here", marks, answer, condition, clock));
    pairs.addAll(others);
    return new SlotView(new Slot(7), chain, pairs, uncertainty);
  }

  Diagnosis diagnosis() {
    return new Classifier(MAINNET).diagnose(view()).getFirst();
  }

  Verdict verdict() {
    return diagnosis().verdict();
  }

  static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }
}
