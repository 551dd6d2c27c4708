package io.auriga.withdrawals.reconcile;

import io.auriga.clients.execution.ExecutionBalances.Answer;
import io.auriga.clients.execution.ExecutionBalances.Question;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.types.Address;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sum that a block credited to each account, against the account's balance after the block less
 * the one after its parent.
 *
 * <p>Equal is proven. Unequal proves nothing by itself where the block has any transaction: a
 * contract can pay anyone without naming him in the transaction or in a log, and the fee recipient
 * earns. Only in a block without transactions, by its verified header, does nothing else move
 * ether: since the merge there is no block reward, and the calls that the protocol itself makes
 * carry no value. Otherwise a node that traces transactions is asked, once for all such accounts of
 * a block: see {@link TracedCredit}.
 */
final class CreditCheck {
  private final ReconcileNodes nodes;

  CreditCheck(ReconcileNodes nodes) {
    this.nodes = nodes;
  }

  /** What an account got, and had before and after. */
  record Credit(Address account, Wei credited, Wei before, Wei after) {
    BigInteger rise() {
      return after.value().subtract(before.value());
    }

    boolean isExact() {
      return rise().equals(credited.value());
    }

    String subject() {
      return account.toHex();
    }

    String found() {
      return "%s wei after %s wei: a rise of %s wei".formatted(after, before, rise());
    }
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
    List<Answer> answers = nodes.balances().balances(questions);
    List<CheckResult> results = new ArrayList<>();
    List<Credit> open = new ArrayList<>();
    int at = 0;
    for (Map.Entry<Address, Wei> credit : credits.entrySet()) {
      Answer before = answers.get(at);
      Answer after = answers.get(at + 1);
      at += 2;
      if (before instanceof Answer.Known(Wei old) && after instanceof Answer.Known(Wei now)) {
        Credit known = new Credit(credit.getKey(), credit.getValue(), old, now);
        if (known.isExact()) {
          results.add(CheckResult.proven(ReconcileError.CREDIT, known.subject()));
        } else {
          open.add(known);
        }
      } else {
        results.add(untold(credit.getKey(), before instanceof Answer.Untold ? before : after));
      }
    }
    results.addAll(unequal(block, header, open));
    return results;
  }

  private static CheckResult untold(Address account, Answer answer) {
    String reason =
        answer instanceof Answer.Untold(var failure) ? String.valueOf(failure.getMessage()) : "";
    return CheckResult.notProvable(ReconcileError.CREDIT, account.toHex(), reason);
  }

  private List<CheckResult> unequal(BlockFacts block, ExecutionHeader header, List<Credit> open) {
    if (open.isEmpty()) {
      return List.of();
    }
    // An empty list of transactions has the same root as an empty list of withdrawals.
    if (header.transactionsRoot().equals(WithdrawalsRoot.EMPTY)) {
      return open.stream()
          .map(
              credit ->
                  CheckResult.diverged(
                      ReconcileError.CREDIT,
                      credit.subject(),
                      "a rise of " + credit.credited() + " wei",
                      credit.found()))
          .toList();
    }
    Set<Address> accounts = new HashSet<>();
    open.forEach(credit -> accounts.add(credit.account()));
    ExecutionTraces.Answer traces = nodes.traces().trace(block.hash(), accounts);
    TracedCredit traced = new TracedCredit(traces, transactions(block, traces), header);
    return open.stream().map(traced::check).toList();
  }

  /**
   * How many transactions the block has, by the consensus layer; asked for only where it counts.
   */
  private OptionalInt transactions(BlockFacts block, ExecutionTraces.Answer traces) {
    return traces instanceof ExecutionTraces.Answer.Traced
        ? nodes.block().apply(block.root()).stream()
            .mapToInt(whole -> whole.view().payload().transactionCount())
            .findFirst()
        : OptionalInt.empty();
  }
}
