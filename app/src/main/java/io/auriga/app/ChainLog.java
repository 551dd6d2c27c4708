package io.auriga.app;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.types.AurigaException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The follower's life as lines an operator reads: one per change, and ever fewer per repetition,
 * with how often it came.
 */
final class ChainLog implements FollowerListener {
  private final Logger log;
  private final Repetitions refusals = new Repetitions();

  /** What was told since the follower last followed. */
  private final Repetitions states = new Repetitions();

  private FollowerSnapshot.@Nullable State last;
  private Optional<String> lastProblem = Optional.empty();

  ChainLog() {
    this(LoggerFactory.getLogger("io.auriga.chain"));
  }

  ChainLog(Logger log) {
    this.log = log;
  }

  @Override
  public void committed(ChainUpdate update) {
    if (!update.undone().isEmpty()) {
      log.atWarn()
          .addKeyValue("undoneBlocks", update.undone().size())
          .addKeyValue("oldHead", update.undone().getFirst())
          .addKeyValue(
              "newHead", update.applied().isEmpty() ? "ancestor" : update.applied().getLast().ref())
          .log("Chain reorganised");
    }
    update
        .finality()
        .ifPresent(
            moved ->
                log.atInfo()
                    .addKeyValue("finalizedEpoch", moved.finalizedEpoch())
                    .addKeyValue("safeEpoch", moved.safeEpoch())
                    .log("Finality moved"));
  }

  @Override
  public void stateChanged(FollowerSnapshot snapshot) {
    Optional<String> problem = snapshot.problem().map(Problem::message);
    if (snapshot.state() == last && problem.equals(lastProblem)) {
      return;
    }
    last = snapshot.state();
    lastProblem = problem;
    if (snapshot.state() == FollowerSnapshot.State.FOLLOWING) {
      states.forget();
    }
    OptionalLong times = states.count(snapshot.state() + " " + problem.orElse(""));
    if (times.isEmpty()) {
      return;
    }
    if (snapshot.state() == FollowerSnapshot.State.STALLED && snapshot.problem().isPresent()) {
      Problem why = snapshot.problem().get();
      log.atError()
          .addKeyValue("code", why.code())
          .addKeyValue("problem", why.message())
          .addKeyValue("remedy", why.remedy())
          .addKeyValue("times", times.getAsLong())
          .log("Cannot follow the chain");
    } else {
      log.atInfo()
          .addKeyValue("state", snapshot.state())
          .addKeyValue("head", snapshot.head().map(BlockRef::toString).orElse("none"))
          .addKeyValue("lagSlots", snapshot.lagSlots())
          .log("Follower");
    }
  }

  @Override
  public void refused(AurigaException failure) {
    OptionalLong times = refusals.count(failure.code() + " " + failure.getMessage());
    if (times.isPresent()) {
      log.atError()
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .addKeyValue("times", times.getAsLong())
          .log("Refused a node's answer");
    }
  }

  @Override
  public void headWentBack(BlockRef from, BlockRef to) {
    log.atWarn()
        .addKeyValue("from", from)
        .addKeyValue("to", to)
        .log("The node's head went back; keeping ours");
  }
}
