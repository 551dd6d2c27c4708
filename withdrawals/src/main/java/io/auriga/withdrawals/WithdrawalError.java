package io.auriga.withdrawals;

import io.auriga.types.ErrorCode;

/** Failures of the ledger and of asking it. */
public enum WithdrawalError implements ErrorCode {
  VALUE_TOO_LARGE(
      "AUR-WITHDRAWALS-VALUE-TOO-LARGE",
      "A number of a block does not fit 63 bits, which no real chain reaches.",
      "The named block cannot be right: compare it with another node; nothing of it was stored"),
  BAD_CURSOR(
      "AUR-WITHDRAWALS-BAD-CURSOR",
      "A page was asked for with a cursor that this list did not give out.",
      "Start again without a cursor, and pass on nextCursor as it is, with the same filter"),
  BAD_LIMIT(
      "AUR-WITHDRAWALS-BAD-LIMIT",
      "A page must hold at least one record and at most a thousand.",
      "Ask for 1 to 1000 records; use the export for more"),
  BAD_FILTER(
      "AUR-WITHDRAWALS-BAD-FILTER",
      "A filter names more validators or addresses than one question may.",
      "Ask in several parts, or filter an export"),
  LIST_DIFFERS(
      "AUR-WITHDRAWALS-LIST-DIFFERS",
      "A block's withdrawals are not those that the protocol's rules give over what a beacon node"
          + " says of the state before it.",
      "Compare the block and the named validator with another beacon node; if all agree, keep the"
          + " parent's state and check it with 'auriga withdrawals expected'"),
  NO_FORECAST(
      "AUR-WITHDRAWALS-NO-FORECAST",
      "Too little of the chain was followed yet to say when validators are paid.",
      "Let 'auriga run' follow the chain for a few blocks, then ask again"),
  NO_EXIT_QUEUE(
      "AUR-WITHDRAWALS-NO-EXIT-QUEUE",
      "No node lists what the queue of leaving validators is made of.",
      "Name a consensus node that serves validators by status, and since Electra the pending"
          + " partial withdrawals and consolidations");

  private final String code;
  private final String meaning;
  private final String remedy;

  WithdrawalError(String code, String meaning, String remedy) {
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
