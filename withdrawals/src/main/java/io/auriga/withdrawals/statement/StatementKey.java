package io.auriga.withdrawals.statement;

/** What the lines of a statement are for. */
public enum StatementKey {
  VALIDATOR,
  ADDRESS,
  GROUP,
  DAY
}
