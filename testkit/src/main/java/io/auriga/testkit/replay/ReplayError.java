package io.auriga.testkit.replay;

import io.auriga.types.ErrorCode;

/** Failures of replaying a recorded chain. */
public enum ReplayError implements ErrorCode {
  NO_RECORDING(
      "AUR-REPLAY-NO-RECORDING",
      "There is no recording in the named folder, or it cannot be read.",
      "Give the folder that holds recording.json"),
  MALFORMED(
      "AUR-REPLAY-MALFORMED",
      "A recording is damaged, or contradicts itself.",
      "Take the recording from its source again; the message names the file and the place"),
  UNKNOWN_FORMAT(
      "AUR-REPLAY-UNKNOWN-FORMAT",
      "A recording has a format that this version cannot read.",
      "Upgrade Auriga, or record the chain again with this version"),
  TOO_LARGE(
      "AUR-REPLAY-TOO-LARGE",
      "A recording, or a part of it, is larger than the limit.",
      "Record fewer slots"),
  CANNOT_LISTEN(
      "AUR-REPLAY-CANNOT-LISTEN",
      "A replay server could not open its port on loopback.",
      "Free the port, or let the system choose one by asking for port 0");

  private final String code;
  private final String meaning;
  private final String remedy;

  ReplayError(String code, String meaning, String remedy) {
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
