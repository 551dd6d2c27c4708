package io.auriga.withdrawals.reconcile;

import static io.auriga.withdrawals.RecordedNode.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.clients.execution.ExecutionBalances;
import io.auriga.clients.execution.ExecutionBalances.Answer;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.clients.execution.ExecutionTraces.Change;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.PayloadHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.RecordedNode;
import io.auriga.withdrawals.reconcile.CheckResult.Outcome;
import io.auriga.withdrawals.reconcile.CreditCheck.Credit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks of real blocks of the recorded chain, by nodes that a test lets lie. */
class BlockReconcilerTest {
  private static final BlockSchemas SCHEMAS = BlockSchemas.of(CHAIN.spec());
  private static final Wei BEFORE = new Wei(BigInteger.TEN.pow(20));

  /** Slots of the recorded chain whose blocks have operations or requests. */
  private static final List<Long> OPERATIONS =
      List.of(11L, 13L, 14L, 35L, 43L, 44L, 45L, 50L, 51L, 52L);

  private final Map<Root, RecordedBlock> blocks = new HashMap<>();

  BlockReconcilerTest() {
    CHAIN.timeline().blocks().forEach(block -> blocks.put(block.root(), block));
  }

  private static SignedBlockView view(RecordedBlock block) {
    return SignedBlockView.of(SCHEMAS, block.fork(), block.ssz());
  }

  private BlockFacts facts(RecordedBlock block) {
    SignedBlockView view = view(block);
    List<Withdrawal> withdrawals = view.payload().withdrawals();
    return new BlockFacts(
        1,
        view.slot(),
        view.blockRoot(),
        view.payload().blockHash(),
        view.payload().withdrawalsMptRoot(),
        Optional.of(view.stateRoot()),
        Optional.ofNullable(blocks.get(view.parentRoot()))
            .map(parent -> new BlockFacts.Parent(parent.slot(), view(parent).stateRoot())),
        withdrawals.isEmpty() ? 0 : withdrawals.getFirst().index().value(),
        withdrawals.size(),
        withdrawals);
  }

  private RecordedBlock at(long slot) {
    return CHAIN.timeline().blocks().stream()
        .filter(block -> block.slot().equals(new Slot(slot)))
        .findFirst()
        .orElseThrow();
  }

  private static ExecutionBlock execution(RecordedBlock block) {
    SignedBlockView view = view(block);
    return new ExecutionBlock(
        PayloadHeader.of(view), view.payload().blockHash(), view.payload().withdrawals());
  }

  private List<CheckResult> check(
      BlockFacts facts, Optional<ExecutionBlock> execution, ExecutionBalances balances) {
    return check(facts, execution, balances, new RecordedNode());
  }

  private List<CheckResult> check(
      BlockFacts facts,
      Optional<ExecutionBlock> execution,
      ExecutionBalances balances,
      BeaconStates states) {
    return check(facts, execution, balances, states, ExecutionTraces.NONE);
  }

  private List<CheckResult> check(
      BlockFacts facts,
      Optional<ExecutionBlock> execution,
      ExecutionBalances balances,
      BeaconStates states,
      ExecutionTraces traces) {
    ReconcileNodes nodes =
        new ReconcileNodes(
            CHAIN.spec(),
            states,
            _ -> execution,
            balances,
            traces,
            root -> Optional.ofNullable(blocks.get(root)).map(BlockReconcilerTest::whole));
    return new BlockReconciler(Optional.of(nodes)).check(facts, true);
  }

  private static ChainBlock whole(RecordedBlock block) {
    SignedBlockView view = view(block);
    return new ChainBlock(
        view,
        view.blockRoot(),
        view.payload().blockNumber(),
        view.payload().blockHash(),
        view.payload().withdrawalsMptRoot(),
        view.payload().withdrawals(),
        false,
        CHAIN.startOf(block.slot()),
        Optional.empty());
  }

