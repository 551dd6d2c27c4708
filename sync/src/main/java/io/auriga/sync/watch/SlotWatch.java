package io.auriga.sync.watch;

import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.runtime.Background;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.clock.SteadyClock;
import io.auriga.sync.relay.RelayObserver;
import io.auriga.sync.relay.RelayedCall;
import io.auriga.sync.slot.Classifier;
import io.auriga.sync.slot.Diagnosis;
import io.auriga.sync.slot.SlotView;
import io.auriga.sync.slot.Thresholds;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches every slot: takes what nodes announce, what looks at them find, what the relay passes and
 * how the chain goes on, and gives each slot its verdict on a thread of its own. Whoever tells it
 * something waits for no more than a note in memory.
 */
public final class SlotWatch implements FollowerListener, RelayObserver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** From a slot's begin until it is judged; most are sooner. */
  private static final int SLOTS_UNTIL_JUDGED = 5;

  private final SteadyClock time;
  private final SlotBook book;
  private final Classifier classifier;
  private final Supplier<Map<String, ClockBound>> clocks;
  private final Consumer<List<Diagnosis>> judged;
  private final Consumer<Duration> jumped;
  private final Background background =
      Background.repeating("auriga-sync-watch", PAUSE, this::judge);
  private final Duration settled;
  private Duration largestJump = Duration.ZERO;
  private Instant jumpedUntil = Instant.MIN;

  /**
   * Who is watched.
   *
   * @param nodes the consensus clients, in order
   * @param relayed the one that calls through our relay, if it is known
   */
  public record Pairs(List<String> nodes, Optional<String> relayed) {
    public Pairs {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * @param clocks how far the nodes' clocks are from ours, as far as that is known
   * @param judged told of each slot's verdicts, one for each pair
   * @param jumped told how far the wall clock has moved against the steady one, each time it is
   *     read
   */
  public SlotWatch(
      SlotClock clock,
      SteadyClock time,
      Pairs pairs,
      Thresholds limits,
      Supplier<Map<String, ClockBound>> clocks,
      Consumer<List<Diagnosis>> judged,
      Consumer<Duration> jumped) {
    this.time = time;
    this.book =
        new SlotBook(
            clock, pairs.nodes(), pairs.relayed(), limits.syncDistance(), clock.slotAt(time.now()));
    this.classifier = new Classifier(limits);
    this.clocks = clocks;
    this.judged = judged;
    this.jumped = jumped;
    this.settled = clock.slotDuration().multipliedBy(SLOTS_UNTIL_JUDGED);
  }

  public void start() {
    background.start();
  }

  /** A node announced something, just now. */
  public void announced(String node, BeaconEvent event) {
    book.announced(node, event, time.now());
  }

  /** A look at a consensus client found this. */
  public void consensus(String node, SyncStatus status) {
    book.looked(node, time.now(), looks -> looks.consensus(status));
  }

  /** A consensus client did not answer. */
  public void consensusFailed(String node) {
    book.looked(node, time.now(), Looks::consensusFailed);
  }

  /**
   * A look at an execution client found this.
   *
   * @param node the consensus client that it belongs to
   */
  public void execution(String node, boolean syncing) {
    book.looked(node, time.now(), looks -> looks.execution(syncing));
  }

  /** An execution client did not answer. */
  public void executionFailed(String node) {
    book.looked(node, time.now(), Looks::executionFailed);
  }

  @Override
  public void relayed(RelayedCall call) {
    book.relayed(call);
  }

  @Override
  public void committed(ChainUpdate update) {
    if (!update.applied().isEmpty() || !update.undone().isEmpty()) {
      book.chain(update, time.now());
    }
  }

  /** Judges what can be judged. Used by one thread. */
  void judge() {
    Duration jump = time.adjust();
    Instant now = time.now();
    jumped.accept(jump);
    // Marks from before and after a jump have no zero in common.
    if (now.isAfter(jumpedUntil) || jump.abs().compareTo(largestJump) > 0) {
      largestJump = jump.abs();
      jumpedUntil = now.plus(settled);
    }
    Duration uncertainty = time.uncertainty().plus(largestJump);
    for (SlotView slot : book.due(now, clocks.get(), uncertainty)) {
      try {
        judged.accept(classifier.diagnose(slot));
      } catch (RuntimeException failed) {
        // The next slot may fare better, and nothing depends on this one.
        LOG.atWarn()
            .addKeyValue("slot", slot.slot())
            .setCause(failed)
            .log("The verdict on a slot was not kept");
      }
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
