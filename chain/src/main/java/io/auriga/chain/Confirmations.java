package io.auriga.chain;

import io.auriga.clients.NodeException;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the execution node again about blocks it did not have when they were committed: in each
 * round the newest, which it is about to have, and a share of the older ones that moves on from
 * round to round and begins anew below the newest. So blocks that are never confirmed keep no other
 * waiting.
 */
final class Confirmations {
  static final int NEWEST_PER_ROUND = 32;
  static final int OLDER_PER_ROUND = 32;

  /** A node that gave so many bad answers in a row would give a share's worth of them. */
  private static final int FAILURES_MAX = 3;

  private static final Slot ABOVE_ALL = new Slot(Long.MAX_VALUE);
  private static final Duration RETRY = Duration.ofMillis(200);

  /** Twice as long after each round that confirmed nothing, up to the poll interval. */
  private static final int RETRY_DOUBLINGS_MAX = 10;

  private final BlockSource source;
  private final ChainStore store;
  private final BlockReader reader;
  private final FollowerState state;
  private Slot olderBelow = ABOVE_ALL;
  private boolean unconfirmed;
  private int fruitless;

  Confirmations(BlockSource source, ChainStore store, BlockReader reader, FollowerState state) {
    this.source = source;
    this.store = store;
    this.reader = reader;
    this.state = state;
  }

  /** New blocks are worth asking about at once. */
  void headMoved() {
    fruitless = 0;
  }

  /** How long until there is something to ask; at most {@code longest}. */
  Duration untilNext(Duration longest) {
    if (!unconfirmed) {
      return longest;
    }
    // An execution node that is far behind, or keeps no old blocks, is not asked without end.
    Duration wait = RETRY.multipliedBy(1L << Math.min(fruitless, RETRY_DOUBLINGS_MAX));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  /**
   * One round. What is confirmed is kept whatever else fails.
   *
   * @return why questions stayed open: the first mismatch, or else the first failure
   */
  Optional<AurigaException> ask() {
    Round round = new Round();
    List<UnmatchedBlock> newest = store.unmatched(ABOVE_ALL, NEWEST_PER_ROUND);
    Slot below = round.ask(newest);
    if (newest.size() < NEWEST_PER_ROUND && round.asked == newest.size()) {
      olderBelow = ABOVE_ALL;
    } else {
      Slot from = olderBelow.isBefore(below) ? olderBelow : below;
      List<UnmatchedBlock> older = store.unmatched(from, OLDER_PER_ROUND);
      olderBelow = older.isEmpty() ? ABOVE_ALL : round.ask(older);
    }
    unconfirmed = round.matched.size() < round.asked;
    fruitless = round.matched.isEmpty() ? fruitless + 1 : 0;
    if (!round.matched.isEmpty()) {
      reader.commit(ChainUpdate.ofMatches(state.now(), round.matched));
    }
    return round.mismatch != null
        ? Optional.of(round.mismatch)
        : Optional.ofNullable(round.unanswered);
  }

  /** The answers of one round. */
  private final class Round {
    private final List<ExecutionMatch> matched = new ArrayList<>();
    private int asked;
    private @Nullable ChainException mismatch;
    private @Nullable NodeException unanswered;

    /** Says down to which slot it came. */
    Slot ask(List<UnmatchedBlock> blocks) {
      Slot last = ABOVE_ALL;
      int failures = 0;
      for (UnmatchedBlock block : blocks) {
        asked++;
        last = block.block().slot();
        try {
          Optional<Instant> at = source.confirm(block.blockHash(), block.withdrawals());
          at.ifPresent(instant -> matched.add(new ExecutionMatch(block.block().root(), instant)));
        } catch (ChainException wrong) {
          mismatch = mismatch == null ? wrong : mismatch;
        } catch (NodeException failure) {
          unanswered = unanswered == null ? failure : unanswered;
          if (++failures == FAILURES_MAX) {
            break;
          }
        }
      }
      return last;
    }
  }
}
