package io.auriga.clients.consensus;

import io.auriga.clients.NodeException;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;

/**
 * What consensus clients say of duties to come, which no block tells. Every method asks the node,
 * blocks the (virtual) thread, and throws {@link NodeException} when there is no usable answer. An
 * answer is empty where the node does not know, or does not serve the route. Nothing is verified.
 */
public interface BeaconDuties {
  /** What to call the node in messages and metrics; holds no secret. */
  String name();

  /** Whose turn it is to propose in a slot. */
  record ProposerDuty(Slot slot, ValidatorIndex validator) {}

  /** Whose turns an epoch's slots are, in no order. */
  Optional<List<ProposerDuty>> proposers(Epoch epoch);

  /** The validators that wait to be active or have begun to leave, as of the head. */
  Optional<List<Validator>> changing();
}
