package io.auriga.withdrawals.reconcile;

import io.auriga.clients.NodeException;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.crypto.verify.WithdrawalDifference;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All checks of one block. */
final class BlockReconciler {
  private static final String BLOCK = "block";

  private final Optional<ReconcileNodes> nodes;

  /**
   * @param nodes empty to check only what the store itself can prove
   */
  BlockReconciler(Optional<ReconcileNodes> nodes) {
    this.nodes = nodes;
  }

  /**
   * Checks a block. What nodes fail to answer is not provable, and says why.
   *
   * @param patient whether a node that does not answer at all makes this fail, to be tried again
   * @throws NodeException if {@code patient} and no node answers
   */
  List<CheckResult> check(BlockFacts block, boolean patient) {
    List<CheckResult> results = new ArrayList<>();
    CheckResult stored = storedList(block);
    results.add(stored);
    if (stored.isDiverged() || nodes.isEmpty() || block.count() == 0) {
      // With wrong rows all else would differ as well, and say nothing more.
      return results;
    }
    ReconcileNodes asked = nodes.get();
    Optional<ExecutionBlock> execution = Optional.empty();
    try {
      execution = asked.execution().apply(block.hash());
      results.add(executionList(block, execution));
    } catch (NodeException unanswered) {
      results.add(failed(ReconcileError.EXECUTION_LIST, BLOCK, unanswered, patient));
    }
    Optional<ExecutionBlock> verified =
        execution.filter(found -> found.header().hash().equals(block.hash()));
    if (verified.isPresent()) {
      results.addAll(
          checked(
              ReconcileError.CREDIT,
              patient,
              () -> new CreditCheck(asked).check(block, verified.get().header())));
    }
    results.addAll(
        checked(
            ReconcileError.VALIDATOR_BALANCE,
            patient,
            () -> new ValidatorBalanceCheck(asked).check(block)));
    return results;
  }

  private static List<CheckResult> checked(
      ReconcileError code, boolean patient, Supplier<List<CheckResult>> check) {
    try {
      return check.get();
    } catch (NodeException unanswered) {
      return List.of(failed(code, BLOCK, unanswered, patient));
    }
  }

  private static CheckResult failed(
      ReconcileError code, String subject, NodeException unanswered, boolean patient) {
    if (patient && isOutage(unanswered)) {
      throw unanswered;
    }
    return CheckResult.notProvable(code, subject, String.valueOf(unanswered.getMessage()));
  }

  /** What waiting may cure; a refusal to answer is an answer. */
  private static boolean isOutage(NodeException failure) {
    return switch (failure.error()) {
      case TIMEOUT, UNREACHABLE, BREAKER_OPEN, BUSY, INTERRUPTED, CLOSED, ALL_NODES_FAILED -> true;
      default -> false;
    };
  }

  /** The rows against the root that was proven when they came. */
  static CheckResult storedList(BlockFacts block) {
    Root computed = WithdrawalsRoot.of(block.withdrawals());
    return computed.equals(block.withdrawalsRoot())
        ? CheckResult.proven(ReconcileError.STORED_LIST, BLOCK)
        : CheckResult.diverged(
            ReconcileError.STORED_LIST,
            BLOCK,
            "%d withdrawals with the root %s".formatted(block.count(), block.withdrawalsRoot()),
            "%d rows with the root %s".formatted(block.withdrawals().size(), computed));
  }

  private static CheckResult executionList(BlockFacts block, Optional<ExecutionBlock> found) {
    if (found.isEmpty()) {
      return CheckResult.notProvable(
          ReconcileError.EXECUTION_LIST, BLOCK, "the execution node does not have the block");
    }
    ExecutionBlock execution = found.get();
    if (!execution.header().hash().equals(block.hash())) {
      return diverged(
          "a block with the hash " + block.hash(),
          "one whose header hashes to " + execution.header().hash());
    }
    if (!execution.header().withdrawalsRoot().equals(block.withdrawalsRoot())) {
      return diverged(
          "the withdrawals root " + block.withdrawalsRoot(),
          "the withdrawals root " + execution.header().withdrawalsRoot());
    }
    @Nullable List<Withdrawal> withdrawals = execution.withdrawals();
    if (withdrawals == null) {
      return CheckResult.notProvable(
          ReconcileError.EXECUTION_LIST, BLOCK, "the execution node leaves the list out");
    }
    return WithdrawalDifference.find(block.withdrawals(), withdrawals)
        .map(difference -> diverged("the list of the beacon block", difference))
        .orElseGet(() -> CheckResult.proven(ReconcileError.EXECUTION_LIST, BLOCK));
  }

  private static CheckResult diverged(String expected, String found) {
    return CheckResult.diverged(ReconcileError.EXECUTION_LIST, BLOCK, expected, found);
  }
}
