package io.auriga.runtime.config;

import io.auriga.types.ErrorCode;

/** Failures of the configuration; the process does not start with one. */
public enum ConfigError implements ErrorCode {
  UNREADABLE(
      "AUR-CONFIG-UNREADABLE",
      "The configuration file cannot be opened or is not valid YAML.",
      "Check the path and the line that the message names"),
  UNKNOWN_KEY(
      "AUR-CONFIG-UNKNOWN-KEY",
      "The configuration has a key that this version does not know.",
      "Correct the key or remove it; the reference page lists all"),
  BAD_VALUE(
      "AUR-CONFIG-BAD-VALUE",
      "A value does not have the form or the range that its key asks for.",
      "Correct the value as the message says"),
  MISSING(
      "AUR-CONFIG-MISSING",
      "A key that has no default is not given.",
      "Give the key in the file, in its environment variable or on the command line"),
  INSECURE_SECRET(
      "AUR-CONFIG-INSECURE-SECRET",
      "A file with a secret can be read by every user of the machine.",
      "Run chmod 600 on the file, or give a mounted secret the mode 0400");

  private final String code;
  private final String meaning;
  private final String remedy;

  ConfigError(String code, String meaning, String remedy) {
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
