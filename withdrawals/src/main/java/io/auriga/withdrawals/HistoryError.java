package io.auriga.withdrawals;

import io.auriga.types.ErrorCode;

/** Failures of loading history. Nothing of the load is stored then. */
public enum HistoryError implements ErrorCode {
  NOT_LINKED(
      "AUR-HISTORY-NOT-LINKED",
      "Blocks that should continue one another do not: the parent that one names is not the one"
          + " before it.",
      "One of the two sources is of another chain or was altered: get the named one again from"
          + " elsewhere"),
  INDEX_MISMATCH(
      "AUR-HISTORY-INDEX-MISMATCH",
      "The withdrawal indices of a load do not fit those of what is held beside it.",
      "One of the two sources is of another chain or was altered: get the named one again from"
          + " elsewhere"),
  CONTRADICTION(
      "AUR-HISTORY-CONTRADICTION",
      "A load has another block in a slot than the ledger holds there.",
      "Check which of the two is of your chain; if what is held is not final yet, load again once"
          + " it is"),
  OTHER_CHAIN(
      "AUR-HISTORY-OTHER-CHAIN",
      "A file proves its blocks by its own state, and a node or a state that is trusted knows"
          + " another chain there.",
      "Get the file from another source: it was made up, or is of another chain; if the node or the"
          + " trusted state may be wrong, check them against others"),
  EMPTY(
      "AUR-HISTORY-EMPTY",
      "A load holds no block with withdrawals that could be kept: all slots are empty, or before"
          + " Capella.",
      "Nothing is to be done: there were no withdrawals then"),
  NOT_FINAL(
      "AUR-HISTORY-NOT-FINAL",
      "The range reaches beyond what the node calls final.",
      "End the range at or before the named slot; what comes after it is followed by 'auriga run'"),
  NOT_HELD(
      "AUR-HISTORY-NOT-HELD",
      "The range asked for is not held whole: a part of history was not loaded.",
      "Load what is missing with 'auriga history import', or ask for a range that is held; 'auriga"
          + " history status' says which");

  private final String code;
  private final String meaning;
  private final String remedy;

  HistoryError(String code, String meaning, String remedy) {
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
