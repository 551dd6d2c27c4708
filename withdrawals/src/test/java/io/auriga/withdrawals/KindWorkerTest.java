package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.address;
import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.first;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static io.auriga.withdrawals.TestBlocks.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.execution.ExecutionLog;
import io.auriga.clients.execution.ExecutionLogs;
import io.auriga.crypto.execution.ByteString;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.SlotClock;
import io.auriga.types.TransactionHash;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.types.WithdrawalIndex;
import io.auriga.types.WithdrawalRequest;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindQueries;
import io.auriga.withdrawals.kind.KindWorker;
import io.auriga.withdrawals.kind.RequestCause;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class KindWorkerTest extends LedgerFixture {
  private static final ChainSpec SPEC = ChainSpec.builtIn("mainnet");
  private static final long ELECTRA = 364_032L * 32;

  /** Far enough after it for a request of its first blocks to be paid. */
  private static final long LATER = ELECTRA + 300 * 32;

  private final StatesInMemory states = new StatesInMemory();
  private final List<ExecutionLog> logs = new ArrayList<>();
  private Instant now = startOf(LATER);
  private KindWorker worker;

  KindWorkerTest(Database database) {
    super(database);
  }

  @BeforeEach
  void hire() {
    worker =
        new KindWorker(
            store,
            states,
            new ExecutionLogs() {
              @Override
              public List<ExecutionLog> logs(BlockHash block, Address contract) {
                return logs.stream().filter(log -> log.blockHash().equals(block)).toList();
              }

              @Override
              public List<ExecutionLog> logs(BlockNumber from, BlockNumber to, Address contract) {
                return logs.stream()
                    .filter(
                        log ->
                            log.blockNumber().value() >= from.value()
                                && log.blockNumber().value() <= to.value())
                    .toList();
              }
            },
            SPEC,
            new SlotClock(TestBlocks.GENESIS, TestBlocks.SLOT, () -> now),
            new KindMetrics(new Metrics(new PrometheusRegistry()), store),
            Duration.ofSeconds(1));
  }

  private void work() {
    int steps = 0;
    while (worker.step()) {
      assertThat(++steps).as("steps until there is nothing left to do").isLessThan(10_000);
    }
  }

  private static BlsPublicKey key(long index) {
    return BlsPublicKey.of(ByteBuffer.allocate(BlsPublicKey.LENGTH).putLong(7, index).array());
  }

  private static Validator validator(long index, int prefix, long withdrawable, Gwei effective) {
    return new Validator(
        new ValidatorIndex(index),
        key(index),
        WithdrawalCredentials.of(prefix, address(index)),
        effective,
        effective,
        false,
        new Validator.Life(
            new Epoch(0), new Epoch(0), new Epoch(withdrawable), new Epoch(withdrawable)));
  }

  private static Validator active(long index, int prefix, long ether) {
    return validator(index, prefix, Epoch.FAR_FUTURE.value(), Gwei.ofEther(ether));
  }

  private void serve(ChainBlock block, Validator... validators) {
    states.put(block.view().stateRoot(), List.of(validators));
  }

  private List<String> kinds() {
    return all().stream().map(record -> record.kind().wireName()).toList();
  }

  private KindEvidence evidence(long index) {
    return queries.show(new WithdrawalIndex(index)).getFirst().evidence();
  }

  private static Withdrawal pays(long index, long validator) {
    return withdrawal(index, validator, validator, 1_000_000);
  }

  private static WithdrawalRequest asks(long validator, long gwei) {
    return new WithdrawalRequest(address(validator), key(validator), new Gwei(gwei));
  }

  @Test
  void judgesANewBlockByTheStateItLeft() {
    ChainBlock block =
        first(LATER, List.of(pays(5, 9), pays(6, 3), pays(7, 4))).inElectra().executed().block();
    commit(List.of(block));
    assertThat(kinds()).containsOnly("unknown");
    assertThat(evidence(5)).isEqualTo(KindEvidence.NOT_LOOKED_AT);
    serve(block, active(9, 2, 100), active(3, 1, 32), validator(4, 1, 9, Gwei.ofEther(32)));
    work();
    assertThat(kinds()).containsExactly("partial-request", "partial-sweep", "full");
    assertThat(worker.step()).as("it is done once").isFalse();
    assertThat(states.asked).hasSize(1);
  }

  @Test
  void waitsForFinalityWhereTheStateIsNotServed() {
    List<Withdrawal> paid = List.of(pays(5, 3), pays(6, 4));
    ChainBlock block = first(LATER, paid).inElectra().executed().block();
    ChainBlock next = after(block, 1, List.of()).executed().block();
    commit(List.of(block, next));
    work();
    assertThat(evidence(5)).isEqualTo(KindEvidence.AWAITING_FINALITY);
    serve(next, active(3, 1, 32), validator(4, 1, 9, Gwei.ofEther(0)));
    work();
    assertThat(evidence(5))
        .as("not asked again before it is final")
        .isEqualTo(KindEvidence.AWAITING_FINALITY);
    finality(5, next, 4, next);
    work();
    assertThat(kinds()).containsExactly("partial-sweep", "full");
  }

  @Test
  void saysWhatIsLackingWhereNoStateWillEverTell() {
    ChainBlock block = first(LATER, List.of(pays(5, 3))).inElectra().executed().block();
    commit(List.of(block));
    finality(5, block, 4, block);
    work();
    assertThat(evidence(5)).isEqualTo(KindEvidence.STATE_NOT_SERVED);
    int asked = states.asked.size();
    work();
    assertThat(states.asked).as("it is settled").hasSize(asked);
  }

  @Test
  void keepsNothingWhileNoNodeAnswersAndGoesOnThen() {
    ChainBlock block = first(LATER, List.of(pays(5, 3))).inElectra().executed().block();
    commit(List.of(block));
    states.down = true;
    assertThatThrownBy(worker::step).isInstanceOf(NodeException.class);
    assertThat(evidence(5)).isEqualTo(KindEvidence.NOT_LOOKED_AT);
    states.down = false;
    serve(block, active(3, 1, 32));
    hire();
    work();
    assertThat(evidence(5)).isEqualTo(KindEvidence.CREDENTIALS);
  }

  @Test
  void judgesBothSidesOfAReorgForThemselves() {
    ChainBlock parent = first(LATER, List.of()).inElectra().executed().block();
    ChainBlock undone = after(parent, 1, List.of(pays(5, 3))).executed().block();
    ChainBlock instead = after(parent, 1, List.of(pays(5, 9))).withVariant(1).executed().block();
    commit(List.of(parent, undone));
    serve(undone, active(3, 1, 32));
    serve(instead, active(9, 2, 100));
    work();
    reorg(List.of(undone), List.of(instead));
    work();
    assertThat(queries.show(new WithdrawalIndex(5)))
        .extracting(WithdrawalRecord::kind)
        .containsExactly(WithdrawalKind.REQUESTED_PARTIAL, WithdrawalKind.SWEEP_EXCESS);
  }

  @Test
  void manyFinalBlocksCostOneQuestion() {
    List<ChainBlock> chain = new ArrayList<>();
    chain.add(first(LATER, List.of(pays(0, 0))).inElectra().executed().block());
    for (int i = 1; i < 30; i++) {
      chain.add(after(chain.getLast(), 1, List.of(pays(i, i))).executed().block());
    }
    commit(chain);
    finality(5, chain.getLast(), 4, chain.getLast());
    Validator[] validators = new Validator[30];
    for (int i = 0; i < validators.length; i++) {
      validators[i] = active(i, 1, 32);
    }
    serve(chain.getLast(), validators);
    work();
    assertThat(kinds()).hasSize(30).containsOnly("partial-sweep");
    assertThat(states.asked).hasSize(1);
  }

  @Test
  void aFullPayloadBeforeTellsWhereTheSweepBegan() {
    List<Withdrawal> full = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      full.add(pays(i, 100 + i));
    }
    ChainBlock block = first(LATER, full).inElectra().executed().block();
    ChainBlock next = after(block, 1, List.of(pays(16, 90), pays(17, 130))).executed().block();
    commit(List.of(block, next));
    serve(next, active(90, 2, 2048), active(130, 2, 2048));
    work();
    assertThat(evidence(16)).isEqualTo(KindEvidence.OUT_OF_SWEEP_ORDER);
    assertThat(evidence(17)).isEqualTo(KindEvidence.AMBIGUOUS);
  }

  @Test
  void findsTheRequestAndTheTransactionThatCausedAPayment() {
    ChainBlock asked =
        first(ELECTRA, List.of()).inElectra(asks(8, 5), asks(9, 1_000_000)).executed().block();
    ChainBlock paid = after(asked, LATER - ELECTRA, List.of(pays(5, 9))).executed().block();
    commit(List.of(asked, paid));
    serve(paid, active(9, 2, 100));
    logs.add(log(asked, 4, asks(9, 1_000_000)));
    work();
    RequestCause cause =
        new KindQueries(store).cause(queries.show(new WithdrawalIndex(5)).getFirst()).orElseThrow();
    assertThat(cause.blockRoot()).isEqualTo(asked.root());
    assertThat(cause.source()).isEqualTo(address(9));
    assertThat(cause.amount()).isEqualTo(new Gwei(1_000_000));
    assertThat(cause.isProven()).isTrue();
    assertThat(cause.log()).hasValue(new RequestCause.Log(transaction(4), 4, asked.blockNumber()));
  }

  @Test
  void aRequestMayHaveWaitedInTheContractForABlock() {
    ChainBlock queued = first(ELECTRA, List.of()).inElectra().executed().block();
    ChainBlock carries = after(queued, 1, List.of()).inElectra(asks(9, 7)).executed().block();
    commit(List.of(queued, carries));
    logs.add(log(queued, 2, asks(9, 7)));
    work();
    assertThat(transactionsOf(carries)).containsExactly(Optional.of(transaction(2)));
  }

  @Test
  void paysRequestsInTheirOrderAndSaysWhatElseCouldHaveBeenMeant() {
    ChainBlock asked =
        first(ELECTRA, List.of())
            .inElectra(asks(9, 500_000), asks(9, 1_000_000), asks(9, -1))
            .executed()
            .block();
    ChainBlock paid =
        after(asked, LATER - ELECTRA, List.of(pays(5, 9), pays(6, 9))).executed().block();
    ChainBlock late = after(paid, 1, List.of()).inElectra(asks(9, 2_000_000)).executed().block();
    commit(List.of(asked, paid, late));
    serve(paid, active(9, 2, 100));
    work();
    KindQueries kinds = new KindQueries(store);
    RequestCause one = kinds.cause(queries.show(new WithdrawalIndex(5)).getFirst()).orElseThrow();
    assertThat(one.amount()).as("half a million would not do").isEqualTo(new Gwei(1_000_000));
    assertThat(one.others()).isEqualTo(1);
    RequestCause two = kinds.cause(queries.show(new WithdrawalIndex(6)).getFirst()).orElseThrow();
    assertThat(two.amount()).as("the most of 64 bits").isEqualTo(new Gwei(-1));
    assertThat(two.isProven()).isTrue();
  }

  private List<Optional<TransactionHash>> transactionsOf(ChainBlock block) {
    return store.read(
        read ->
            read.query(
                """
                SELECT r.transaction_hash FROM withdrawals_request r
                  JOIN withdrawals_block b ON b.block_id = r.block_id WHERE b.root = ?
                """,
                row -> row.findBytes("transaction_hash").map(TransactionHash::of),
                (Object) block.root().toBytes()));
  }

  private static TransactionHash transaction(int number) {
    return TransactionHash.of(ByteBuffer.allocate(32).putInt(number).array());
  }

  private static ExecutionLog log(ChainBlock block, int number, WithdrawalRequest request) {
    return new ExecutionLog(
        block.blockNumber(),
        block.blockHash(),
        transaction(number),
        number,
        ByteString.of(
            ByteBuffer.allocate(76)
                .put(request.source().toBytes())
                .put(request.validator().toBytes())
                .putLong(request.amount().value())
                .array()));
  }
}
