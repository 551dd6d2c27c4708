package io.auriga.validators.watched;

import io.auriga.types.ErrorCode;

/** What can be wrong with the list of those who are watched. */
public enum WatchError implements ErrorCode {
  BAD_LABEL(
      "AUR-WATCH-BAD-LABEL",
      "A label is not of the form key:value, or has characters that no label may have.",
      "Write it as operator:acme, with letters, digits and . _ / @ + - between them"),
  BAD_NAME(
      "AUR-WATCH-BAD-NAME",
      "Something in a list of validators is no index, no range, no public key and no address.",
      "Correct the line that the message names: a key is 96 hex digits, with or without 0x"),
  UNREADABLE(
      "AUR-WATCH-UNREADABLE",
      "A file or a folder with keys cannot be read, is too large or names no key.",
      "Check the path, who may read it, and that it was written to its end"),
  TWICE(
      "AUR-WATCH-TWICE",
      "A validator, or an address, is in two groups; counts of groups would not add up.",
      "Leave it in one of the two; labels may overlap, groups may not"),
  TOO_MANY(
      "AUR-WATCH-TOO-MANY",
      "More validators or labels are named than can be watched.",
      "Name fewer; a withdrawal address stands for all of its validators"),
  INDEX_REUSED(
      "AUR-WATCH-INDEX-REUSED",
      "A node says that a validator's index belongs to another public key than before, which the"
          + " protocol does not allow. What was known before is kept.",
      "Check that the node is of the right network and undamaged; compare with another node");

  private final String code;
  private final String meaning;
  private final String remedy;

  WatchError(String code, String meaning, String remedy) {
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
