package io.auriga.validators.rewards;

import io.auriga.clients.consensus.AttestationRewards;
import io.auriga.clients.consensus.BeaconRewards;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.RewardsAnswer;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks one node what watched validators earned in one epoch: the validators themselves and the
 * attestations in batches, each block of the epoch if one of them sits in the sync committee, and
 * each block that one of them proposed. At last the node must still have the block that the epoch
 * is bound to; then all it said was of that branch.
 */
final class RewardCollector {
  private final ChainSpec spec;

  RewardCollector(ChainSpec spec) {
    this.spec = spec;
  }

  /** What came of asking. */
  sealed interface Outcome {
    /**
     * @param standings of all watched validators that exist, as of the end of the epoch behind
     */
    record Collected(EpochRewards rewards, Map<Integer, Validator> standings) implements Outcome {}

    /** The node does not serve it, or not any more, or not yet. */
    record Unavailable(String reason) implements Outcome {}
  }

  /**
   * @throws io.auriga.clients.NodeException if the node gave no usable answer
   * @throws AurigaException {@link RewardError#OTHER_BRANCH}, {@link RewardError#IMPOSSIBLE}
   */
  Outcome collect(RewardSource source, EpochOutline outline) {
    Slot end = new Slot(spec.startSlotOf(new Epoch(outline.epoch().value() + 2)).value() - 1);
    List<ValidatorId> ids =
        Arrays.stream(outline.validators())
            .mapToObj(index -> ValidatorId.of(new ValidatorIndex(index)))
            .toList();
    Optional<StateAnswer<List<Validator>>> answer =
        source.states().validators(StateId.of(end), ids);
    if (answer.isEmpty()) {
      return new Outcome.Unavailable(
          source.name() + " does not have the state of slot " + end + ", or not any more");
    }
    Map<Integer, Validator> standings = new HashMap<>();
    answer.get().data().forEach(one -> standings.put(Math.toIntExact(one.index().value()), one));
    int[] eligible =
        standings.values().stream()
            .filter(one -> isEligible(one, outline.epoch()))
            .mapToInt(one -> Math.toIntExact(one.index().value()))
            .sorted()
            .toArray();
    RewardColumns rows = new RewardColumns(eligible);
    RewardCheck check = new RewardCheck(outline, standings);
    Optional<String> refused = attestations(source, outline, standings, rows, check);
    if (refused.isPresent()) {
      return new Outcome.Unavailable(refused.get());
    }
    new SyncRewards(source, outline, rows, check).collect();
    new ProposalRewards(source, outline, rows, check).collect();
    requireSameBranch(source, outline);
    return new Outcome.Collected(
        new EpochRewards(outline.epoch(), outline.asOf(), false, rows, check.comparison()),
        standings);
  }

  /** Of the spec's {@code get_eligible_validator_indices}. */
  private static boolean isEligible(Validator one, Epoch epoch) {
    return one.life().isActive(epoch)
        || (one.slashed() && new Epoch(epoch.value() + 1).compareTo(one.life().withdrawable()) < 0);
  }

  /** The reason if they cannot be had. */
  private static Optional<String> attestations(
      RewardSource source,
      EpochOutline outline,
      Map<Integer, Validator> standings,
      RewardColumns rows,
      RewardCheck check) {
    for (int from = 0; from < rows.count(); from += BeaconRewards.VALIDATORS_MAX) {
      int to = Math.min(rows.count(), from + BeaconRewards.VALIDATORS_MAX);
      switch (source.rewards().attestations(outline.epoch(), indices(rows, from, to))) {
        case RewardsAnswer.Unavailable<AttestationRewards>(String reason) -> {
          return Optional.of(reason);
        }
        case RewardsAnswer.Known<AttestationRewards> known -> {
          for (int row = from; row < to; row++) {
            take(known.data(), standings, rows, row, check);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static void take(
      AttestationRewards rewards,
      Map<Integer, Validator> standings,
      RewardColumns rows,
      int row,
      RewardCheck check) {
    int validator = rows.validator(row);
    AttestationRewards.Parts earned = rewards.total().get(new ValidatorIndex(validator));
    Validator standing = standings.get(validator);
    AttestationRewards.Parts ideal =
        standing == null ? null : rewards.ideal().get(standing.effectiveBalance());
    if (earned == null || ideal == null) {
      rows.forget(row, RewardColumns.ATTESTATION);
      return;
    }
    rows.add(row, RewardPart.HEAD, possible(earned.head()), possible(ideal.head()));
    rows.add(row, RewardPart.TARGET, possible(earned.target()), possible(ideal.target()));
    rows.add(row, RewardPart.SOURCE, possible(earned.source()), possible(ideal.source()));
    rows.add(row, RewardPart.INACTIVITY, possible(earned.inactivity()), 0);
    check.attestation(validator, earned, ideal);
  }

  static List<ValidatorIndex> indices(RewardColumns rows, int from, int to) {
    List<ValidatorIndex> indices = new ArrayList<>(to - from);
    for (int row = from; row < to; row++) {
      indices.add(new ValidatorIndex(rows.validator(row)));
    }
    return indices;
  }

  static long possible(GweiDelta delta) {
    long gwei = delta.value();
    if (gwei < -RewardColumns.GWEI_MAX || gwei > RewardColumns.GWEI_MAX) {
      throw new AurigaException(
          RewardError.IMPOSSIBLE, "take the rewards of a node", gwei + " Gwei for one duty came");
    }
    return gwei;
  }

  static long possible(Gwei gwei) {
    return possible(new GweiDelta(gwei.value() < 0 ? Long.MAX_VALUE : gwei.value()));
  }

  private static void requireSameBranch(RewardSource source, EpochOutline outline) {
    boolean same =
        source
            .node()
            .header(BlockId.of(outline.asOf().slot()))
            .filter(header -> header.root().equals(outline.asOf().root()))
            .isPresent();
    if (!same) {
      throw new AurigaException(
          RewardError.OTHER_BRANCH,
          "take the rewards of epoch " + outline.epoch() + " from " + source.name(),
          "it does not have the block of " + outline.asOf() + " on its chain");
    }
  }
}
