package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BlockReward;
import io.auriga.clients.consensus.RewardsAnswer;
import io.auriga.validators.rewards.EpochOutline.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What blocks brought their watched proposers. Nobody knows what a block that is missing would have
 * brought: it is taken to be what the canonical block before it in the epoch did, or if there is
 * none, the one behind it.
 */
final class ProposalRewards {
  private final RewardSource source;
  private final EpochOutline outline;
  private final RewardColumns rows;
  private final RewardCheck check;
  private final Map<BlockRef, Optional<BlockReward>> asked = new HashMap<>();

  ProposalRewards(
      RewardSource source, EpochOutline outline, RewardColumns rows, RewardCheck check) {
    this.source = source;
    this.outline = outline;
    this.rows = rows;
    this.check = check;
  }

  void collect() {
    List<Turn> turns = outline.turns();
    boolean areKnown =
        turns.stream()
            .filter(turn -> turn.slot().value() > 0)
            .allMatch(turn -> turn.block().isEmpty() || turn.proposer().isPresent());
    if (!areKnown) {
      for (int row = 0; row < rows.count(); row++) {
        rows.forget(row, RewardColumns.PROPOSAL);
      }
      return;
    }
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.slot().value() > 0
          && turn.proposer().isPresent()
          && outline.isWatched(turn.proposer().getAsInt())) {
        int row = rows.rowOf(turn.proposer().getAsInt());
        if (row >= 0) {
          take(turn, i, row);
        }
      }
    }
  }

  private void take(Turn turn, int place, int row) {
    Optional<BlockReward> worth =
        turn.block().isPresent() ? ask(turn.block().get()) : neighbour(place).flatMap(this::ask);
    if (worth.isEmpty()) {
      rows.forget(row, RewardColumns.PROPOSAL);
      return;
    }
    if (rows.isUnknown(row, RewardColumns.PROPOSAL)) {
      return;
    }
    long gwei = RewardCollector.possible(worth.get().total());
    rows.add(row, RewardPart.PROPOSAL, turn.block().isPresent() ? gwei : 0, gwei);
    if (turn.block().isPresent()) {
      check.proposal(turn.proposer().getAsInt(), worth.get().proposer().value());
    }
  }

  private Optional<BlockRef> neighbour(int place) {
    List<Turn> turns = outline.turns();
    List<BlockRef> before =
        turns.subList(0, place).stream().flatMap(turn -> turn.block().stream()).toList();
    return before.isEmpty()
        ? turns.subList(place, turns.size()).stream()
            .flatMap(turn -> turn.block().stream())
            .findFirst()
        : Optional.of(before.getLast());
  }

  private Optional<BlockReward> ask(BlockRef block) {
    return asked.computeIfAbsent(
        block,
        wanted ->
            switch (source.rewards().block(wanted.root())) {
              case RewardsAnswer.Known<BlockReward> known -> Optional.of(known.data());
              case RewardsAnswer.Unavailable<BlockReward> _ -> Optional.empty();
            });
  }
}
