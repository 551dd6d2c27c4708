package io.auriga.validators;

import io.auriga.types.ErrorCode;

/** Why the duties of the followed chain are not counted. */
public enum DutyError implements ErrorCode {
  WRONG_STATE(
      "AUR-DUTIES-WRONG-STATE",
      "A node served another state than the one that a block names.",
      "Check the node; duties are begun anew with the next block");

  private final String code;
  private final String meaning;
  private final String remedy;

  DutyError(String code, String meaning, String remedy) {
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
