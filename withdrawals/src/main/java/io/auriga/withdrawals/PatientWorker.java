package io.auriga.withdrawals;

import io.auriga.clients.NodeException;
import io.auriga.runtime.Background;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work step by step beside the follower and never in its way, on a thread of its own: a short
 * pause after each step, a longer one when nothing is left to do, and ever longer ones while steps
 * fail. What can wait for days is done only when there is nothing else, at a pace of its own.
 */
public final class PatientWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PatientWorker.class);

  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(2);

  /** Other work for the same nodes must not have to wait for us. */
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final String name;
  private final BooleanSupplier step;
  private final BooleanSupplier spare;
  private final Duration sparePause;
  private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
  private final Background background;

  /**
   * @param name of the work, as in {@code auriga-withdrawals-NAME}
   * @param step does some of it, and says whether there may be more at once; a {@link
   *     NodeException} says that a node has to be waited for
   * @param spare the same of what is done only when there is nothing else
   * @param sparePause after each such step; zero to leave that work undone
   */
  public PatientWorker(
      String name, BooleanSupplier step, BooleanSupplier spare, Duration sparePause) {
    this.name = name;
    this.step = step;
    this.spare = spare;
    this.sparePause = sparePause;
    this.background = new Background("auriga-withdrawals-" + name, this::run);
  }

  /** Begins to work. */
  public void start() {
    background.start();
  }

  /** Ends the pause of a worker that had nothing left to do. */
  public void wake() {
    boolean _ = wake.offer(true);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration wait;
        try {
          wait = work();
          pause = FIRST_PAUSE;
        } catch (NodeException unanswered) {
          LOG.atDebug()
              .addKeyValue("work", name)
              .addKeyValue("code", unanswered.code())
              .addKeyValue("problem", unanswered.getMessage())
              .log("Work on the ledger has to wait for a node");
          wait = pause;
          pause = longer(pause);
        } catch (RuntimeException failed) {
          LOG.atError()
              .addKeyValue("work", name)
              .setCause(failed)
              .log("Work on the ledger failed; it is tried again");
          wait = pause;
          pause = longer(pause);
        }
        if (wait.equals(IDLE) || wait.equals(sparePause)) {
          Boolean _ = wake.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          Thread.sleep(wait);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says how long to pause afterwards. */
  private Duration work() {
    if (step.getAsBoolean()) {
      return BETWEEN;
    }
    return sparePause.isPositive() && spare.getAsBoolean() ? sparePause : IDLE;
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
  }

  @Override
  public void close() {
    background.close();
  }
}
