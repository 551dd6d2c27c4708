package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.address;
import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.first;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static io.auriga.withdrawals.TestBlocks.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.clients.consensus.Validator;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.Deposit;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.types.WithdrawalRequest;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindWorker;
import io.auriga.withdrawals.statement.Groups;
import io.auriga.withdrawals.statement.Statement;
import io.auriga.withdrawals.statement.StatementKey;
import io.auriga.withdrawals.statement.StatementLine;
import io.auriga.withdrawals.statement.StatementQueries;
import io.auriga.withdrawals.statement.Sums;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Deposits, consolidations and requests beside payments, as a statement tells them apart. */
@ParameterizedClass
@EnumSource
class DepositedTest extends LedgerFixture {
  private static final ChainSpec SPEC = ChainSpec.builtIn("mainnet");
  private static final long EPOCH = 32;
  private static final long CAPELLA = 194_048 * EPOCH;
  private static final long ELECTRA = 364_032 * EPOCH;
  private static final long ETHER = 1_000_000_000;

  /** Whom all of it is about. */
  private static final long ME = 9;

  private static final long OTHER = 3;

  private final StatesInMemory states = new StatesInMemory();
  private final List<ChainBlock> chain = new ArrayList<>();
  private long nextIndex;
  private Instant now = Instant.EPOCH;
  private KindWorker worker;

  DepositedTest(Database database) {
    super(database);
  }

  private static BlsPublicKey key(long index) {
    return BlsPublicKey.of(ByteBuffer.allocate(BlsPublicKey.LENGTH).putLong(7, index).array());
  }

  private static Validator me(int prefix, long effectiveEther, long withdrawable) {
    return validator(ME, prefix, effectiveEther, withdrawable);
  }

  private static Validator validator(
      long index, int prefix, long effectiveEther, long withdrawable) {
    return new Validator(
        new ValidatorIndex(index),
        key(index),
        WithdrawalCredentials.of(prefix, address(index)),
        Gwei.ofEther(effectiveEther),
        Gwei.ofEther(effectiveEther),
        false,
        new Validator.Life(
            new Epoch(0), new Epoch(0), new Epoch(withdrawable), new Epoch(withdrawable)));
  }

  private static List<Validator> withAnother(Validator state) {
    return List.of(state, validator(OTHER, 1, 32, Epoch.FAR_FUTURE.value()));
  }

  private static Validator ordinary() {
    return me(1, 32, Epoch.FAR_FUTURE.value());
  }

  private static Validator compounding(long effectiveEther) {
    return me(2, effectiveEther, Epoch.FAR_FUTURE.value());
  }

  /** It has left, and can be paid in full since the epoch of this slot. */
  private static Validator left(int prefix, long effectiveEther, long slot) {
    return me(prefix, effectiveEther, slot / EPOCH);
  }

  private ChainBlock last() {
    return chain.getLast();
  }

  /** Another one first, which can only be of the sweep: so what I get is of the sweep as well. */
  private List<Withdrawal> paid(long gwei) {
    return List.of(withdrawal(nextIndex, OTHER, OTHER, 1), withdrawal(nextIndex + 1, ME, ME, gwei));
  }

  private ChainBlock add(TestBlocks.Draft draft) {
    ChainBlock block = draft.executed().block();
    commit(List.of(block));
    nextIndex += block.withdrawals().size();
    chain.add(block);
    return block;
  }

  /** The ledger's first block, with nothing in it. */
  private void begin(long slot) {
    TestBlocks.Draft draft = first(slot, List.of());
    add(slot < ELECTRA ? draft : draft.inElectra());
  }

  /** A block that pays me, and what its state says of me. */
  private ChainBlock pays(long slot, long gwei, Validator state) {
    TestBlocks.Draft draft = after(last(), slot - last().ref().slot().value(), paid(gwei));
    ChainBlock block = add(slot < ELECTRA ? draft : draft.inElectra());
    states.put(block.view().stateRoot(), withAnother(state));
    judge(slot);
    return block;
  }

