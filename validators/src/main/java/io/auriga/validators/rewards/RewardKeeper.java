package io.auriga.validators.rewards;

import io.auriga.chain.Problem;
import io.auriga.clients.Failover;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.Validator;
import io.auriga.runtime.Background;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.watched.Watched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, on a thread of its own, what the watched validators earned in each epoch that was counted,
 * and keeps it. It asks as soon as an epoch is closed, because most nodes drop the state that it
 * takes once that is final; again whenever a reorg made it another epoch; and when it is final it
 * looks whether the chain is still the one that was asked about. Epochs that were missed, by a
 * restart or because no node answered, are asked for later, the newest first, as far back as
 * {@value #CATCH_UP_MAX} epochs and as a node still knows them.
 */
public final class RewardKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RewardKeeper.class);

  /** Half a day of mainnet. */
  static final int CATCH_UP_MAX = 112;

  /** Four questions an epoch, and a few megabytes while they are read. */
  public static final int VALIDATORS_MAX = 1 << 14;

  /** A month; networks with short epochs look back less far. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final int KEPT_MAX = 8_192;

  /** Outlines that may wait: hours of them. What does not fit is caught up with later. */
  private static final int WAITING_MAX = 64;

  /** Epochs that become final at once, after a long time without finality: the rest comes next. */
  private static final int SETTLED_AT_ONCE = 256;

  private final RewardStore store;
  private final Failover<RewardSource> nodes;
  private final InstantSource time;
  private final Duration epochLength;
  private final RewardMetrics metrics;
  private final RewardCollector collector;
  private final OutlineReader outlines;
  private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Background background = new Background("auriga-rewards", this::run);
  private volatile Status status;

  // Of the thread alone: epochs before it were asked for in vain.
  private long floor;

  private record Task(EpochOutline outline, Watched watched) {}

  /**
   * What is known now.
   *
   * @param newest the newest epoch that was taken since the start
   * @param standings the watched validators at the end of the epoch behind it
   * @param problem why no newer one is
   */
  public record Status(
      Optional<Epoch> newest, Map<Integer, Validator> standings, Optional<Problem> problem) {
    public static final Status NOTHING = new Status(Optional.empty(), Map.of(), Optional.empty());
  }

  public RewardKeeper(
      ChainSpec spec,
      Failover<RewardSource> nodes,
      RewardStore store,
      RewardMetrics metrics,
      InstantSource time) {
    this.store = store;
    this.nodes = nodes;
    this.time = time;
    this.metrics = metrics;
    this.epochLength = spec.epochDuration();
    this.collector = new RewardCollector(spec);
    this.outlines = new OutlineReader(spec);
    this.status = Status.NOTHING;
  }

  public void start() {
    background.start();
  }

  /** Takes an epoch that was counted. Never waits. */
  public void take(EpochDuties duties, Watched watched) {
    int[] validators = watched.indicesOf(Watched.ALL);
    if (validators.length > 0) {
      int[] first = Arrays.copyOf(validators, Math.min(validators.length, VALIDATORS_MAX));
      boolean _ = waiting.offer(new Task(EpochOutline.of(duties, first), watched));
    }
  }

  public Status status() {
    return status;
  }

  private void run() {
    try {
      while (true) {
        handle(waiting.take());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what was handed over and waits. */
  void handleWaiting() {
    for (Task task = waiting.poll(); task != null; task = waiting.poll()) {
      handle(task);
    }
  }

  private void handle(Task task) {
    try {
      if (task.outline().isFinal()) {
        settle(task.outline().epoch());
      } else {
        ask(task.outline(), task.watched());
        catchUp(task.outline().epoch(), task.outline().validators());
      }
    } catch (AurigaException unknown) {
      problem(unknown);
    } catch (RuntimeException failed) {
      LOG.atError().setCause(failed).log("Rewards of an epoch could not be taken");
    }
  }

  private void ask(EpochOutline outline, Watched watched) {
    Epoch epoch = outline.epoch();
    boolean isOther =
        store.find(epoch).filter(kept -> !kept.asOf().equals(outline.asOf())).isPresent();
    if (isOther) {
      // What it was is wrong, whether or not anybody says what it is.
      store.forget(epoch);
    }
    String[] reason = {""};
    Optional<RewardCollector.Outcome.Collected> collected =
        nodes.find(
            "read the rewards of epoch " + epoch,
            source ->
                switch (collector.collect(source, outline)) {
                  case RewardCollector.Outcome.Collected found -> Optional.of(found);
                  case RewardCollector.Outcome.Unavailable(String why) -> {
                    reason[0] = why;
                    yield Optional.empty();
                  }
                });
    if (collected.isEmpty()) {
      throw new AurigaException(
          RewardError.UNAVAILABLE, "read the rewards of epoch " + epoch, reason[0]);
    }
    keep(collected.get().rewards());
    metrics.taken(collected.get().rewards(), watched, time.instant());
    if (status.problem().isPresent()) {
      LOG.atInfo().addKeyValue("epoch", epoch.toString()).log("Rewards are known again");
    }
    status = new Status(Optional.of(epoch), collected.get().standings(), Optional.empty());
  }

  private void keep(EpochRewards rewards) {
    EpochRewards.Comparison comparison = rewards.comparison();
    metrics.compared(comparison);
    comparison
        .difference()
        .ifPresent(
            difference ->
                LOG.atWarn()
                    .addKeyValue("code", RewardError.DIFFER.code())
                    .addKeyValue("epoch", rewards.epoch().toString())
                    .addKeyValue("parts", comparison.different())
                    .addKeyValue("first", difference)
                    .log("A node's rewards say what its blocks do not"));
    long newest = Math.max(rewards.epoch().value(), store.newest().map(Epoch::value).orElse(0L));
    long kept = Math.clamp(KEPT.dividedBy(epochLength), 1, KEPT_MAX);
    store.write(
        rewards,
        new Epoch(Math.max(0, newest - kept + 1)),
        new RewardStore.Clock(epochLength, time.instant()));
  }

  private void catchUp(Epoch newest, int[] validators) {
    try {
      fill(newest, validators);
    } catch (AurigaException later) {
      LOG.atDebug()
          .addKeyValue("code", later.code())
          .addKeyValue("problem", later.getMessage())
          .log("Rewards of older epochs are asked for again with the next epoch");
    }
  }

  /** Asks for epochs that are missing between those that are kept. */
  private void fill(Epoch newest, int[] validators) {
    Optional<Epoch> oldest = store.oldest();
    if (oldest.isEmpty()) {
      return;
    }
    long first = Math.max(oldest.get().value(), Math.max(floor, newest.value() - CATCH_UP_MAX));
    Set<Long> kept = new HashSet<>(store.keptSince(new Epoch(Math.max(0, first))));
    for (long number = newest.value() - 1; number >= first; number--) {
      if (!kept.contains(number) && !isFilled(new Epoch(number), validators)) {
        floor = number + 1;
        return;
      }
    }
  }

  private boolean isFilled(Epoch epoch, int[] validators) {
    Optional<EpochRewards> found =
        nodes.find(
            "read the rewards of epoch " + epoch,
            source ->
                outlines
                    .read(source, epoch, validators)
                    .map(outline -> collector.collect(source, outline))
                    .filter(RewardCollector.Outcome.Collected.class::isInstance)
                    .map(RewardCollector.Outcome.Collected.class::cast)
                    .map(RewardCollector.Outcome.Collected::rewards));
    found.ifPresent(this::keep);
    return found.isPresent();
  }

  /** What is final cannot become another one; what a restart may have missed is looked at. */
  private void settle(Epoch epoch) {
    for (RewardStore.Open open : store.open(epoch, SETTLED_AT_ONCE)) {
      boolean same =
          nodes.ask(
              "read the header of " + open.asOf(),
              source ->
                  source
                      .node()
                      .header(BlockId.of(open.asOf().slot()))
                      .filter(header -> header.root().equals(open.asOf().root()))
                      .isPresent());
      if (same) {
        store.settle(open.epoch());
      } else {
        store.forget(open.epoch());
      }
    }
  }

  /** Says once what is wrong, until it is something else. */
  private void problem(AurigaException failure) {
    Instant now = time.instant();
    metrics.unanswered(failure.code());
    Optional<Problem> before = status.problem().filter(was -> was.code().equals(failure.code()));
    Problem problem =
        new Problem(
            failure.code(),
            String.valueOf(failure.getMessage()),
            failure.remedy(),
            before.map(Problem::since).orElse(now));
    status = new Status(status.newest(), status.standings(), Optional.of(problem));
    if (before.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .addKeyValue("remedy", failure.remedy())
          .log("Rewards are unknown for now");
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
