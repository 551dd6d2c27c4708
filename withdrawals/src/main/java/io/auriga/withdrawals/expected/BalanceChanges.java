package io.auriga.withdrawals.expected;

import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ValidatorIndex;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a block did to balances of validators beside paying them, as far as that can be computed:
 * the rewards and penalties of seats in the sync committee, on networks of up to 1,024 validators,
 * where the committee is everybody or nearly so.
 */
public final class BalanceChanges {
  private static final Duration TIME = Duration.ofSeconds(10);

  private final ChainSpec spec;
  private final BeaconStates nodes;

  public BalanceChanges(ChainSpec spec, BeaconStates nodes) {
    this.spec = spec;
    this.nodes = nodes;
  }

  /**
   * The change of each of these validators' balances, in Gwei. Left out is of whom it is not known:
   * the proposer, whoever is named in an operation, and all where the state is not served.
   *
   * @throws NodeException if no node answers
   */
  public Map<ValidatorIndex, Long> of(
      SignedBlockView block, Collection<ValidatorIndex> validators) {
    StateQuestions after = new StateQuestions(nodes, StateId.of(block.stateRoot()), TIME);
    Map<ValidatorIndex, Long> changes = new HashMap<>();
    try {
      int count = after.count(1);
      if (count > BlockEffects.ALL_MAX) {
        return changes;
      }
      BlockEffects effects = BlockEffects.of(spec, block, after, count);
      Collection<Validator> told =
          after.validators(validators.stream().map(one -> (int) one.value()).toList()).values();
      for (Validator validator : told) {
        change(effects, validator, changes);
      }
    } catch (NotProvableException unknown) {
      // What is known by now is.
    }
    return changes;
  }

  private static void change(
      BlockEffects effects, Validator after, Map<ValidatorIndex, Long> changes) {
    try {
      changes.put(after.index(), after.balance().value() - effects.balanceBefore(after, 0));
    } catch (NotProvableException unknown) {
      // The others' may be known.
    }
  }
}
