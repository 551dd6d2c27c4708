package io.auriga.clients.consensus;

import io.auriga.clients.NodeException;
import io.auriga.types.Epoch;
import io.auriga.types.GweiDelta;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import java.util.Collection;
import java.util.Map;

/**
 * What validators earned, as one consensus client computes it. Every method asks the node, blocks
 * the (virtual) thread, and throws {@link NodeException} when there is no usable answer.
 */
public interface BeaconRewards {
  /** The most validators of one question: about a megabyte of answer. */
  int VALIDATORS_MAX = 4_096;

  /** What to call the node in messages and metrics; holds no secret. */
  String name();

  /**
   * What the attestations of an epoch brought.
   *
   * @param validators at least one, for none would mean all, and {@link #VALIDATORS_MAX} at most
   */
  RewardsAnswer<AttestationRewards> attestations(
      Epoch epoch, Collection<ValidatorIndex> validators);

  /**
   * What a block brought those of some validators that sit in its sync committee; all seats of one
   * together, and without what it brought its proposer.
   *
   * @param validators as of {@link #attestations}
   */
  RewardsAnswer<Map<ValidatorIndex, GweiDelta>> syncCommittee(
      Root block, Collection<ValidatorIndex> validators);

  /** What a block brought its proposer. */
  RewardsAnswer<BlockReward> block(Root block);
}
