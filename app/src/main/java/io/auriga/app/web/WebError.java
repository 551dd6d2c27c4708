package io.auriga.app.web;

import io.auriga.types.ErrorCode;

/** Why Auriga is not ready, and what a caller of its JSON-RPC can meet. */
public enum WebError implements ErrorCode {
  NOT_FOLLOWING(
      "AUR-WEB-NOT-FOLLOWING",
      "The chain is not followed at its head.",
      "Wait while Auriga starts or catches up; if it stalled, do what the problem on its overview"
          + " page says"),
  LAGGING(
      "AUR-WEB-LAGGING",
      "The last block kept is too far behind the node's head.",
      "Wait while Auriga catches up; if the lag stays, look at its log and at the store's disk"),
  BEYOND_HEAD(
      "AUR-WEB-BEYOND-HEAD",
      "A range ends after the last verified block.",
      "Ask up to \"latest\", or wait until the block is verified"),
  HISTORY_NOT_KEPT(
      "AUR-WEB-HISTORY-NOT-KEPT",
      "A range begins before the first block that Auriga keeps.",
      "Begin at the block that the message names, or let Auriga start at an earlier slot"),
  INDEX_GAP(
      "AUR-WEB-INDEX-GAP",
      "Withdrawals inside the range are missing and are being repaired.",
      "Ask again when /api/v1/withdrawals/gaps is empty"),
  ORPHANED(
      "AUR-WEB-ORPHANED",
      "The block was orphaned: its withdrawals were never paid on the canonical chain.",
      "Ask for the canonical block by its number; /api/v1/blocks/{id} shows the orphaned one"),
  NO_CHECKPOINT(
      "AUR-WEB-NO-CHECKPOINT",
      "No block has that tag yet.",
      "Wait until Auriga has followed the chain to its next justified or finalized checkpoint"),
  CHAIN_MOVED(
      "AUR-WEB-CHAIN-MOVED",
      "The chain reorganized several times while the answer was made.",
      "Ask again");

  private final String code;
  private final String meaning;
  private final String remedy;

  WebError(String code, String meaning, String remedy) {
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
