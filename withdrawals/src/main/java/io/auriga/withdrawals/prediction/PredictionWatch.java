package io.auriga.withdrawals.prediction;

import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.Background;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Predicts for those who are watched, now and then, and compares every prediction with what came,
 * on a thread of its own: the follower only wakes it. What it does is in the store, so that a
 * restart at any moment loses no outcome.
 */
public final class PredictionWatch implements FollowerListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionWatch.class);

  /** What is looked at to say how good the predictions are. */
  private static final int LATEST = 2_000;

  private final Predictor predictor;
  private final Watched watched;
  private final PredictionMetrics metrics;
  private final Supplier<Long> nanoTime;
  private final Semaphore wakes = new Semaphore(0);
  private volatile @Nullable PredictionBook book;
  private volatile PredictionQuality quality = new PredictionQuality(0, Map.of());
  private final Background background = new Background("auriga-predictions", this::run);
  private boolean taught;
  private long publishedAt;
  private boolean published;

  /**
   * Who is watched.
   *
   * @param validators asked each time, as others may be watched meanwhile; of more than {@link
   *     Predictor#VALIDATORS_MAX} only the first are predicted
   * @param interval between two predictions for the same validator
   */
  public record Watched(Supplier<List<ValidatorId>> validators, Duration interval) {
    /** Nobody: only who is asked for is predicted. */
    public static final Watched NOBODY = new Watched(List::of, Duration.ofHours(1));
  }

  public PredictionWatch(Predictor predictor, Watched watched, PredictionMetrics metrics) {
    this(predictor, watched, metrics, System::nanoTime);
  }

  PredictionWatch(
      Predictor predictor, Watched watched, PredictionMetrics metrics, Supplier<Long> nanoTime) {
    this.predictor = predictor;
    this.watched = watched;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  public void start() {
    background.start();
  }

  @Override
  public void committed(ChainUpdate update) {
    if (!update.applied().isEmpty() || !update.undone().isEmpty()) {
      wakes.release();
    }
  }

  /**
   * What is to come, written down to be scored, once an epoch for each validator.
   *
   * @throws AurigaException as {@link Predictor#outlooks}
   */
  public Predictor.Answer predict(
      Collection<ValidatorId> validators, Collection<Address> addresses) {
    return predictor.publish(book(), validators, addresses);
  }

  /**
   * What leaving would come to; a what-if, of which nothing is written down.
   *
   * @throws AurigaException as {@link Predictor#exits}
   */
  public Predictor.ExitAnswer exits(
      Collection<ValidatorId> validators, Collection<Address> addresses) {
    return predictor.exits(validators, addresses);
  }

  /** How good the latest predictions were. */
  public PredictionQuality quality() {
    return quality;
  }

  private void run() {
    try {
      while (true) {
        boolean _ = wakes.tryAcquire(watched.interval().toMillis(), TimeUnit.MILLISECONDS);
        wakes.drainPermits();
        round();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at the chain. What fails is tried again at the next. */
  public void round() {
    try {
      settle();
      boolean due = !published || nanoTime.get() - publishedAt >= watched.interval().toNanos();
      List<ValidatorId> validators = due ? watched.validators().get() : List.of();
      if (!validators.isEmpty()) {
        published = true;
        publishedAt = nanoTime.get();
        int some = Math.min(validators.size(), Predictor.VALIDATORS_MAX);
        var _ = predict(validators.subList(0, some), List.of());
        judge(book());
      }
    } catch (AurigaException failure) {
      LOG.atWarn()
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("No predictions for now");
    }
  }

  private void settle() {
    PredictionBook current = book();
    PredictionBook.Changes changes = current.settle();
    metrics.scored(changes.scored());
    if (!taught || changes.takenBack() > 0) {
      // What a reorg took back must not teach: everything is learned again from what is left.
      predictor.learn();
      taught = true;
      judge(current);
    } else if (!changes.scored().isEmpty()) {
      changes.scored().forEach(predictor.track()::scored);
      judge(current);
    }
  }

  private void judge(PredictionBook current) {
    quality = PredictionQuality.of(current.outcomes(LATEST), current.open());
    metrics.quality(quality);
  }

  private PredictionBook book() {
    PredictionBook present = book;
    if (present == null) {
      present = predictor.book();
      book = present;
    }
    return present;
  }

  @Override
  public void close() {
    background.close();
  }
}
