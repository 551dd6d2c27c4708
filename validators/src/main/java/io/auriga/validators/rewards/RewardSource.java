package io.auriga.validators.rewards;

import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconRewards;
import io.auriga.clients.consensus.BeaconStates;

/**
 * One consensus client, as far as rewards need it: the answers of an epoch belong together only if
 * one node gave all of them.
 */
public record RewardSource(
    BeaconNode node, BeaconRewards rewards, BeaconStates states, BeaconDuties duties) {
  /** What to call the node in messages. */
  public String name() {
    return node.name();
  }
}