  /** A block that pays me alone, as only a request can make it. */
  private void paysOnRequest(long slot, long gwei, Validator state) {
    ChainBlock block =
        add(
            after(
                    last(),
                    slot - last().ref().slot().value(),
                    List.of(withdrawal(nextIndex, ME, ME, gwei)))
                .inElectra());
    states.put(block.view().stateRoot(), withAnother(state));
    judge(slot);
  }

  private void carries(long slot, Deposit deposit) {
    TestBlocks.Draft draft = after(last(), slot - last().ref().slot().value(), List.of());
    add((slot < ELECTRA ? draft : draft.inElectra()).deposits(deposit));
  }

  private void carries(long slot, ConsolidationRequest request) {
    add(
        after(last(), slot - last().ref().slot().value(), List.of())
            .inElectra()
            .consolidates(request));
  }

  private void carries(long slot, WithdrawalRequest request) {
    add(after(last(), slot - last().ref().slot().value(), List.of()).inElectra(request));
  }

  private static Deposit deposit(long ether) {
    return new Deposit(key(ME), Gwei.ofEther(ether));
  }

  private void queue(ChainBlock block, PendingDeposits.Entry... entries) {
    states.queues.put(block.view().stateRoot(), new PendingDeposits.Listed(List.of(entries)));
  }

  @BeforeEach
  void hire() {
    worker =
        new KindWorker(
            store,
            states,
            RecordedKindsTest.NO_LOGS,
            SPEC,
            new SlotClock(TestBlocks.GENESIS, TestBlocks.SLOT, () -> now),
            new KindMetrics(new Metrics(new PrometheusRegistry()), store),
            Duration.ZERO);
  }

  private void judge(long slot) {
    now = startOf(slot);
    int steps = 0;
    while (worker.step()) {
      assertThat(++steps).isLessThan(100_000);
    }
  }

  /** Of the last block's payment to me: principal, income, requested, unattributed. */
  private List<Long> parts() {
    List<StatementLine> lines = new ArrayList<>();
    Statement _ = lastStatement(lines::add);
    Sums sums =
        lines.stream()
            .filter(line -> line.validator().orElseThrow().value() == ME)
            .findFirst()
            .orElseThrow()
            .sums();
    return Stream.of(sums.principal(), sums.income(), sums.requested(), sums.unattributed())
        .map(BigInteger::longValueExact)
        .toList();
  }

  private Set<String> reasons() {
    return lastStatement(_ -> {}).unattributed().keySet();
  }

  private Statement lastStatement(Consumer<StatementLine> lines) {
    long slot = last().ref().slot().value();
    finality(slot / EPOCH + 3, last(), slot / EPOCH + 2, last());
    return new StatementQueries(store)
        .statement(
            startOf(slot),
            startOf(slot + 1),
            Set.of(StatementKey.VALIDATOR),
            Groups.NONE,
            _ -> {},
            lines);
  }

  @Test
  void saysOfAFirstPaymentThatADepositFromBeforeMayBeInIt() {
    begin(CAPELLA);
    pays(CAPELLA + 10, 7, ordinary());
    assertThat(parts()).containsExactly(0L, 0L, 0L, 7L);
    assertThat(reasons()).containsExactly("history");
    pays(CAPELLA + 20, 9, ordinary());
    assertThat(parts()).as("the one behind it is known").containsExactly(0L, 9L, 0L, 0L);
  }

  @Test
  void paysBackATopUpThatTheOldBridgeCreditedAtOnce() {
    begin(CAPELLA);
    pays(CAPELLA + 10, 7, ordinary());
    carries(CAPELLA + 11, deposit(1));
    pays(CAPELLA + 12, ETHER + 5, ordinary());
    assertThat(parts()).containsExactly(ETHER, 5L, 0L, 0L);
    pays(CAPELLA + 13, 6, ordinary());
    assertThat(parts()).as("it is paid back once").containsExactly(0L, 6L, 0L, 0L);
  }

  @Test
  void bearsALossByIncomeFirst() {
    begin(CAPELLA);
    pays(CAPELLA + 10, 7, ordinary());
    carries(CAPELLA + 11, deposit(1));
    pays(CAPELLA + 12, ETHER - 5, ordinary());
    assertThat(parts()).containsExactly(ETHER - 5, 0L, 0L, 0L);
  }

