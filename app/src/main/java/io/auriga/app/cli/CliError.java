package io.auriga.app.cli;

import io.auriga.types.ErrorCode;

/** Failures of commands. */
public enum CliError implements ErrorCode {
  USAGE(
      "AUR-CLI-USAGE",
      "A command was given an option or a value that it cannot use.",
      "Run the command with --help; it ends with examples"),
  FILE_UNREADABLE(
      "AUR-CLI-FILE-UNREADABLE",
      "A file cannot be read, or holds no block, payload or state in a form that is known.",
      "Give a block as JSON, RLP or SSZ, whole and unchanged; see auriga withdrawals verify"
          + " --help"),
  NO_STORE(
      "AUR-CLI-NO-STORE",
      "There is no store yet in the place where it was looked for.",
      "Start 'auriga run' once, or name the store's folder with --data"),
  OUTPUT(
      "AUR-CLI-OUTPUT",
      "What the command found cannot be written.",
      "Check the place that the output goes to: its free space and who may write to it");

  private final String code;
  private final String meaning;
  private final String remedy;

  CliError(String code, String meaning, String remedy) {
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
