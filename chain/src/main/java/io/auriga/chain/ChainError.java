package io.auriga.chain;

import io.auriga.types.ErrorCode;

/** Failures of following a chain. */
public enum ChainError implements ErrorCode {
  BLOCK_MISMATCH(
      "AUR-CHAIN-BLOCK-MISMATCH",
      "A beacon block does not hash to the root it was asked by, or its payload or withdrawals do"
          + " not hash to what the block claims.",
      "The named node served wrong data: compare it with another node and resync it; nothing of the"
          + " block was stored"),
  EXECUTION_MISMATCH(
      "AUR-CHAIN-EXECUTION-MISMATCH",
      "The execution node's block differs from the payload that the beacon block carries.",
      "The named execution node served wrong data: compare it with another node and resync it;"
          + " nothing of the block was stored"),
  INDEX_GAP(
      "AUR-CHAIN-INDEX-GAP",
      "Withdrawals are missing before this block: their indices do not continue the sequence.",
      "Auriga reads the missing blocks again by itself; if it cannot, point --consensus at a node"
          + " that has them"),
  FINALITY_CONFLICT(
      "AUR-CHAIN-FINALITY-CONFLICT",
      "A node's chain contradicts what was already final.",
      "The node is on another chain or was reset: check it before anything else. Nothing final was"
          + " changed"),
  MISSING_BLOCK(
      "AUR-CHAIN-MISSING-BLOCK",
      "A block that must exist, because another names it as its parent, is not served by any node.",
      "Wait for the node to finish syncing, or add a consensus node that has the block"),
  FUTURE_HEAD(
      "AUR-CHAIN-FUTURE-HEAD",
      "A node names a head of a slot that has not come yet, by this machine's clock.",
      "Check this machine's clock, which 'auriga doctor' compares with the node's; if it is right,"
          + " the node is wrong"),
  NO_START(
      "AUR-CHAIN-NO-START",
      "History cannot begin at the configured start: nodes serve no blocks that old, or not all.",
      "Add a consensus node that keeps blocks from then on, or set chain.start to a slot whose"
          + " block is served (at or after the first of Capella), to 'finalized' or to 'head'"),
  INTERNAL(
      "AUR-CHAIN-INTERNAL",
      "Auriga came upon something it does not understand, which is an error in Auriga.",
      "Report it with the log around it. Nothing was lost: Auriga tries again from the last"
          + " committed block, and restarting it is safe");

  private final String code;
  private final String meaning;
  private final String remedy;

  ChainError(String code, String meaning, String remedy) {
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
