package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconRewards;
import io.auriga.clients.consensus.RewardsAnswer;
import io.auriga.types.GweiDelta;
import io.auriga.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the blocks of one epoch brought the watched seats of the sync committee. A seat earns as
 * much with its signature as it loses without, and the same in each block of an epoch: the most
 * that one block brought or cost a validator is what each would bring if all its seats signed.
 */
final class SyncRewards {
  private final RewardSource source;
  private final EpochOutline outline;
  private final RewardColumns rows;
  private final RewardCheck check;

  SyncRewards(RewardSource source, EpochOutline outline, RewardColumns rows, RewardCheck check) {
    this.source = source;
    this.outline = outline;
    this.rows = rows;
    this.check = check;
  }

  void collect() {
    List<BlockRef> blocks = outline.blocks();
    if (blocks.isEmpty()) {
      return;
    }
    Optional<Set<ValidatorIndex>> members = members(blocks.getFirst());
    if (members.isEmpty()) {
      for (int row = 0; row < rows.count(); row++) {
        rows.forget(row, RewardColumns.SYNC);
      }
      return;
    }
    if (members.get().isEmpty()) {
      return;
    }
    Map<ValidatorIndex, Sum> sums = new HashMap<>();
    members.get().forEach(member -> sums.put(member, new Sum()));
    for (BlockRef block : blocks) {
      Optional<Map<ValidatorIndex, GweiDelta>> rewards = ask(block, members.get());
      sums.forEach(
          (member, sum) -> sum.add(rewards.flatMap(all -> Optional.ofNullable(all.get(member)))));
      if (rewards.isEmpty()) {
        break;
      }
    }
    sums.forEach((member, sum) -> put(Math.toIntExact(member.value()), sum, blocks.size()));
  }

  private void put(int validator, Sum sum, int blocks) {
    int row = rows.rowOf(validator);
    if (row < 0) {
      // It has left, and only its seat is left: what that brings is not its duties' worth of a row.
      return;
    }
    if (!sum.isKnown) {
      rows.forget(row, RewardColumns.SYNC);
      return;
    }
    rows.add(row, RewardPart.SYNC, sum.earned, blocks * sum.most);
    check.sync(validator, sum.earned, sum.most);
  }

  /** Who has seats; empty if nobody says. */
  private Optional<Set<ValidatorIndex>> members(BlockRef first) {
    Set<ValidatorIndex> members = new HashSet<>();
    if (outline.seats().isPresent()) {
      outline.seats().get().keySet().forEach(one -> members.add(new ValidatorIndex(one)));
      return Optional.of(members);
    }
    for (int from = 0; from < rows.count(); from += BeaconRewards.VALIDATORS_MAX) {
      int to = Math.min(rows.count(), from + BeaconRewards.VALIDATORS_MAX);
      Optional<Map<ValidatorIndex, GweiDelta>> some =
          ask(first, RewardCollector.indices(rows, from, to));
      if (some.isEmpty()) {
        return Optional.empty();
      }
      members.addAll(some.get().keySet());
    }
    return Optional.of(members);
  }

  private Optional<Map<ValidatorIndex, GweiDelta>> ask(
      BlockRef block, Collection<ValidatorIndex> members) {
    return switch (source.rewards().syncCommittee(block.root(), new ArrayList<>(members))) {
      case RewardsAnswer.Known<Map<ValidatorIndex, GweiDelta>> known -> Optional.of(known.data());
      case RewardsAnswer.Unavailable<Map<ValidatorIndex, GweiDelta>> _ -> Optional.empty();
    };
  }

  /** Of one validator. */
  private static final class Sum {
    private long earned;
    private long most;
    private boolean isKnown = true;

    void add(Optional<GweiDelta> reward) {
      if (reward.isEmpty()) {
        isKnown = false;
        return;
      }
      long gwei = RewardCollector.possible(reward.get());
      earned += gwei;
      most = Math.max(most, Math.abs(gwei));
    }
  }
}
