package io.auriga.withdrawals.reconcile;

import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.clients.execution.ExecutionTraces.Change;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.types.Wei;
import io.auriga.withdrawals.reconcile.CreditCheck.Credit;
import java.util.List;
import java.util.OptionalInt;

/**
 * Credits in a block with transactions, by what a node's traces say the transactions did.
 *
 * <p>Withdrawals come after all transactions, so that the balance which the last of them left, and
 * the credit, must be the balance after the block. That holds for an account that a transaction
 * touched as well as for one that none touched; it is proven where the traces begin with the
 * balance before the block and each goes on where the one before ended.
 *
 * <p>A difference is a divergence only where no transaction touched the account, all transactions
 * of the block were traced, and the account is not the fee recipient, whom not every client's
 * traces show. Whatever else does not fit says that the traces do not tell all, and proves nothing.
 *
 * @param transactions how many the block has; empty if that is not known
 */
record TracedCredit(
    ExecutionTraces.Answer traces, OptionalInt transactions, ExecutionHeader header) {
  CheckResult check(Credit credit) {
    return switch (traces) {
      case ExecutionTraces.Answer.Untold(String reason) -> notProvable(credit, reason);
      case ExecutionTraces.Answer.Traced traced ->
          check(credit, traced, traced.changes().getOrDefault(credit.account(), List.of()));
    };
  }

  private CheckResult check(
      Credit credit, ExecutionTraces.Answer.Traced traced, List<Change> changes) {
    Wei balance = credit.before();
    for (Change change : changes) {
      boolean goesOn = change.before().map(balance::equals).orElse(true);
      if (!goesOn || change.gone()) {
        return notProvable(credit, "the node's traces of them do not fit its balances");
      }
      balance = change.after().orElse(balance);
    }
    if (balance.plus(credit.credited()).equals(credit.after())) {
      return CheckResult.proven(ReconcileError.CREDIT, credit.subject());
    }
    boolean allTraced =
        transactions.isPresent() && transactions.getAsInt() == traced.transactions();
    if (!allTraced) {
      return notProvable(credit, "the node traced %d of them".formatted(traced.transactions()));
    }
    if (credit.account().equals(header.feeRecipient())) {
      return notProvable(
          credit, "it is the fee recipient, and the node's traces do not say what it earned");
    }
    if (!changes.isEmpty()) {
      return notProvable(credit, "the node's traces of them do not explain the rest");
    }
    return CheckResult.diverged(
        ReconcileError.CREDIT,
        credit.subject(),
        "a rise of %s wei, since none of the %d transactions touched it"
            .formatted(credit.credited(), traced.transactions()),
        credit.found());
  }

  private static CheckResult notProvable(Credit credit, String why) {
    return CheckResult.notProvable(
        ReconcileError.CREDIT,
        credit.subject(),
        "the balance changed by %s wei and %s wei were credited: transactions of the block may"
                .formatted(credit.rise(), credit.credited())
            + " have moved the rest ("
            + why
            + ")");
  }
}
