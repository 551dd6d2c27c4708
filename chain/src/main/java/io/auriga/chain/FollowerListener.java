package io.auriga.chain;

import io.auriga.types.AurigaException;

/**
 * Hears of the follower's work, on the follower's thread: an implementation must be quick and must
 * not throw.
 */
public interface FollowerListener {
  /** An update is durably stored. */
  default void committed(ChainUpdate update) {}

  /** The state, the head or the problem changed. */
  default void stateChanged(FollowerSnapshot snapshot) {}

  /** A node's data was refused. */
  default void refused(AurigaException failure) {}

  /** A node named a head older than what it had named before. */
  default void headWentBack(BlockRef from, BlockRef to) {}
}
