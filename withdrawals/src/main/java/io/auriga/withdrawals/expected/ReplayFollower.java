package io.auriga.withdrawals.expected;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays the withdrawals of each block that the follower commits, on a thread of its own and
 * behind a bounded queue: the follower never waits for it. Blocks that are only caught up with are
 * passed over, because nodes mostly do not have their states any more.
 */
public final class ReplayFollower implements FollowerListener, AutoCloseable {
  /** A reorg or a short outage, no more: what is further behind is better left out. */
  private static final int QUEUE_MAX = 64;

  /** A node keeps the states of about two epochs at hand. */
  private static final int EPOCHS_AT_HAND = 2;

  private static final long CLOSE_SECONDS_MAX = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ReplayFollower.class);

  private final BlockReplay replay;
  private final ReplayRecords records;
  private final ReplayMetrics metrics;
  private final SlotClock clock;
  private final long slotsAtHand;
  private final BlockingQueue<ChainBlock> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param timePerBlock how long answers about one block may take in all
   */
  public ReplayFollower(
      ChainSpec spec,
      BeaconStates nodes,
      Duration timePerBlock,
      ReplayRecords records,
      ReplayMetrics metrics,
      SlotClock clock) {
    this.replay = new BlockReplay(spec, nodes, timePerBlock);
    this.records = records;
    this.metrics = metrics;
    this.clock = clock;
    this.slotsAtHand = EPOCHS_AT_HAND * spec.slotsPerEpoch();
    this.thread = Thread.ofVirtual().name("auriga-withdrawals-replay").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void committed(ChainUpdate update) {
    for (ChainBlock block : update.applied()) {
      if (!queue.offer(block)) {
        metrics.count(new NotProvable(Reason.TIME, "too many blocks at once"));
      }
    }
  }

  private void run() {
    try {
      while (true) {
        take(queue.take());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void take(ChainBlock block) {
    try {
      if (isOld(block.ref().slot())) {
        replay.pass(block.view(), block.root());
        return;
      }
      ReplayVerdict verdict = replay.replay(block.view(), block.root());
      metrics.count(verdict);
      tell(block, verdict);
      records.save(new ReplayRecord(block.ref().slot(), block.root(), verdict, clock.now()));
    } catch (AurigaException failed) {
      if (Thread.currentThread().isInterrupted()) {
        // Closing interrupts whatever is under way; that is no failure.
        return;
      }
      LOG.atWarn()
          .addKeyValue("slot", block.ref().slot())
          .addKeyValue("code", failed.code())
          .addKeyValue("problem", failed.getMessage())
          .log("Withdrawals were not replayed");
    } catch (RuntimeException defect) {
      // The next block may go well, and the follower must not hear of it in any case.
      LOG.atError()
          .addKeyValue("slot", block.ref().slot())
          .setCause(defect)
          .log("Replaying withdrawals failed");
    }
  }

  private boolean isOld(Slot slot) {
    return clock.currentSlot().isAfter(slot.plus(slotsAtHand));
  }

  private static void tell(ChainBlock block, ReplayVerdict verdict) {
    if (verdict instanceof Differs(ListDifference difference)) {
      LOG.atError()
          .addKeyValue("code", WithdrawalError.LIST_DIFFERS.code())
          .addKeyValue("slot", block.ref().slot())
          .addKeyValue("block", block.root())
          .addKeyValue("difference", difference.summary())
          .log("A block's withdrawals are not those that the rules give");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!ended.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("Replaying withdrawals still runs after {} s", CLOSE_SECONDS_MAX);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