  @Test
  void countsADepositOfTheSameBlockOnlyBehindItsPayments() {
    begin(CAPELLA);
    pays(CAPELLA + 10, 7, ordinary());
    ChainBlock both = add(after(last(), 1, paid(8)).deposits(deposit(1)));
    states.put(both.view().stateRoot(), withAnother(ordinary()));
    judge(CAPELLA + 11);
    assertThat(parts()).containsExactly(0L, 8L, 0L, 0L);
    pays(CAPELLA + 12, ETHER + 1, ordinary());
    assertThat(parts()).containsExactly(ETHER, 1L, 0L, 0L);
  }

  @Test
  void doesNotTakeARequestedDepositForCreditedWhileItCannotBe() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, ordinary());
    carries(ELECTRA + 2, deposit(1));
    pays(ELECTRA + 2 * EPOCH - 1, 8, ordinary());
    assertThat(parts()).containsExactly(0L, 8L, 0L, 0L);
  }

  @Test
  void tellsByTheQueueWhetherADepositWasCredited() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, ordinary());
    carries(ELECTRA + 2, deposit(1));
    long later = ELECTRA + 5 * EPOCH;
    PendingDeposits.Entry waiting =
        new PendingDeposits.Entry(key(ME), Gwei.ofEther(1), new Slot(ELECTRA + 2), false);
    TestBlocks.Draft draft =
        after(last(), later - last().ref().slot().value(), paid(8)).inElectra();
    queue(draft.executed().block(), waiting);
    pays(later, 8, ordinary());
    assertThat(parts()).as("it still waits").containsExactly(0L, 8L, 0L, 0L);
    draft = after(last(), 1, paid(ETHER + 3)).inElectra();
    queue(draft.executed().block());
    pays(later + 1, ETHER + 3, ordinary());
    assertThat(parts()).as("it is credited").containsExactly(ETHER, 3L, 0L, 0L);
  }

  @Test
  void saysWhatItWouldBeWhereNoNodeTellsTheQueue() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, ordinary());
    carries(ELECTRA + 2, deposit(1));
    pays(ELECTRA + 5 * EPOCH, ETHER + 5, ordinary());
    assertThat(parts()).containsExactly(0L, 5L, 0L, ETHER);
    assertThat(reasons()).containsExactly("deposit-queue");
  }

  @Test
  void takesNothingForIncomeThatMayHaveWaitedBeforeTheLedgerBegan() {
    long start = ELECTRA + 100 * EPOCH;
    begin(start);
    pays(start + 1, 7, compounding(2048));
    pays(start + 2, 2 * ETHER, compounding(2048));
    assertThat(parts()).containsExactly(0L, 0L, 0L, 2 * ETHER);
    assertThat(reasons()).containsExactly("history");
    pays(start + 3, ETHER - 1, compounding(2048));
    assertThat(parts()).as("no deposit is so small").containsExactly(0L, ETHER - 1, 0L, 0L);

    // A node whose queue holds nothing older ends the doubt two epochs later.
    long asked = start + EPOCH;
    TestBlocks.Draft draft =
        after(last(), asked - last().ref().slot().value(), paid(2 * ETHER)).inElectra();
    queue(
        draft.executed().block(),
        new PendingDeposits.Entry(key(1), Gwei.ofEther(32), new Slot(start), false),
        new PendingDeposits.Entry(key(2), Gwei.ofEther(9), new Slot(0), true));
    pays(asked, 2 * ETHER, compounding(2048));
    pays(asked + 2 * EPOCH, 5, compounding(2048));
    pays(asked + 2 * EPOCH + 1, 2 * ETHER, compounding(2048));
    assertThat(parts()).containsExactly(0L, 2 * ETHER, 0L, 0L);
  }

  @Test
  void returnsTheActivationBalanceAndTheTopUpOfOneThatLeft() {
    begin(CAPELLA);
    pays(CAPELLA + 10, 7, ordinary());
    carries(CAPELLA + 11, deposit(3));
    pays(CAPELLA + EPOCH * 2, 35 * ETHER + 4, left(1, 32, CAPELLA + EPOCH * 2));
    assertThat(parts()).containsExactly(35 * ETHER, 4L, 0L, 0L);
    pays(CAPELLA + EPOCH * 2 + 1, 6, left(1, 32, CAPELLA + EPOCH * 2));
    assertThat(parts()).as("what came after").containsExactly(0L, 6L, 0L, 0L);
    carries(CAPELLA + EPOCH * 2 + 2, deposit(1));
    pays(CAPELLA + EPOCH * 2 + 3, ETHER + 2, left(1, 0, CAPELLA + EPOCH * 2));
    assertThat(parts()).as("a deposit for one that left").containsExactly(ETHER, 2L, 0L, 0L);
  }

  @Test
  void returnsNoMoreThanTheActivationBalanceOfOneItDidNotKnow() {
    begin(CAPELLA);
    pays(CAPELLA + 10, 32 * ETHER + 4, left(1, 32, CAPELLA));
    assertThat(parts()).containsExactly(32 * ETHER, 0L, 0L, 4L);
    assertThat(reasons()).containsExactly("history");
  }

  @Test
  void knowsTheIncomeOfOneThatBeganToCompoundBeforeItsEyes() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, ordinary());
    carries(ELECTRA + 2, new ConsolidationRequest(address(ME), key(ME), key(ME)));
    carries(ELECTRA + 3, deposit(8));
    carries(ELECTRA + 4, new WithdrawalRequest(address(ME), key(ME), new Gwei(3 * ETHER)));
    long later = ELECTRA + 300 * EPOCH;
    paysOnRequest(later, 3 * ETHER, compounding(40));
    assertThat(parts()).containsExactly(0L, 0L, 3 * ETHER, 0L);
    TestBlocks.Draft draft = after(last(), 1, paid(39 * ETHER)).inElectra();
    queue(draft.executed().block());
    pays(later + 1, 39 * ETHER, left(2, 38, later));
    assertThat(parts())
        .as("32 and 8 came in, 3 and 39 went out: 2 are income")
        .containsExactly(37 * ETHER, 2 * ETHER, 0L, 0L);
  }

  @Test
  void doesNotGuessWhatOfACompoundedBalanceWasPutIn() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, compounding(2048));
    pays(ELECTRA + 2, 8, compounding(2048));
    assertThat(parts()).containsExactly(0L, 8L, 0L, 0L);
    pays(ELECTRA + 2 * EPOCH, 2048 * ETHER, left(2, 2048, ELECTRA + 2 * EPOCH));
    assertThat(parts()).containsExactly(32 * ETHER, 0L, 0L, 2016 * ETHER);
    assertThat(reasons()).containsExactly("compounded");
  }

  @Test
  void doesNotGuessWhatAConsolidationMoved() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, ordinary());
    carries(ELECTRA + 2, new ConsolidationRequest(address(ME), key(ME), key(4)));
    pays(ELECTRA + 300 * EPOCH, 5, left(1, 0, ELECTRA + 300 * EPOCH));
    assertThat(parts()).containsExactly(0L, 0L, 0L, 5L);
    assertThat(reasons()).containsExactly("consolidation");
  }

  @Test
  void countsAsUnknownWhatOthersMayHaveBroughtIn() {
    begin(ELECTRA);
    pays(ELECTRA + 1, 7, compounding(2048));
    carries(ELECTRA + 2, new ConsolidationRequest(address(4), key(4), key(ME)));
    pays(ELECTRA + 3, 8, compounding(2048));
    assertThat(parts()).as("it takes 256 epochs").containsExactly(0L, 8L, 0L, 0L);
    pays(ELECTRA + 300 * EPOCH, 9, compounding(2048));
    assertThat(parts()).containsExactly(0L, 0L, 0L, 9L);
    assertThat(reasons()).containsExactly("consolidation");
  }

  @Test
  void forgetsTheDepositsOfAnOrphanedBlock() {
    begin(CAPELLA);
    ChainBlock parent = pays(CAPELLA + 10, 7, ordinary());
    carries(CAPELLA + 11, deposit(1));
    ChainBlock instead = after(parent, 1, List.of()).withVariant(1).executed().block();
    reorg(List.of(last()), List.of(instead));
    chain.removeLast();
    chain.add(instead);
    pays(CAPELLA + 12, ETHER + 5, ordinary());
    assertThat(parts()).containsExactly(0L, ETHER + 5, 0L, 0L);
  }
}
