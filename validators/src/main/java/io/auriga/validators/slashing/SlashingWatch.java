package io.auriga.validators.slashing;

import io.auriga.runtime.store.Store;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is seen of votes and blocks, and finds the offences among them on a thread of its own:
 * whatever waits is bounded, and what finds no room is counted and never slows down the follower.
 */
public final class SlashingWatch implements SightingSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlashingWatch.class);

  /** Two slots of single votes of a million validators. */
  private static final int WAITING_MAX = 1 << 16;

  /** Their voters: 16 MB, which is four epochs of a million validators. */
  private static final int VOTERS_MAX = 1 << 22;

  /** Of what everybody else does, this much is logged and kept; the rest is counted. */
  private static final int OTHERS_MAX = 10_000;

  private static final Duration STATE_AGE = Duration.ofSeconds(5);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final ChainSpec spec;
  private final SlotClock clock;
  private final VoteHistory votes;
  private final Proposals proposals = new Proposals();
  private final IntPredicate watched;
  private final boolean everybody;
  private final Books books;
  private final SlashingMetrics metrics;
  private final OwnValidators own;
  private final BlockingQueue<Sighting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicInteger voters = new AtomicInteger();
  private @Nullable Thread thread;
  private volatile WatchState state;
  private volatile boolean closed;
  private int ofOthers;

  /** Where what is found, and the blocks of ours, are kept. */
  public record Books(OffenceBook offences, ProposalBook proposals) {
    public static Books of(Store store) {
      return new Books(new OffenceBook(store), new ProposalBook(store));
    }
  }

  /**
   * @param watched whether a validator is one of ours; asked for each vote
   * @param everybody whether the votes of all others are remembered too
   * @param own told of ours, on the watch's thread
   */
  public SlashingWatch(
      ChainSpec spec,
      SlotClock clock,
      VoteHistory votes,
      IntPredicate watched,
      boolean everybody,
      Books books,
      SlashingMetrics metrics,
      OwnValidators own) {
    this.spec = spec;
    this.clock = clock;
    this.votes = votes;
    this.watched = watched;
    this.everybody = everybody;
    this.books = books;
    this.metrics = metrics;
    this.own = own;
    this.state = WatchState.of(votes, clock.now());
    books
        .proposals()
        .forEach(
            block -> {
              var _ = proposals.see(block);
            });
  }

  public void start() {
    thread = Thread.ofVirtual().name("auriga-validators-slashing").start(this::run);
  }

  @Override
  public boolean see(Sighting sighting) {
    int weight = weight(sighting);
    boolean taken = voters.addAndGet(weight) <= VOTERS_MAX && waiting.offer(sighting);
    if (!taken) {
      voters.addAndGet(-weight);
      metrics.dropped();
    }
    return taken;
  }

  private static int weight(Sighting sighting) {
    return sighting instanceof Sighting.Voted vote ? vote.voters().length : 1;
  }

  @Override
  public void unread(int aggregates) {
    metrics.unread(aggregates);
  }

  private void run() {
    while (!closed) {
      try {
        Sighting sighting = waiting.poll(1, TimeUnit.SECONDS);
        own.look();
        tellState();
        if (sighting != null) {
          voters.addAndGet(-weight(sighting));
          take(sighting);
        }
      } catch (InterruptedException stopped) {
        break;
      } catch (RuntimeException failure) {
        // The store may be away for a moment; what follows must still be watched.
        metrics.failed();
        LOG.error("Slashing watch failed for a sighting", failure);
      }
    }
    votes.keepAll();
  }

  /** Now and then: to add up what a window of epochs takes is work. */
  private void tellState() {
    Instant now = clock.now();
    if (!now.isBefore(state.at().plus(STATE_AGE))) {
      state = WatchState.of(votes, now);
    }
  }

  /** How it stood some seconds ago. */
  public WatchState state() {
    return state;
  }

  /** Looks at all that waits, in the caller's thread. */
  void takeAll() {
    for (Sighting sighting = waiting.poll(); sighting != null; sighting = waiting.poll()) {
      voters.addAndGet(-weight(sighting));
      take(sighting);
    }
  }

  /** Looks at one thing that was seen. */
  void take(Sighting sighting) {
    votes.advanceTo(spec.epochOf(clock.currentSlot()));
    switch (sighting) {
      case Sighting.Voted(var data, var voters, var where) -> {
        int[] kept = everybody ? voters : Arrays.stream(voters).filter(watched).toArray();
        votes.observe(data, kept, kept.length, this::found, voter -> voted(voter, data, where));
      }
      case Sighting.Proposed block -> {
        boolean ours = isWatched(block.proposer());
        if (everybody || ours) {
          proposals.see(block).ifPresent(this::found);
        }
        if (ours) {
          books.proposals().keep(block);
          own.proposed(block);
        }
      }
      case Sighting.Accused(var offenders, var forVotes, var slot) ->
          offenders.stream()
              .filter(offender -> everybody || isWatched(offender))
              .forEach(offender -> found(new Offence.Accused(offender, forVotes, slot)));
    }
    metrics.seen(votes);
  }

  private void voted(int voter, AttestationData data, String where) {
    if (watched.test(voter)) {
      own.voted(new ValidatorIndex(voter), data, where);
    }
  }

  private boolean isWatched(ValidatorIndex validator) {
    return validator.value() >>> (Integer.SIZE - 1) == 0 && watched.test((int) validator.value());
  }

  private void found(Offence offence) {
    boolean ours = isWatched(offence.validator());
    metrics.found(offence, ours);
    if (!ours && ofOthers == OTHERS_MAX) {
      return;
    }
    if (!books.offences().add(offence, ours, clock.now())) {
      return;
    }
    if (ours) {
      LOG.atError()
          .addKeyValue("validator", offence.validator())
          .addKeyValue("kind", offence.kind())
          .addKeyValue("what", offence.summary())
          .log("Slashable offence of a watched validator");
      own.offended(offence);
    } else {
      ofOthers++;
      LOG.atWarn()
          .addKeyValue("validator", offence.validator())
          .addKeyValue("kind", offence.kind())
          .addKeyValue("what", offence.summary())
          .log("Slashable offence of another validator");
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      try {
        boolean _ = running.join(CLOSE_PATIENCE);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