  /** The checks of credits in slot 51, where one transaction is: all accounts got one wei more. */
  private List<Outcome> creditsBesideATransaction(ExecutionTraces traces) {
    BlockFacts facts = facts(at(51));
    return of(
            ReconcileError.CREDIT,
            check(
                facts,
                Optional.of(execution(at(51))),
                crediting(facts, 1),
                new RecordedNode(),
                traces))
        .stream()
        .map(CheckResult::outcome)
        .toList();
  }

  /** Traces of so many transactions that did this to every account asked about. */
  private static ExecutionTraces traces(int transactions, Change... changes) {
    return (_, accounts) ->
        new ExecutionTraces.Answer.Traced(
            transactions,
            changes.length == 0
                ? Map.of()
                : accounts.stream()
                    .collect(Collectors.toMap(account -> account, _ -> List.of(changes))));
  }

  private static Change change(long from, long to) {
    return new Change(Optional.of(more(from)), Optional.of(more(to)), false);
  }

  private static Wei more(long wei) {
    return BEFORE.plus(new Wei(BigInteger.valueOf(wei)));
  }

  private static String reasons(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> ((Outcome.NotProvable) outcome).reason())
        .collect(Collectors.joining());
  }

  @Test
  void tracesProveTheCreditOfAnAccountThatTransactionsTouched() {
    assertThat(creditsBesideATransaction(traces(1, change(0, 1))))
        .isNotEmpty()
        .allMatch(Outcome.Proven.class::isInstance);
    assertThat(creditsBesideATransaction(traces(3, change(0, 7), change(7, 3), change(3, 1))))
        .allMatch(Outcome.Proven.class::isInstance);
  }

  @Test
  void aWrongRiseOfAnAccountThatNoTransactionTouchedDiverges() {
    assertThat(creditsBesideATransaction(traces(1)))
        .isNotEmpty()
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Diverged) outcome).expected())
                    .contains("none of the 1 transactions touched it"));
  }

  @Test
  void tracesThatDoNotTellAllProveNothing() {
    assertThat(reasons(creditsBesideATransaction(traces(2)))).contains("traced 2 of them");
    assertThat(reasons(creditsBesideATransaction(traces(1, change(5, 6)))))
        .contains("do not fit its balances");
    assertThat(reasons(creditsBesideATransaction(traces(2, change(0, 1), change(2, 3)))))
        .contains("do not fit its balances");
    assertThat(reasons(creditsBesideATransaction(traces(1, change(0, 2)))))
        .contains("do not explain the rest");
    assertThat(
            reasons(
                creditsBesideATransaction(
                    traces(1, new Change(Optional.of(BEFORE), Optional.empty(), true)))))
        .contains("do not fit its balances");
    assertThat(
            reasons(
                creditsBesideATransaction(
                    (_, _) -> new ExecutionTraces.Answer.Untold("it knows no such method"))))
        .contains("it knows no such method");
  }

  @Test
  void theFeeRecipientIsNoFindingWhereTracesDoNotShowWhatItEarned() {
    ExecutionHeader header = execution(at(51)).header();
    TracedCredit traced =
        new TracedCredit(new ExecutionTraces.Answer.Traced(1, Map.of()), OptionalInt.of(1), header);
    Credit earned = new Credit(header.feeRecipient(), new Wei(BigInteger.TWO), BEFORE, more(7));
    assertThat(traced.check(earned).outcome())
        .isInstanceOfSatisfying(
            Outcome.NotProvable.class,
            outcome -> assertThat(outcome.reason()).contains("it is the fee recipient"));
  }

  @Test
  void nobodyIsAskedForTracesWhereTheRiseIsTheCredit() {
    BlockFacts facts = facts(at(51));
    List<CheckResult> results =
        check(
            facts,
            Optional.of(execution(at(51))),
            crediting(facts, 0),
            new RecordedNode(),
            (_, _) -> {
              throw new AssertionError("asked");
            });
    assertThat(of(ReconcileError.CREDIT, results)).isNotEmpty().allMatch(CheckResult::isProven);
  }

  /** As an honest node answers if nothing else happened, but for {@code off} wei. */
  private static ExecutionBalances crediting(BlockFacts facts, long off) {
    return questions -> {
      List<Answer> answers = new ArrayList<>();
      for (ExecutionBalances.Question question : questions) {
        Wei balance = BEFORE;
        if (question.block().equals(facts.hash())) {
          balance = balance.plus(new Wei(BigInteger.valueOf(off)));
          for (Withdrawal withdrawal : facts.withdrawals()) {
            if (withdrawal.address().equals(question.account())) {
              balance = balance.plus(withdrawal.amount().toWei());
            }
          }
        }
        answers.add(new Answer.Known(balance));
      }
      return answers;
    };
  }

  private static List<CheckResult> of(ReconcileError code, List<CheckResult> results) {
    return results.stream().filter(result -> result.code() == code).toList();
  }

  @Test
  void provesRealBlocksAndNeverRaisesAFalseAlarm() {
    int proven = 0;
    for (RecordedBlock block : CHAIN.timeline().blocks()) {
      BlockFacts facts = facts(block);
      List<CheckResult> results = check(facts, Optional.of(execution(block)), crediting(facts, 0));
      assertThat(results).as("%s", block).noneMatch(CheckResult::isDiverged);
      assertThat(of(ReconcileError.STORED_LIST, results)).allMatch(CheckResult::isProven);
      assertThat(of(ReconcileError.CREDIT, results)).allMatch(CheckResult::isProven);
      proven +=
          (int)
              of(ReconcileError.VALIDATOR_BALANCE, results).stream()
                  .filter(CheckResult::isProven)
                  .count();
    }
    assertThat(proven).as("validator balances proven to the Gwei").isPositive();
  }

  /** Balances of validators, of blocks whose parent is of the same epoch. */
  private List<CheckResult> balancesWithinAnEpoch(RecordedBlock block, BeaconStates states) {
    BlockFacts facts = facts(block);
    boolean within =
        facts
            .parent()
            .filter(
                parent ->
                    CHAIN.spec().epochOf(parent.slot()).equals(CHAIN.spec().epochOf(block.slot())))
            .isPresent();
    return within
        ? of(
            ReconcileError.VALIDATOR_BALANCE,
            check(facts, Optional.of(execution(block)), crediting(facts, 0), states))
        : List.of();
  }

  /** Whether it may have had too little left to lose what a seat loses. */
  private static boolean isEmptied(RecordedBlock block, String subject) {
    ValidatorId id =
        ValidatorId.of(ValidatorIndex.parseDecimal(subject.substring("validator ".length())));
    return new RecordedNode()
            .validators(StateId.of(view(block).stateRoot()), List.of(id))
            .orElseThrow()
            .data()
            .getFirst()
            .balance()
            .value()
        < 1_000_000;
  }

  @Test
  void provesBalancesToTheGweiThoughEverybodySitsInTheSyncCommittee() {
    int proven = 0;
    for (RecordedBlock block : CHAIN.timeline().blocks()) {
      String proposer = "validator " + view(block).proposerIndex();
      for (CheckResult result : balancesWithinAnEpoch(block, new RecordedNode())) {
        if (result.isProven()) {
          proven++;
        } else if (!result.subject().equals(proposer) && !isEmptied(block, result.subject())) {
          // Named in an operation of the block.
          assertThat(((Outcome.NotProvable) result.outcome()).reason())
              .as("slot %s, %s", block.slot(), result.subject())
              .containsAnyOf("the block has", "a duty in the sync committee");
          assertThat(block.slot().value()).isIn(OPERATIONS);
        }
      }
    }
    assertThat(proven).as("balances of who was paid within an epoch").isGreaterThan(300);
  }

  @Test
  void aRewardOfASeatThatDoesNotFitProvesNothing() {
    RecordedNode lying = new RecordedNode();
    lying.lieBy(
        validator ->
            new Validator(
                validator.index(),
                validator.publicKey(),
                validator.credentials(),
                validator.balance(),
                new Gwei(validator.effectiveBalance().value() / 4),
                validator.slashed(),
                validator.life()));
    RecordedNode silent = new RecordedNode();
    silent.hideTheCommittee();
    for (RecordedNode node : List.of(lying, silent)) {
      assertThat(balancesWithinAnEpoch(at(10), node))
          .isNotEmpty()
          .allSatisfy(
              result ->
                  assertThat(((Outcome.NotProvable) result.outcome()).reason())
                      .contains("a duty in the sync committee or as proposer would explain it"));
    }
  }

  @Test
  void aWrongRiseInABlockWithoutTransactionsDiverges() {
    RecordedBlock block = at(10);
    assertThat(view(block).payload().transactionCount()).isZero();
    BlockFacts facts = facts(block);
    assertThat(
            of(
                ReconcileError.CREDIT,
                check(facts, Optional.of(execution(block)), crediting(facts, 1))))
        .isNotEmpty()
        .allMatch(CheckResult::isDiverged);
  }

  @Test
  void aWrongRiseBesideATransactionProvesNothing() {
    RecordedBlock block = at(51);
    assertThat(view(block).payload().transactionCount()).isPositive();
    BlockFacts facts = facts(block);
    assertThat(
            of(
                ReconcileError.CREDIT,
                check(facts, Optional.of(execution(block)), crediting(facts, 1))))
        .isNotEmpty()
        .allMatch(result -> result.outcome() instanceof Outcome.NotProvable);
  }

  @Test
  void aPrunedStateIsNoFindingAndSaysWhy() {
    RecordedBlock block = at(10);
    NodeException pruned =
        new NodeException(ClientError.RPC_ERROR, "el", "read a balance", "missing trie node");
    List<CheckResult> results =
        check(
            facts(block),
            Optional.of(execution(block)),
            questions -> questions.stream().<Answer>map(_ -> new Answer.Untold(pruned)).toList());
    assertThat(of(ReconcileError.CREDIT, results))
        .isNotEmpty()
        .allSatisfy(
            result ->
                assertThat(((Outcome.NotProvable) result.outcome()).reason())
                    .contains("missing trie node"));
  }

  @Test
  void namesWhereTheExecutionNodeShowsAnotherList() {
    RecordedBlock block = at(10);
    ExecutionBlock honest = execution(block);
    List<Withdrawal> other = new ArrayList<>(view(block).payload().withdrawals());
    Withdrawal first = other.getFirst();
    other.set(
        0,
        new Withdrawal(
            first.index(),
            first.validatorIndex(),
            first.address(),
            first.amount().plus(new Gwei(1))));
    BlockFacts facts = facts(block);
    List<CheckResult> results =
        check(
            facts,
            Optional.of(new ExecutionBlock(honest.header(), honest.claimedHash(), other)),
            crediting(facts, 0));
    CheckResult list = of(ReconcileError.EXECUTION_LIST, results).getFirst();
    assertThat(list.outcome())
        .isInstanceOfSatisfying(
            Outcome.Diverged.class,
            diverged -> assertThat(diverged.found()).contains("entry 0: amount"));
  }

  @Test
  void anotherBlockForTheHashDivergesAndIsNotCountedWith() {
    BlockFacts facts = facts(at(10));
    List<CheckResult> results = check(facts, Optional.of(execution(at(11))), crediting(facts, 0));
    assertThat(of(ReconcileError.EXECUTION_LIST, results)).allMatch(CheckResult::isDiverged);
    assertThat(of(ReconcileError.CREDIT, results)).isEmpty();
  }

  @Test
  void rowsThatDoNotHashToTheProvenRootDivergeBeforeAllElse() {
    BlockFacts facts = facts(at(10));
    BlockFacts damaged =
        new BlockFacts(
            facts.id(),
            facts.slot(),
            facts.root(),
            facts.hash(),
            facts.withdrawalsRoot(),
            facts.stateRoot(),
            facts.parent(),
            facts.firstIndex(),
            facts.count(),
            facts.withdrawals().subList(1, facts.withdrawals().size()));
    assertThat(check(damaged, Optional.empty(), crediting(facts, 0)))
        .singleElement()
        .matches(result -> result.code() == ReconcileError.STORED_LIST)
        .matches(CheckResult::isDiverged);
  }
}
