package io.auriga.crypto.verify;

import io.auriga.types.BlockHash;
import io.auriga.types.Root;

/** Whether a beacon block proves what it says. */
public sealed interface BlockVerdict {
  /**
   * Everything agrees; these are the computed values.
   *
   * @param withdrawalsRoot the Merkle-Patricia root, as in the execution header
   * @param withdrawalsSszRoot the SSZ root of the same list
   */
  record Verified(
      Root blockRoot,
      Root bodyRoot,
      BlockHash blockHash,
      Root withdrawalsRoot,
      Root withdrawalsSszRoot)
      implements BlockVerdict {}

  /**
   * The first thing that does not agree.
   *
   * @param part what: {@code "block root"}
   */
  record Mismatch(String part, String claimed, String computed) implements BlockVerdict {
    /** A sentence for a person. */
    public String summary() {
      return "the " + part + " is said to be " + claimed + " and computes to " + computed;
    }
  }
}
