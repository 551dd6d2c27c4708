package io.auriga.app.web;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import java.util.Optional;

/** Asks the nodes for the index of a validator, which blocks do not tell. */
@FunctionalInterface
public interface ValidatorLookup {
  /**
   * @throws io.auriga.clients.NodeException if no node can be asked
   */
  Optional<ValidatorIndex> indexOf(BlsPublicKey key);
}
