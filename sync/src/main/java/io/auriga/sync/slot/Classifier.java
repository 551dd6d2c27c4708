package io.auriga.sync.slot;

import io.auriga.sync.slot.Verdict.ExecutionOffline.Reason;
import io.auriga.sync.slot.Verdict.Unknown.Gap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives a slot its verdict: a pure function of what was seen.
 *
 * <p>What failed outright comes first, since nothing else counts then. A head that came late is put
 * to one of the stages on its way. A stage of the pair is to blame where it exceeds its limit by
 * more than all others can have done together; the block's arrival, where even a pair within its
 * limits would have been late after it. Time that nobody divided counts for each of its stages as
 * what speaks against blaming another. Hence what is not seen makes no accusation: every one that
 * is made would also be made by whoever saw more.
 */
public final class Classifier {
  private final Thresholds limits;

  public Classifier(Thresholds limits) {
    this.limits = limits;
  }

  /** One for each pair, in their order. */
  public List<Diagnosis> diagnose(SlotView slot) {
    return slot.pairs().stream().map(pair -> diagnose(slot, pair)).toList();
  }

  private Diagnosis diagnose(SlotView slot, PairView pair) {
    List<Segment> segments =
        slot.chain() instanceof Chain.Missed
            ? List.of()
            : Segment.of(pair.marks(), slot.mayHaveBlobs());
    Verdict verdict =
        failed(slot, pair)
            .or(() -> without(slot.chain()))
            .or(() -> drift(pair))
            .orElseGet(() -> timed(slot, pair, segments));
    return new Diagnosis(slot.slot(), slot.chain(), pair, verdict, segments);
  }

  private static Optional<Verdict> failed(SlotView slot, PairView pair) {
    Condition condition = pair.condition();
    if (condition.consensus() == Condition.Side.OFFLINE) {
      return Optional.of(new Verdict.ConsensusOffline());
    }
    Optional<EngineAnswer> answer = pair.answer();
    Optional<Reason> offline = answer.flatMap(Classifier::reason);
    if (offline.isPresent()) {
      return Optional.of(new Verdict.ExecutionOffline(offline.get()));
    }
    if (condition.executionOffline()) {
      return Optional.of(new Verdict.ExecutionOffline(Reason.SAID_BY_CONSENSUS));
    }
    if (answer.equals(Optional.of(EngineAnswer.INVALID)) && slot.chain() instanceof Chain.Block) {
      return Optional.of(new Verdict.ExecutionRefuses());
    }
    if (answer.equals(Optional.of(EngineAnswer.SYNCING))
        || condition.optimistic()
        || condition.execution() == Condition.Side.SYNCING) {
      return Optional.of(new Verdict.ExecutionSyncing());
    }
    return condition.consensus() == Condition.Side.SYNCING
        ? Optional.of(new Verdict.ConsensusSyncing())
        : Optional.empty();
  }

  private static Optional<Reason> reason(EngineAnswer answer) {
    return switch (answer) {
      case UNREACHABLE -> Optional.of(Reason.UNREACHABLE);
      case TIMEOUT -> Optional.of(Reason.TIMEOUT);
      case BROKEN -> Optional.of(Reason.BROKEN);
      case WRONG_TOKEN -> Optional.of(Reason.WRONG_TOKEN);
      case VALID, INVALID, SYNCING, OTHER -> Optional.empty();
    };
  }

  private static Optional<Verdict> without(Chain chain) {
    return switch (chain) {
      case Chain.Missed() -> Optional.of(new Verdict.MissedSlot());
      case Chain.Replaced(var depth) -> Optional.of(new Verdict.Reorg(depth));
      case Chain.Unknown() -> Optional.of(new Verdict.Unknown(Gap.CHAIN));
      case Chain.Block _ -> Optional.empty();
    };
  }

  private Optional<Verdict> drift(PairView pair) {
    return pair.clock()
        .filter(bound -> bound.certainlyExceeds(limits.clock()))
        .map(bound -> new Verdict.ClockDrift(bound.least(), bound.most()));
  }

