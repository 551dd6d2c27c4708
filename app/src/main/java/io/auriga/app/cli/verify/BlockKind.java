package io.auriga.app.cli.verify;

/** The two layers' blocks. */
public enum BlockKind {
  EXECUTION("execution-block"),
  BEACON("beacon-block");

  private final String text;

  BlockKind(String text) {
    this.text = text;
  }

  /** As printed. */
  public String text() {
    return text;
  }
}
