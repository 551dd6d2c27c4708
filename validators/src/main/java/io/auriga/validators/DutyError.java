package io.auriga.validators;

import io.auriga.types.ErrorCode;

/** Why the duties of the followed chain are not counted. */
public enum DutyError implements ErrorCode {
  WRONG_STATE(
      "AUR-DUTIES-WRONG-STATE",
      "A node served another state than the one that a block names.",
      "Check the node; duties are begun anew with the next block"),
  NO_MEMORY(
      "AUR-DUTIES-MEMORY",
      "The state of the chain that duties are counted from is too large for the memory that this"
          + " process may use.",
      "Allow more with AURIGA_JAVA_OPTS=-Xmx1g: a state of a million validators takes 150 MB, and"
          + " a third of the memory is the most that one may take");

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
