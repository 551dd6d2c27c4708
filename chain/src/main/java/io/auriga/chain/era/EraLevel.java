package io.auriga.chain.era;

/** How far the content of an era file is proven. */
public enum EraLevel {
  /**
   * Each block's root is computed and must be the one in the state's {@code block_roots}: no bit of
   * a block can differ from what the state vouches for.
   */
  ROOTS,

  /**
   * As the follower verifies: besides, the payload's header must hash to the block hash, with the
   * Merkle-Patricia roots of transactions and withdrawals computed.
   */
  FULL
}
