package io.auriga.withdrawals;

import static io.auriga.withdrawals.RecordedNode.CHAIN;
import static io.auriga.withdrawals.TestBlocks.address;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.ChainBlock;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.statement.Groups;
import io.auriga.withdrawals.statement.Groups.Group;
import io.auriga.withdrawals.statement.Statement;
import io.auriga.withdrawals.statement.StatementKey;
import io.auriga.withdrawals.statement.StatementLine;
import io.auriga.withdrawals.statement.StatementQueries;
import io.auriga.withdrawals.statement.Sums;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class StatementTest extends LedgerFixture {
  private static final Groups GROUPS =
      new Groups(
          List.of(
              new Group("north", Set.of(new ValidatorIndex(1)), Set.of()),
              new Group("south", Set.of(), Set.of(address(2), address(1)))));

  StatementTest(Database database) {
    super(database);
  }

  /** A statement with the lines that were handed on. */
  private record Written(
      List<StatementLine> lines, Sums total, Map<String, BigInteger> unattributed, Sums open) {}

  private Written statement(Instant from, Instant to, StatementKey... by) {
    List<StatementLine> lines = new ArrayList<>();
    Statement statement =
        new StatementQueries(store).statement(from, to, Set.of(by), GROUPS, _ -> {}, lines::add);
    return new Written(lines, statement.total(), statement.unattributed(), statement.open());
  }

  private static BigInteger sum(Stream<ChainBlock> blocks) {
    return blocks
        .flatMap(block -> block.withdrawals().stream())
        .map(withdrawal -> new BigInteger(withdrawal.amount().toString()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger sum(Written statement) {
    return statement.lines().stream()
        .map(line -> line.sums().amount())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Test
  void everyArrangementAddsUpToTheBlocksToTheGwei() {
    List<ChainBlock> blocks = chain(10, 20, 0, 5);
    commit(blocks);
    finality(2, blocks.getLast(), 1, blocks.getLast());
    BigInteger all = sum(blocks.stream());
    for (StatementKey key : StatementKey.values()) {
      Written statement = statement(startOf(0), startOf(100), key);
      assertThat(sum(statement)).as("%s", key).isEqualTo(all);
      assertThat(statement.total().amount()).isEqualTo(all);
      assertThat(statement.total().count()).isEqualTo(100);
      assertThat(statement.open().count()).isZero();
    }
    assertThat(sum(statement(startOf(0), startOf(100), StatementKey.values()))).isEqualTo(all);
    assertThat(statement(startOf(0), startOf(100)).lines()).hasSize(1);
  }

  @Test
  void aPeriodBeginsWithItsFirstSlotAndEndsBeforeItsLast() {
    List<ChainBlock> blocks = chain(10, 20, 0, 5);
    commit(blocks);
    finality(2, blocks.getLast(), 1, blocks.getLast());
    Written part = statement(startOf(12), startOf(15));
    assertThat(part.total().amount()).isEqualTo(sum(blocks.subList(2, 5).stream()));
    assertThat(new StatementQueries(store).count(startOf(12), startOf(15))).isEqualTo(15);
    assertThat(statement(startOf(500), startOf(600)).lines()).isEmpty();
  }

  @Test
  void whatIsNotFinalIsApartAndWhatIsOrphanedNowhere() {
    List<ChainBlock> blocks = chain(10, 6, 0, 5);
    commit(blocks);
    finality(2, blocks.get(3), 1, blocks.get(3));
    List<ChainBlock> instead = branch(blocks.get(3), 2, 20, 5, 1);
    reorg(blocks.subList(4, 6), instead);
    Written statement = statement(startOf(0), startOf(100), StatementKey.VALIDATOR);
    assertThat(statement.total().amount()).isEqualTo(sum(blocks.subList(0, 4).stream()));
    assertThat(sum(statement)).isEqualTo(statement.total().amount());
    assertThat(statement.open().amount()).isEqualTo(sum(instead.stream()));
  }

  @Test
  void aWithdrawalIsOfOneGroupAtTheMost() {
    List<ChainBlock> blocks = chain(10, 20, 0, 5);
    commit(blocks);
    finality(2, blocks.getLast(), 1, blocks.getLast());
    Written statement = statement(startOf(0), startOf(100), StatementKey.GROUP);
    assertThat(statement.lines())
        .extracting(line -> line.group().orElseThrow())
        .containsExactly("", "north", "south");
    List<Withdrawal> all = blocks.stream().flatMap(block -> block.withdrawals().stream()).toList();
    assertThat(statement.lines().get(1).sums().count())
        .isEqualTo(all.stream().filter(one -> one.validatorIndex().value() == 1).count());
    assertThat(statement.lines().get(2).sums().count())
        .isEqualTo(
            all.stream()
                .filter(
                    one ->
                        one.validatorIndex().value() != 1
                            && Set.of(address(1), address(2)).contains(one.address()))
                .count());
    assertThatThrownBy(
            () ->
                new Groups(
                    List.of(
                        new Group("a", Set.of(new ValidatorIndex(1)), Set.of()),
                        new Group("b", Set.of(new ValidatorIndex(1)), Set.of()))))
        .hasMessageContaining("validator 1 is in the groups a and b");
  }

  @Test
  void comesInTheSameOrderEachTime() {
    List<ChainBlock> blocks = chain(10, 20, 0, 5);
    commit(blocks);
    finality(2, blocks.getLast(), 1, blocks.getLast());
    Written statement = statement(startOf(0), startOf(100), StatementKey.VALIDATOR);
    assertThat(statement.lines())
        .extracting(line -> line.validator().orElseThrow().value())
        .isSorted();
    assertThat(statement(startOf(0), startOf(100), StatementKey.VALIDATOR)).isEqualTo(statement);
  }

  @Test
  void tellsPrincipalIncomeAndRequestedApartOnTheRecordedChain() {
    List<ChainBlock> blocks = RecordedKindsTest.canonical();
    commit(blocks);
    finality(16, blocks.getLast(), 15, blocks.getLast());
    RecordedKindsTest.judge(store, CHAIN.end());
    Written statement =
        statement(
            CHAIN.startOf(blocks.getFirst().ref().slot()),
            CHAIN.end().plusSeconds(60),
            StatementKey.VALIDATOR);
    assertThat(statement.total().amount()).isEqualTo(sum(blocks.stream()));
    assertThat(statement.total().requested()).isEqualTo(BigInteger.valueOf(1_500_000_000));
    BigInteger parts =
        Stream.<Function<StatementLine, BigInteger>>of(
                line -> line.sums().principal(),
                line -> line.sums().income(),
                line -> line.sums().requested(),
                line -> line.sums().unattributed())
            .map(
                part ->
                    statement.lines().stream().map(part).reduce(BigInteger.ZERO, BigInteger::add))
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(parts).isEqualTo(statement.total().amount());
    assertThat(statement.unattributed().values().stream().reduce(BigInteger.ZERO, BigInteger::add))
        .isEqualTo(statement.total().unattributed());
    Set<Long> returned =
        statement.lines().stream()
            .filter(line -> line.sums().principal().signum() > 0)
            .map(line -> line.validator().orElseThrow().value())
            .collect(Collectors.toSet());
    Set<Long> leftInFull =
        all().stream()
            .filter(record -> record.kind() == WithdrawalKind.FULL)
            .map(record -> record.withdrawal().validatorIndex().value())
            .collect(Collectors.toSet());
    // Validator 8 was consolidated into 9: its principal moved, and of the rest nothing is known.
    leftInFull.remove(8L);
    assertThat(returned).isNotEmpty().isEqualTo(leftInFull);
    assertThat(statement.unattributed())
        .containsOnlyKeys("consolidation", "history")
        .containsEntry("consolidation", paidInFull(8));
    assertThat(statement.unattributed().get("history")).isEqualTo(firstPayments());
    assertThat(statement.lines())
        .filteredOn(line -> line.sums().principal().signum() > 0)
        .allSatisfy(
            line ->
                assertThat(line.sums().principal())
                    .as("none of them compounds: %s", line)
                    .isEqualTo(BigInteger.valueOf(32_000_000_000L)));
  }

  /** The first time, which left nothing: what comes after was earned after. */
  private BigInteger paidInFull(long validator) {
    return all().stream()
        .filter(record -> record.kind() == WithdrawalKind.FULL)
        .filter(record -> record.withdrawal().validatorIndex().value() == validator)
        .limit(1)
        .map(record -> new BigInteger(record.withdrawal().amount().toString()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * What may have been put in before the ledger began: what the sweep paid first, but for the
   * activation balance of those that left, and for 8, of which nothing is known.
   */
  private BigInteger firstPayments() {
    Map<ValidatorIndex, WithdrawalRecord> first = new HashMap<>();
    all().stream()
        .filter(record -> record.stage() != Stage.ORPHANED)
        .forEach(record -> first.putIfAbsent(record.withdrawal().validatorIndex(), record));
    first.remove(new ValidatorIndex(8));
    return first.values().stream()
        .filter(record -> record.kind() != WithdrawalKind.REQUESTED_PARTIAL)
        .map(
            record ->
                new BigInteger(record.withdrawal().amount().toString())
                    .subtract(
                        BigInteger.valueOf(
                            record.kind() == WithdrawalKind.FULL ? 32_000_000_000L : 0)))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Test
  void manyMoreBlocksThanAreReadAtOnceAddUp() {
    List<ChainBlock> blocks = chain(1, 2_300, 0, 1);
    commit(blocks);
    finality(2, blocks.getLast(), 1, blocks.getLast());
    Written statement = statement(startOf(0), startOf(5_000), StatementKey.VALIDATOR);
    assertThat(statement.total().count()).isEqualTo(2_300);
    assertThat(statement.total().amount()).isEqualTo(sum(blocks.stream()));
    assertThat(sum(statement)).isEqualTo(statement.total().amount());
  }

  @Test
  void theLinesOfADayComeBeforeTheNextDayIsRead() {
    // 7,200 slots are a day; the blocks lie round its end.
    List<ChainBlock> blocks = chain(7_150, 100, 0, 2);
    commit(blocks);
    finality(2, blocks.getLast(), 1, blocks.getLast());
    Written statement =
        statement(startOf(0), startOf(9_000), StatementKey.DAY, StatementKey.VALIDATOR);
    assertThat(statement.lines())
        .extracting(line -> line.day().orElseThrow().toString())
        .isSorted()
        .contains("2026-01-01", "2026-01-02");
    assertThat(sum(statement)).isEqualTo(sum(blocks.stream()));
    BigInteger second =
        statement.lines().stream()
            .filter(line -> line.day().orElseThrow().toString().equals("2026-01-02"))
            .map(line -> line.sums().amount())
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(second).isEqualTo(sum(blocks.subList(50, 100).stream()));
  }

  @Test
  void aPeriodWithAHoleInItHasNoStatement() {
    List<ChainBlock> blocks = chain(1, 30, 0, 3);
    HistoryLedger history = new HistoryLedger(store, Root.ZERO, () -> AT);
    load(history, 1, 10, blocks.subList(0, 10));
    load(history, 21, 30, blocks.subList(20, 30));
    assertThatThrownBy(() -> statement(startOf(5), startOf(25)))
        .isInstanceOf(AurigaException.class)
        .extracting(failure -> ((AurigaException) failure).code())
        .isEqualTo(HistoryError.NOT_HELD.code());
    assertThat(statement(startOf(21), startOf(25)).total().amount())
        .isEqualTo(sum(blocks.subList(20, 24).stream()));
  }

  private static void load(HistoryLedger history, long first, long last, List<ChainBlock> blocks) {
    HistoryOutcome _ =
        history.load(
            new HistoryBatch(
                new Slot(first),
                new Slot(last),
                blocks.stream().map(HistoryBlock::of).toList(),
                Verification.FULL,
                "a test"));
  }
}
