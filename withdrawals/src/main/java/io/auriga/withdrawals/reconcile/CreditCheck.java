package io.auriga.withdrawals.reconcile;

import io.auriga.clients.execution.ExecutionBalances;
import io.auriga.clients.execution.ExecutionBalances.Answer;
import io.auriga.clients.execution.ExecutionBalances.Question;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.types.Address;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sum that a block credited to each account, against the account's balance after the block less
 * the one after its parent.
 *
 * <p>Equal is proven. Unequal proves nothing where the block has any transaction: a contract can
 * pay anyone without naming him in the transaction or in a log, and the fee recipient earns. Only
 * in a block without transactions, by its verified header, does nothing else move ether: since the
 * merge there is no block reward, and the calls that the protocol itself makes carry no value.
 */
final class CreditCheck {
  private final ExecutionBalances balances;

  CreditCheck(ExecutionBalances balances) {
    this.balances = balances;
  }

  /**
   * One result for each account paid.
   *
   * @param header the verified header of the block
   */
  List<CheckResult> check(BlockFacts block, ExecutionHeader header) {
    Map<Address, Wei> credits = new TreeMap<>();
    for (Withdrawal withdrawal : block.withdrawals()) {
      credits.merge(withdrawal.address(), withdrawal.amount().toWei(), Wei::plus);
    }
    List<Question> questions = new ArrayList<>();
    for (Address account : credits.keySet()) {
      questions.add(new Question(account, header.parentHash()));
      questions.add(new Question(account, block.hash()));
    }
    List<Answer> answers = balances.balances(questions);
    // An empty list of transactions has the same root as an empty list of withdrawals.
    boolean untouched = header.transactionsRoot().equals(WithdrawalsRoot.EMPTY);
    List<CheckResult> results = new ArrayList<>();
    int at = 0;
    for (Map.Entry<Address, Wei> credit : credits.entrySet()) {
      results.add(
          check(
              credit.getKey(), credit.getValue(), answers.get(at), answers.get(at + 1), untouched));
      at += 2;
    }
    return results;
  }

  private static CheckResult check(
      Address account, Wei credit, Answer before, Answer after, boolean untouched) {
    String subject = account.toHex();
    if (before instanceof Answer.Known(Wei old) && after instanceof Answer.Known(Wei now)) {
      BigInteger rise = now.value().subtract(old.value());
      if (rise.equals(credit.value())) {
        return CheckResult.proven(ReconcileError.CREDIT, subject);
      }
      return untouched
          ? CheckResult.diverged(
              ReconcileError.CREDIT,
              subject,
              "a rise of " + credit + " wei",
              "%s wei after %s wei: a rise of %s wei".formatted(now, old, rise))
          : CheckResult.notProvable(
              ReconcileError.CREDIT,
              subject,
              "the balance changed by %s wei and %s wei were credited: transactions of the block may"
                      .formatted(rise, credit)
                  + " have moved the rest");
    }
    Answer untold = before instanceof Answer.Untold ? before : after;
    String reason =
        untold instanceof Answer.Untold(var failure) ? String.valueOf(failure.getMessage()) : "";
    return CheckResult.notProvable(ReconcileError.CREDIT, subject, reason);
  }
}
