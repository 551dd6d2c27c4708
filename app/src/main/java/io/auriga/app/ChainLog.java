package io.auriga.app;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.types.AurigaException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The follower's life as lines an operator reads: one per change, none per repetition. */
final class ChainLog implements FollowerListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.auriga.chain");

  private FollowerSnapshot.@Nullable State last;
  private Optional<String> lastProblem = Optional.empty();

  @Override
  public void committed(ChainUpdate update) {
    if (!update.undone().isEmpty()) {
      LOG.atWarn()
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
                LOG.atInfo()
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
    if (snapshot.state() == FollowerSnapshot.State.STALLED && snapshot.problem().isPresent()) {
      Problem why = snapshot.problem().get();
      LOG.atError()
          .addKeyValue("code", why.code())
          .addKeyValue("problem", why.message())
          .addKeyValue("remedy", why.remedy())
          .log("Cannot follow the chain");
    } else {
      LOG.atInfo()
          .addKeyValue("state", snapshot.state())
          .addKeyValue("head", snapshot.head().map(BlockRef::toString).orElse("none"))
          .addKeyValue("lagSlots", snapshot.lagSlots())
          .log("Follower");
    }
  }

  @Override
  public void refused(AurigaException failure) {
    LOG.atError()
        .addKeyValue("code", failure.code())
        .addKeyValue("problem", failure.getMessage())
        .log("Refused a node's answer");
  }

  @Override
  public void headWentBack(BlockRef from, BlockRef to) {
    LOG.atWarn()
        .addKeyValue("from", from)
        .addKeyValue("to", to)
        .log("The node's head went back; keeping ours");
  }
}