  private Verdict timed(SlotView slot, PairView pair, List<Segment> segments) {
    if (segments.isEmpty()) {
      return new Verdict.Unknown(Gap.HEAD);
    }
    Duration spare = limits.deadline().minus(Segment.whole(segments));
    if (!spare.isNegative()) {
      return new Verdict.OnTime(spare);
    }
    return spare.negated().compareTo(slot.uncertainty()) <= 0
        ? new Verdict.Unknown(Gap.BORDERLINE)
        : late(slot, pair, segments);
  }

  private Verdict late(SlotView slot, PairView pair, List<Segment> segments) {
    Optional<Segment> culprit =
        segments.stream()
            .filter(one -> one.stage().isPresent())
            .filter(one -> outweighs(most(one), one, segments, this::most))
            .findAny();
    if (culprit.isPresent()) {
      return slow(culprit.get().stage().orElseThrow(), culprit.get().took());
    }
    Segment first = segments.getFirst();
    if (!isArrival(first)) {
      return new Verdict.Unknown(Gap.ARRIVAL);
    }
    if (!exceedsArrival(first)) {
      Duration allowed = limits.deadline().minus(limits.of(Stage.ARRIVAL));
      return new Verdict.SlowPair(Segment.whole(segments).minus(first.took()), allowed);
    }
    // Seen in more detail, one of the pair's stages might outweigh the arrival.
    return segments.stream().anyMatch(one -> outweighs(most(one), one, segments, this::least))
        ? new Verdict.Unknown(Gap.BOTH)
        : arrivedLate(slot, pair, first.took());
  }

  private Verdict slow(Stage stage, Duration took) {
    return switch (stage) {
      case DISPATCH -> new Verdict.SlowDispatch(took, limits.dispatch());
      case EXECUTION -> new Verdict.SlowExecution(took, limits.execution());
      case DATA -> new Verdict.DataWait(took);
      case IMPORT -> new Verdict.SlowImport(took, limits.imported());
      case ARRIVAL -> throw new IllegalStateException("an arrival outweighs nothing");
    };
  }

  /** Whether an excess of the pair's own is more than all others together. */
  private static boolean outweighs(
      Duration excess, Segment one, List<Segment> all, Function<Segment, Duration> ofOther) {
    if (one.stages().contains(Stage.ARRIVAL)) {
      return false;
    }
    Duration others =
        all.stream()
            .filter(other -> !other.equals(one))
            .map(ofOther)
            .reduce(Duration.ZERO, Duration::plus);
    return excess.compareTo(others) > 0;
  }

  /** The most by which the stages in a segment can have exceeded their limits. */
  private Duration most(Segment segment) {
    return excess(segment, limits.shortest(segment.stages()));
  }

  /** The least by which they have. */
  private Duration least(Segment segment) {
    return excess(segment, limits.sum(segment.stages()));
  }

  /** An arrival weighs as nothing or as all of it: what follows it has no time left. */
  private Duration excess(Segment segment, Duration limit) {
    if (segment.stages().contains(Stage.ARRIVAL)) {
      return isArrival(segment) && !exceedsArrival(segment) ? Duration.ZERO : segment.took();
    }
    Duration excess = segment.took().minus(limit);
    return excess.isNegative() ? Duration.ZERO : excess;
  }

  private static boolean isArrival(Segment segment) {
    return segment.stage().equals(Optional.of(Stage.ARRIVAL));
  }

  private boolean exceedsArrival(Segment arrival) {
    return arrival.took().compareTo(limits.of(Stage.ARRIVAL)) > 0;
  }

  /** Only all nodes together can tell the proposer from the network. */
  private Verdict arrivedLate(SlotView slot, PairView here, Duration arrival) {
    Duration first = arrival;
    String where = here.node();
    for (PairView pair : slot.pairs()) {
      Optional<Duration> mark = pair.mark(Mark.GOSSIP);
      if (mark.isPresent() && mark.get().compareTo(first) < 0) {
        first = mark.get();
        where = pair.node();
      }
    }
    boolean everywhere =
        slot.pairs().stream().allMatch(pair -> pair.mark(Mark.GOSSIP).isPresent())
            && arrival.minus(first).compareTo(limits.clock()) <= 0;
    if (first.compareTo(limits.of(Stage.ARRIVAL)) <= 0) {
      return new Verdict.LateGossip(arrival, where, first);
    }
    return everywhere && slot.pairs().size() > 1
        ? new Verdict.LateProposer(first, slot.pairs().size())
        : new Verdict.LateBlock(arrival);
  }
}
