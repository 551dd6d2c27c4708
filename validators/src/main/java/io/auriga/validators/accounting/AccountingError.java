package io.auriga.validators.accounting;

import io.auriga.types.ErrorCode;

/** Failures of counting duties. */
public enum AccountingError implements ErrorCode {
  OUTSIDE_WINDOW(
      "AUR-DUTIES-WINDOW",
      "A block has an attestation that is too early or too late to be in it.",
      "No valid block carries it; ask another node for the block"),
  NOT_NEXT(
      "AUR-DUTIES-ORDER",
      "A block does not follow the last one counted, or is not the last one where it is taken"
          + " back.",
      "Nothing is counted; begin again from a state of the chain as it is now"),
  TOO_DEEP(
      "AUR-DUTIES-DEPTH",
      "A reorg goes back behind the blocks that are kept for taking them back.",
      "Begin again from a state of the chain as it is now"),
  COMMITTEES_DIFFER(
      "AUR-DUTIES-COMMITTEES",
      "The committees that a node lists are others than those that follow from its own state.",
      "Ask another consensus node: one of the two answers of this one is wrong"),
  NO_SOURCE(
      "AUR-DUTIES-SOURCE",
      "The consensus nodes do not have what duties are counted from, or it is not what it should"
          + " be.",
      "Name an epoch whose state the node still has; check that it serves states (debug routes) and"
          + " is synced");

  private final String code;
  private final String meaning;
  private final String remedy;

  AccountingError(String code, String meaning, String remedy) {
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
