package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.AttestationRewards;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconRewards;
import io.auriga.clients.consensus.BlockReward;
import io.auriga.clients.consensus.RewardsAnswer;
import io.auriga.types.Epoch;
import io.auriga.types.GweiDelta;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import java.util.Collection;
import java.util.Map;

/** Rewards of a beacon node that count only once it was seen to be of the followed network. */
record VettedBeaconRewards(
    BeaconRewards rewards, BeaconNode node, NetworkCheck.Network network, Vetting vetting)
    implements BeaconRewards {
  private BeaconRewards vetted() {
    vetting.requireNetwork(node, network);
    return rewards;
  }

  @Override
  public String name() {
    return rewards.name();
  }

  @Override
  public RewardsAnswer<AttestationRewards> attestations(
      Epoch epoch, Collection<ValidatorIndex> validators) {
    return vetted().attestations(epoch, validators);
  }

  @Override
  public RewardsAnswer<Map<ValidatorIndex, GweiDelta>> syncCommittee(
      Root block, Collection<ValidatorIndex> validators) {
    return vetted().syncCommittee(block, validators);
  }

  @Override
  public RewardsAnswer<BlockReward> block(Root block) {
    return vetted().block(block);
  }
}
