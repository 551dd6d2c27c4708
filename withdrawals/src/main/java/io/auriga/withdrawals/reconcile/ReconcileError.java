package io.auriga.withdrawals.reconcile;

import io.auriga.types.ErrorCode;
import java.util.Locale;

/** What was found not to agree. Each stands for one check. */
public enum ReconcileError implements ErrorCode {
  INDEX_GAP(
      "AUR-RECONCILE-INDEX-GAP",
      "Withdrawals that must exist, since their index is gap-free, are not in the ledger.",
      "Nothing at first: the blocks are read again by themselves. If it stays open, add a beacon"
          + " node that still serves them"),
  STORED_LIST(
      "AUR-RECONCILE-STORED-LIST",
      "The stored withdrawals of a block do not hash to the root that was proven when they came.",
      "The store was damaged or edited. The block is read again and its rows are replaced; look for"
          + " what changed them"),
  EXECUTION_LIST(
      "AUR-RECONCILE-EXECUTION-LIST",
      "The execution node shows other withdrawals for a block than the consensus layer.",
      "Ask another execution node for the block; the ledger's list is the one that was proven"),
  CREDIT(
      "AUR-RECONCILE-CREDIT",
      "The balance of an account rose by another amount than its withdrawals, and no transaction of"
          + " the block touched it.",
      "Ask another execution node for both balances; one that disagrees with it has a damaged"
          + " state"),
  VALIDATOR_BALANCE(
      "AUR-RECONCILE-VALIDATOR-BALANCE",
      "The balance of a validator fell by another amount than what was paid out, and nothing in the"
          + " block explains the difference.",
      "Ask another beacon node for both balances; one that disagrees with it has a damaged state");

  private final String code;
  private final String meaning;
  private final String remedy;

  ReconcileError(String code, String meaning, String remedy) {
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** As in metrics and interfaces: {@code execution-list}. */
  public String check() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
