package io.auriga.app.cli.verify;

/** What was concluded about one file. */
public enum Verdict {
  /** Everything that the file claims about its withdrawals was recomputed and agrees. */
  VERIFIED("verified"),
  /** Something that the file claims differs from what was recomputed. */
  MISMATCH("mismatch"),
  /** The block is one to which the rule of EIP-4895 does not apply. */
  NOT_APPLICABLE("not-applicable"),
  /** Nothing could be concluded. */
  UNREADABLE("unreadable");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** As printed. */
  public String text() {
    return text;
  }
}
