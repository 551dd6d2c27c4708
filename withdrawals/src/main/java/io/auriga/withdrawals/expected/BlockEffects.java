package io.auriga.withdrawals.expected;

import io.auriga.clients.consensus.Validator;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.Deposit;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalRequest;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a block did to validators beside paying them, as far as it matters for which withdrawals it
 * had to carry: {@code process_block} of Capella to Fulu, behind {@code process_withdrawals}.
 *
 * <p>Most validators it does not touch at all. Members of the sync committee gain or lose a reward
 * that is the same for each seat. Of the proposer, whose reward depends on the votes that are new
 * in the block, and of whoever is slashed, leaves, deposits or changes credentials nothing is said.
 */
final class BlockEffects {
  /**
   * A state with no more validators is asked for all of them, to know what a seat in the sync
   * committee earns. With more it is seldom that somebody who is paid is one of its members.
   */
  static final int ALL_MAX = 1_024;

  private final ValidatorIndex proposer;
  private final Set<ValidatorIndex> touched = new HashSet<>();
  private final Set<BlsPublicKey> touchedKeys = new HashSet<>();
  private final Map<ValidatorIndex, Integer> seats = new HashMap<>();
  private final Map<ValidatorIndex, Integer> votes = new HashMap<>();
  private final OptionalLong reward;

  /**
   * @param committee who sits in the sync committee, seat by seat
   * @param reward of a seat in Gwei, if it is known
   */
  BlockEffects(SignedBlockView block, List<ValidatorIndex> committee, OptionalLong reward) {
    this.reward = reward;
    SszView body = block.body();
    proposer = block.proposerIndex();
    each(body.field("proposer_slashings"))
        .map(one -> one.field("signed_header_1").field("message"))
        .forEach(header -> touch(header, "proposer_index"));
    each(body.field("attester_slashings")).forEach(this::touchSlashed);
    each(body.field("voluntary_exits"))
        .forEach(exit -> touch(exit.field("message"), "validator_index"));
    each(body.field("bls_to_execution_changes"))
        .forEach(change -> touch(change.field("message"), "validator_index"));
    for (Deposit deposit : block.bridgedDeposits()) {
      touchedKeys.add(deposit.validator());
    }
    for (WithdrawalRequest request : block.withdrawalRequests()) {
      touchedKeys.add(request.validator());
    }
    for (ConsolidationRequest request : block.consolidationRequests()) {
      touchedKeys.add(request.from());
      touchedKeys.add(request.into());
    }
    byte[] bits = body.field("sync_aggregate").field("sync_committee_bits").toBytes();
    if (committee.size() > bits.length * Byte.SIZE) {
      throw new NotProvableException(
          Reason.STATE, "the beacon node names a sync committee of " + committee.size());
    }
    for (int seat = 0; seat < committee.size(); seat++) {
      boolean voted = ((bits[seat / Byte.SIZE] >> (seat % Byte.SIZE)) & 1) == 1;
      int _ = seats.merge(committee.get(seat), 1, Integer::sum);
      int _ = votes.merge(committee.get(seat), voted ? 1 : -1, Integer::sum);
    }
  }

  /**
   * As the state that the block left tells the rest.
   *
   * @param count of the state's validators
   * @throws NotProvableException if it does not tell
   */
  static BlockEffects of(ChainSpec spec, SignedBlockView block, StateQuestions after, int count) {
    OptionalLong reward =
        count <= ALL_MAX
            ? OptionalLong.of(
                SyncReward.of(
                    spec,
                    after.validators(IntStream.range(0, count).boxed().toList()).values(),
                    spec.epochOf(block.slot())))
            : OptionalLong.empty();
    return new BlockEffects(block, after.syncCommittee(), reward);
  }

  private static Stream<SszView> each(SszView list) {
    return IntStream.range(0, list.count()).mapToObj(list::element);
  }

  private void touch(SszView container, String field) {
    touched.add(new ValidatorIndex(container.uint64(field)));
  }

  /** Those of both votes are slashed; of the others nothing is lost by saying nothing. */
  private void touchSlashed(SszView slashing) {
    SszView indices = slashing.field("attestation_1").field("attesting_indices");
    for (int i = 0; i < indices.count(); i++) {
      touched.add(new ValidatorIndex(indices.uint64At(i)));
    }
  }

  /**
   * Whether credentials and epochs of the validator are what they were before the block.
   *
   * @throws NotProvableException if that cannot be known
   */
  void requireUntouched(Validator after) {
    if (touched.contains(after.index()) || touchedKeys.contains(after.publicKey())) {
      throw unknown(after.index(), "what the block did to it beside is not known");
    }
  }

  /**
   * The balance that the validator had when the block began to pay.
   *
   * @param after what the state that the block left says of it
   * @param paid what the block paid for it
   * @throws NotProvableException if that cannot be known
   */
  long balanceBefore(Validator after, long paid) {
    requireUntouched(after);
    ValidatorIndex index = after.index();
    if (index.equals(proposer)) {
      throw unknown(index, "it proposed the block, and what for it was rewarded is not known");
    }
    int held = seats.getOrDefault(index, 0);
    if (held == 0) {
      return after.balance().value() + paid;
    }
    if (reward.isEmpty()) {
      throw unknown(index, "it sits in the sync committee, whose reward is not known");
    }
    long left = after.balance().value() - votes.getOrDefault(index, 0) * reward.getAsLong();
    // One that is left with nothing may have lost less than a seat's reward, since nobody owes.
    if (left <= held * reward.getAsLong()) {
      throw unknown(index, "its balance may have been too small to lose the reward of a seat");
    }
    return left + paid;
  }

  private static NotProvableException unknown(ValidatorIndex index, String why) {
    return new NotProvableException(Reason.EPOCH, "validator " + index + ": " + why);
  }
}
