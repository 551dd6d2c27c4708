package io.auriga.validators.slashing;

import io.auriga.runtime.Background;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoredTime;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.StopAction.Stop;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops validators of our own that are in danger: each action once a validator, whatever happens in
 * between. The intent is durable before the call and the outcome after it; a call that a crash left
 * without outcome is made again, with the same id, because a stop that was never made would be
 * worse than one made twice. Unless armed, nothing is called and only the intent is told.
 */
public final class LocalStop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStop.class);
  private static final int ATTEMPTS_MAX = 5;
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private final Store store;
  private final List<StopAction> actions;
  private final boolean armed;
  private final SlashingMetrics metrics;
  private final InstantSource time;
  private final Semaphore work = new Semaphore(1);
  private final Background background = new Background("auriga-validators-stop", this::run);
  private volatile boolean closed;

  /** A call to make. */
  private record Open(StopAction action, Stop stop, long attempts) {}

  /**
   * @param armed whether the actions are called, and not only told
   */
  public LocalStop(
      Store store,
      List<StopAction> actions,
      boolean armed,
      SlashingMetrics metrics,
      InstantSource time) {
    this.store = store;
    this.actions = List.copyOf(actions);
    this.armed = armed;
    this.metrics = metrics;
    this.time = time;
  }

  /** Begins to make calls, first those that an earlier process left without outcome. */
  public void start() {
    background.start();
  }

  /** Decides to stop a validator; durable when it returns. Further reasons change nothing. */
  public void stop(ValidatorIndex validator, String reason) {
    for (StopAction action : actions) {
      boolean isNew = intend(validator, action, reason);
      if (isNew && armed) {
        LOG.atError()
            .addKeyValue("validator", validator)
            .addKeyValue("action", action.name())
            .addKeyValue("reason", reason)
            .log("Stopping a validator");
      } else if (isNew) {
        metrics.stopped(action.name(), "dry_run");
        LOG.atError()
            .addKeyValue("validator", validator)
            .addKeyValue("would", action.description())
            .addKeyValue("reason", reason)
            .log("Not stopping a validator, because slashing.stop.armed is false");
      }
    }
    work.release();
  }

  private boolean intend(ValidatorIndex validator, StopAction action, String reason) {
    long now = StoredTime.micros(time.instant());
    return store.inTransaction(
        transaction ->
            transaction.update(
                    """
                    INSERT INTO slashing_stop (validator_index, action, dry_run, reason,
                      intended_at, attempts, ended_at, outcome)
                    VALUES (?, ?, ?, ?, ?, 0, ?, ?)
                    ON CONFLICT (validator_index, action, dry_run) DO NOTHING
                    """,
                    validator.value(),
                    action.name(),
                    armed ? 0 : 1,
                    reason,
                    now,
                    armed ? null : now,
                    armed ? null : "dry run: would " + action.description())
                == 1);
  }

  private void run() {
    while (!closed) {
      try {
        workOnce();
        boolean _ = work.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException failure) {
        LOG.error("Local stop failed and is tried again", failure);
        work.drainPermits();
      }
    }
  }

  /** Tries each call that has no outcome yet. */
  void workOnce() throws InterruptedException {
    if (!armed) {
      return;
    }
    for (Open open : open()) {
      attempt(open);
    }
  }

  private List<Open> open() {
    return store.read(
        read ->
            read
                .query(
                    """
                    SELECT validator_index, action, reason, intended_at, attempts
                    FROM slashing_stop WHERE ended_at IS NULL ORDER BY intended_at LIMIT 1000
                    """,
                    this::open)
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** Empty for an action that is not configured any more. */
  private Optional<Open> open(Row row) {
    ValidatorIndex validator = new ValidatorIndex(row.number("validator_index"));
    String name = row.text("action");
    Stop stop =
        new Stop(validator + "-" + row.number("intended_at"), validator, row.text("reason"));
    long attempts = row.number("attempts");
    return actions.stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .map(action -> new Open(action, stop, attempts));
  }

  private void attempt(Open open) throws InterruptedException {
    update(open, "attempts = attempts + 1, ended_at = ?, outcome = ?", null, null);
    try {
      String outcome = open.action().stop(open.stop());
      end(open, "done", outcome);
    } catch (IOException | RuntimeException failure) {
      String problem = Hex.printable(String.valueOf(failure.getMessage()));
      if (open.attempts() + 1 < ATTEMPTS_MAX) {
        LOG.atWarn()
            .addKeyValue("validator", open.stop().validator())
            .addKeyValue("action", open.action().name())
            .addKeyValue("problem", problem)
            .log("Stopping a validator failed and is tried again");
      } else {
        end(open, "failed", problem);
      }
    }
  }

  private void end(Open open, String how, String outcome) {
    update(
        open, "ended_at = ?, outcome = ?", StoredTime.micros(time.instant()), how + ": " + outcome);
    metrics.stopped(open.action().name(), how);
    LOG.atError()
        .addKeyValue("validator", open.stop().validator())
        .addKeyValue("action", open.action().name())
        .addKeyValue("outcome", outcome)
        .log(how.equals("done") ? "A validator was stopped" : "A validator could not be stopped");
  }

  private void update(Open open, String change, @Nullable Long ended, @Nullable String outcome) {
    int _ =
        store.inTransaction(
            transaction ->
                transaction.update(
                    "UPDATE slashing_stop SET "
                        + change
                        + " WHERE validator_index = ? AND action = ? AND dry_run = 0",
                    ended,
                    outcome,
                    open.stop().validator().value(),
                    open.action().name()));
  }

  @Override
  public void close() {
    closed = true;
    background.close();
  }
}
