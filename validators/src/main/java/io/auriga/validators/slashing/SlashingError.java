package io.auriga.validators.slashing;

import io.auriga.types.ErrorCode;

/** What goes wrong around the slashing watch. */
public enum SlashingError implements ErrorCode {
  TOO_MANY_KEYS(
      "AUR-SLASHING-KEYS",
      "There would be records of more keys than anybody has.",
      "Give the interchange that your own client exports"),
  DOPPELGANGER(
      "AUR-SLASHING-DOPPELGANGER",
      "A message was signed with the key of a watched validator, and not by its own client.",
      "Find out at once who else has the key: stop all clients that have it but one, and do not"
          + " start any without its whole history"),
  CLIENT_FILE(
      "AUR-SLASHING-CLIENT-FILE",
      "A file in which a client says what it signed cannot be read; what it said before stands.",
      "Write it under another name and rename it, so that it is whole whenever it is there");

  private final String code;
  private final String meaning;
  private final String remedy;

  SlashingError(String code, String meaning, String remedy) {
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
