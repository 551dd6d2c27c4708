package io.auriga.validators.watched;

import io.auriga.chain.Problem;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.runtime.Background;
import io.auriga.types.AurigaException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Watched} true to the list, on a thread of its own: reads the list again when it has
 * changed and rests, and asks a node whom it stands for. A list that is wrong changes nothing: the
 * last good one stays, and the problem is told until the list is right.
 */
public final class WatchKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchKeeper.class);

  /** A file system may come back without anything that is seen to change. */
  private static final Duration REREAD = Duration.ofMinutes(1);

  private static final Duration NODE_RETRY = Duration.ofSeconds(30);
  private static final Duration WHILE_PENDING = Duration.ofMinutes(5);
  private static final Duration REFRESH = Duration.ofHours(1);

  private final WatchSource source;
  private final WatchResolver resolver;
  private final BeaconStates states;
  private final InstantSource time;
  private @Nullable WatchMetrics metrics;
  private final Background background;
  private volatile Status status;

  // Of the thread alone.
  private String readPrint;
  private String seenPrint;
  private Instant rereadAt;
  private Instant askAt;

  /**
   * What is watched now, and what is wrong.
   *
   * @param refusal why the list as it is now is not used
   * @param unanswered why no node could be asked lately
   */
  public record Status(
      WatchList list,
      Watched watched,
      Instant readAt,
      Optional<Instant> resolvedAt,
      Optional<Problem> refusal,
      Optional<Problem> unanswered) {}

  /**
   * Reads the list and what the store knows of it; asks no node yet.
   *
   * @param poll how often it is looked whether the list has changed
   * @throws AurigaException if the list is wrong: nothing runs yet that it could stop
   */
  public WatchKeeper(
      WatchSource source,
      WatchResolver resolver,
      BeaconStates states,
      InstantSource time,
      Duration poll) {
    this.source = source;
    this.resolver = resolver;
    this.states = states;
    this.time = time;
    this.background = Background.repeating("auriga-watch", poll, this::round);
    this.readPrint = source.fingerprint();
    this.seenPrint = readPrint;
    WatchList list = source.read();
    Instant now = time.instant();
    this.rereadAt = now;
    this.askAt = now;
    this.status =
        new Status(
            list,
            resolver.restore(list),
            now,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** Begins to look after the list. */
  public void start(WatchMetrics toTell) {
    metrics = toTell;
    toTell.taken(status.readAt());
    background.start();
  }

  /** Who is watched now: one consistent look. */
  public Watched watched() {
    return status.watched();
  }

  public Status status() {
    return status;
  }

  /** One look at the list and, if it is time, at the chain. */
  void round() {
    Instant now = time.instant();
    try {
      reload(now);
      if (!now.isBefore(askAt) && !status.list().isEmpty()) {
        resolve(now);
      }
    } catch (RuntimeException failed) {
      // The store, for instance: watching goes on, and this is tried again.
      LOG.atError().setCause(failed).log("The list of watched validators was not looked at");
    }
  }

  private void reload(Instant now) {
    String print = source.fingerprint();
    boolean rests = print.equals(seenPrint);
    seenPrint = print;
    boolean again = status.refusal().isPresent() && !now.isBefore(rereadAt);
    if (!rests || (print.equals(readPrint) && !again)) {
      if (status.refusal().isEmpty()) {
        tell(told -> told.looked(now));
      }
      return;
    }
    readPrint = print;
    rereadAt = now.plus(REREAD);
    Status before = status;
    try {
      WatchList list = source.read();
      if (list.equals(before.list()) && before.refusal().isEmpty()) {
        return;
      }
      Watched watched = resolver.restore(list);
      status =
          new Status(
              list, watched, now, before.resolvedAt(), Optional.empty(), before.unanswered());
      askAt = now;
      tell(told -> told.taken(now));
      LOG.atInfo()
          .addKeyValue("named", list.toString())
          .addKeyValue("known", watched.validators().size())
          .addKeyValue("pending", watched.pending().count())
          .log("The list of watched validators was read anew");
    } catch (AurigaException wrong) {
      Problem problem = problem(wrong, before.refusal(), now);
      status =
          new Status(
              before.list(),
              before.watched(),
              before.readAt(),
              before.resolvedAt(),
              Optional.of(problem),
              before.unanswered());
      tell(WatchMetrics::refused);
      if (problem.since().equals(now)) {
        LOG.atWarn()
            .addKeyValue("code", wrong.code())
            .addKeyValue("problem", wrong.getMessage())
            .log("The list of watched validators is wrong; the one before stays in use");
      }
    }
  }

  private void resolve(Instant now) {
    Status before = status;
    try {
      Watched watched = resolver.resolve(before.list(), states, now, _ -> {});
      status =
          new Status(
              before.list(),
              watched,
              before.readAt(),
              Optional.of(now),
              before.refusal(),
              Optional.empty());
      askAt = now.plus(watched.pending().count() > 0 ? WHILE_PENDING : REFRESH);
      tell(told -> told.resolved(now));
      report(before.watched().findings(), watched.findings());
    } catch (NodeException unanswered) {
      askAt = now.plus(NODE_RETRY);
      status =
          new Status(
              before.list(),
              before.watched(),
              before.readAt(),
              before.resolvedAt(),
              before.refusal(),
              Optional.of(problem(unanswered, before.unanswered(), now)));
      LOG.atDebug()
          .addKeyValue("code", unanswered.code())
          .addKeyValue("problem", unanswered.getMessage())
          .log("No node says who is watched");
    }
  }

  private static void report(List<Watched.Finding> before, List<Watched.Finding> findings) {
    findings.stream()
        .filter(finding -> !before.contains(finding))
        .limit(10)
        .forEach(
            finding ->
                LOG.atWarn()
                    .addKeyValue("code", finding.error().code())
                    .addKeyValue("problem", finding.problem())
                    .log("Something is wrong with a watched validator"));
  }

  /** The same problem keeps the time at which it began. */
  private static Problem problem(AurigaException failure, Optional<Problem> before, Instant now) {
    String message = String.valueOf(failure.getMessage());
    Instant since =
        before.filter(was -> was.message().equals(message)).map(Problem::since).orElse(now);
    return new Problem(failure.code(), message, failure.remedy(), since);
  }

  private void tell(java.util.function.Consumer<WatchMetrics> news) {
    WatchMetrics told = metrics;
    if (told != null) {
      news.accept(told);
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
