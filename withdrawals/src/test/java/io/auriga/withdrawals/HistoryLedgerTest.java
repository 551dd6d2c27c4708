package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.withdrawals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.HistoryOutcome.AlreadyHeld;
import io.auriga.withdrawals.HistoryOutcome.Loaded;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** History comes in pieces, in any order, beside what is followed; each once, and fitting. */
@ParameterizedClass
@EnumSource
class HistoryLedgerTest extends LedgerFixture {
  /** Slots 1 to 40, three withdrawals each, from index 10. */
  private final List<ChainBlock> blocks = chain(1, 40, 10, 3);

  HistoryLedgerTest(Database database) {
    super(database);
  }

  private HistoryLedger history() {
    return new HistoryLedger(store, Root.ZERO, () -> AT);
  }

  private ChainBlock at(int slot) {
    return blocks.get(slot - 1);
  }

  private List<ChainBlock> slots(int first, int last) {
    return blocks.subList(first - 1, last);
  }

  private HistoryBatch batch(int first, int last) {
    return batch(first, last, slots(first, last));
  }

  private static HistoryBatch batch(int first, int last, List<ChainBlock> blocks) {
    return new HistoryBatch(
        new Slot(first),
        new Slot(last),
        blocks.stream().map(HistoryBlock::of).toList(),
        Verification.FULL,
        "slots %d to %d".formatted(first, last));
  }

  private HistoryOutcome load(int first, int last) {
    return history().load(batch(first, last));
  }

  private void requireHeldOnce(int first, int last) {
    List<Withdrawal> expected =
        slots(first, last).stream().flatMap(block -> block.withdrawals().stream()).toList();
    assertThat(all()).map(WithdrawalRecord::withdrawal).isEqualTo(expected);
    LedgerSummary summary = queries.summary();
    assertThat(summary.withdrawals()).isEqualTo(expected.size());
    assertThat(summary.totalGwei())
        .isEqualTo(
            expected.stream()
                .map(withdrawal -> BigInteger.valueOf(withdrawal.amount().value()))
                .reduce(BigInteger.ZERO, BigInteger::add));
    assertThat(summary.byStage().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(expected.size());
    assertThat(queries.gaps()).isEmpty();
    assertThat(ledger.gaps()).isEmpty();
    assertThat(queries.summary()).as("after the rows were counted").isEqualTo(summary);
    assertThat(queries.spans()).hasSize(1);
  }

  private static void refused(HistoryError code, ThrowingCallable load) {
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(load)
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(code.code()));
  }

  @Test
  void joinsPiecesThatComeInAnyOrder() {
    assertThat(load(21, 30)).isEqualTo(new Loaded(10, 30));
    assertThat(load(1, 10)).isEqualTo(new Loaded(10, 30));
    assertThat(load(31, 40)).isEqualTo(new Loaded(10, 30));
    assertThat(load(11, 20)).isEqualTo(new Loaded(10, 30));
    requireHeldOnce(1, 40);
    assertThat(all()).allMatch(record -> record.stage() == Stage.FINALIZED);
    assertThat(queries.summary().firstSlot()).hasValue(new Slot(1));
    assertThat(queries.summary().lastSlot()).hasValue(new Slot(40));
    assertThat(queries.summary().position()).isEmpty();
  }

  @Test
  void keepsEveryFieldOfABlockAndTheRecordOfItsLoad() {
    var _ = load(1, 10);
    store.close();
    open();
    ChainBlock block = at(4);
    assertThat(queries.block(block.root()))
        .hasValueSatisfying(
            held -> {
              assertThat(held.parentRoot()).isEqualTo(block.view().parentRoot());
              assertThat(held.number()).isEqualTo(block.blockNumber());
              assertThat(held.hash()).isEqualTo(block.blockHash());
              assertThat(held.withdrawalsRoot()).isEqualTo(block.withdrawalsRoot());
              assertThat(held.fork()).isEqualTo(block.view().fork());
              assertThat(held.time()).isEqualTo(TestBlocks.startOf(4));
              assertThat(held.withdrawals()).isEqualTo(3);
              assertThat(held.times().finalized()).hasValue(AT);
              assertThat(held.times().execution()).isEmpty();
            });
    assertThat(history().units())
        .containsExactly(
            new HistoryUnit(
                new Slot(1),
                new Slot(10),
                at(1).view().parentRoot(),
                at(1).ref(),
                at(10).ref(),
                Optional.of(new WithdrawalIndex(10)),
                Optional.of(new WithdrawalIndex(40)),
                10,
                30,
                BigInteger.valueOf(30 * 1_000 + (10 + 39) * 30 / 2),
                Verification.FULL,
                "slots 1 to 10",
                AT,
                Optional.empty()));
  }

  @Test
  void loadsNothingTwice() {
    var _ = load(11, 20);
    assertThat(load(11, 20)).isEqualTo(new AlreadyHeld());
    assertThat(load(13, 17)).isEqualTo(new AlreadyHeld());
    assertThat(history().units()).hasSize(1);
    assertThat(history().holds(new Slot(11), new Slot(20))).isTrue();
    assertThat(history().holds(new Slot(11), new Slot(21))).isFalse();
    assertThat(history().holds(new Slot(10), new Slot(20))).isFalse();
    requireHeldOnce(11, 20);
  }

  @Test
  void takesOfAnOverlappingPieceWhatIsNew() {
    var _ = load(11, 20);
    var _ = load(26, 30);
    assertThat(load(6, 35)).isEqualTo(new Loaded(15, 45));
    assertThat(history().units())
        .map(HistoryUnit::first)
        .map(Slot::value)
        .containsExactly(6L, 11L, 21L, 26L, 31L);
    requireHeldOnce(6, 35);
  }

  @Test
  void saysWhatLiesBetweenThePieces() {
    var _ = load(1, 10);
    commit(slots(31, 40));
    var _ = load(16, 20);
    assertThat(queries.gaps())
        .map(gap -> gap.gap().first().value() + "-" + gap.gap().last().value() + gap.lost())
        .containsExactly("40-54false", "70-99false");
    assertThat(queries.knownGaps()).isEqualTo(queries.gaps());
    assertThat(queries.gaps().getFirst().gap().after()).hasValue(at(10).ref());
    assertThat(queries.gaps().getFirst().gap().before()).isEqualTo(at(16).ref());
    assertThat(queries.summary().gaps()).isZero();
    assertThat(queries.summary().notLoaded()).isEqualTo(2);
    // They are not the follower's to repair.
    assertThat(ledger.gaps()).isEmpty();
    assertThat(ledger.firstSlot()).hasValue(new Slot(31));
  }

  @Test
  void refusesToAnswerForARangeThatIsNotHeldWhole() {
    var _ = load(1, 10);
    var _ = load(21, 30);
    WithdrawalFilter all = WithdrawalFilter.ALL;
    List<WithdrawalFilter> notHeld =
        List.of(
            all.withFromSlot(new Slot(5)),
            all.withFromSlot(new Slot(12)).withToSlot(new Slot(15)),
            all.withToIndex(new WithdrawalIndex(50)),
            all.withFromBlock(new BlockNumber(10)).withToBlock(new BlockNumber(21)),
            all.withFromTime(TestBlocks.startOf(10)).withToTime(TestBlocks.startOf(12)),
            all.withValidator(new ValidatorIndex(3)).withToSlot(new Slot(25)));
    for (WithdrawalFilter filter : notHeld) {
      refused(HistoryError.NOT_HELD, () -> queries.list(filter, 10, Optional.empty()));
      refused(HistoryError.NOT_HELD, () -> queries.export(filter, _ -> {}));
    }
    List<WithdrawalFilter> held =
        List.of(
            all.withFromSlot(new Slot(21)),
            all.withToSlot(new Slot(10)),
            all.withFromIndex(new WithdrawalIndex(10)).withToIndex(new WithdrawalIndex(39)),
            all.withFromTime(TestBlocks.startOf(4)).withToTime(TestBlocks.startOf(11)));
    for (WithdrawalFilter filter : held) {
      assertThat(queries.list(filter, 10, Optional.empty()).records()).isNotEmpty();
    }
    assertThat(queries.list(all, 100, Optional.empty()).records()).hasSize(60);
  }

  @Test
  void findsLoadedWithdrawalsByEveryFilter() {
    var _ = load(1, 10);
    var _ = load(21, 30);
    WithdrawalFilter all = WithdrawalFilter.ALL.withOrder(Order.OLDEST_FIRST);
    assertThat(
            queries.list(all.withValidator(new ValidatorIndex(3)), 100, Optional.empty()).records())
        .map(record -> record.withdrawal().index().value())
        .containsExactly(10L, 17L, 24L, 31L, 38L, 73L, 80L, 87L, 94L);
    assertThat(
            queries.list(all.withStages(Set.of(Stage.FINALIZED)), 100, Optional.empty()).records())
        .hasSize(60);
    assertThat(queries.list(all.withStages(Set.of(Stage.SAFE)), 100, Optional.empty()).records())
        .isEmpty();
    WithdrawalPage page = queries.list(all, 7, Optional.empty());
    assertThat(queries.list(all, 100, page.nextCursor()).records()).hasSize(53);
    assertThat(queries.show(new WithdrawalIndex(75))).hasSize(1);
    assertThat(queries.lastFinalIndex()).hasValue(new WithdrawalIndex(99));
  }

  @Test
  void loadsUpToWhatIsFollowed() {
    commit(slots(31, 40));
    finality(2, at(38), 1, at(35));
    assertThat(load(21, 36)).isEqualTo(new Loaded(10, 30));
    assertThat(load(1, 20)).isEqualTo(new Loaded(20, 60));
    requireHeldOnce(1, 40);
    assertThat(stage(at(36))).isEqualTo(Stage.SAFE);
    assertThat(queries.summary().byStage().get(Stage.FINALIZED)).isEqualTo(35 * 3);
    reorg(slots(39, 40), branch(at(38), 3, 124, 2, 1));
    assertThat(queries.summary().withdrawals()).isEqualTo(38 * 3 + 6);
    assertThat(queries.summary().byStage().get(Stage.ORPHANED)).isEqualTo(6);
    assertThat(ledger.unmatched(new Slot(1_000), 10)).isEmpty();
    assertThat(ledger.canonical(at(20).root())).isEmpty();
    assertThat(ledger.canonicalAbove(new Slot(36))).hasSize(5);
  }

  @Test
  void isFollowedThrough() {
    commit(slots(1, 10));
    var _ = load(15, 20);
    assertThat(ledger.canonicalAbove(new Slot(8))).hasSize(2);
    commit(slots(11, 17));
    commit(slots(18, 25));
    requireHeldOnce(1, 25);
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(at(25).ref());
    reorg(slots(23, 25), slots(23, 24));
    requireHeldOnceWith(3);
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> reorg(slots(20, 24), List.of()))
        .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(ChainError.FINALITY_CONFLICT));
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(at(24).ref());
  }

  private void requireHeldOnceWith(int orphaned) {
    assertThat(queries.summary().withdrawals()).isEqualTo(24 * 3);
    assertThat(queries.summary().byStage().get(Stage.ORPHANED)).isEqualTo(orphaned);
    assertThat(ledger.gaps()).isEmpty();
  }

  @Test
  void isFollowedFromWithin() {
    var _ = load(5, 20);
    commit(slots(8, 12));
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(at(12).ref());
    assertThat(ledger.firstSlot()).hasValue(new Slot(8));
    commit(slots(13, 22));
    requireHeldOnce(5, 22);
    commit(slots(20, 23));
    requireHeldOnce(5, 23);
  }

  @Test
  void refusesToFollowAnotherChainThroughIt() {
    commit(slots(1, 10));
    var _ = load(15, 20);
    List<ChainBlock> other = branch(at(10), 8, 40, 3, 7);
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> commit(other))
        .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(ChainError.FINALITY_CONFLICT));
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(at(10).ref());
  }

  @Test
  void refusesWhatContradictsWhatIsHeld() {
    var _ = load(11, 20);
    List<ChainBlock> other = branch(at(10), 10, 40, 3, 7);
    refused(HistoryError.CONTRADICTION, () -> history().load(batch(11, 20, other)));
    refused(HistoryError.CONTRADICTION, () -> history().load(batch(11, 20, slots(11, 19))));
    commit(slots(31, 40));
    refused(
        HistoryError.CONTRADICTION,
        () -> history().load(batch(31, 33, branch(at(30), 3, 100, 3, 7))));
    assertThat(history().units()).hasSize(1);
    assertThat(queries.summary().withdrawals()).isEqualTo(60);
  }

  @Test
  void refusesNeighboursThatAreNotLinked() {
    var _ = load(11, 20);
    List<ChainBlock> other = branch(at(9), 1, 37, 3, 7);
    refused(HistoryError.NOT_LINKED, () -> history().load(batch(10, 10, other)));
    refused(HistoryError.NOT_LINKED, () -> history().load(batch(21, 23, List.of(at(21), at(23)))));
    ChainBlock stranger = after(at(30), 1, withdrawals(70, 3)).block();
    refused(HistoryError.NOT_LINKED, () -> history().load(batch(21, 31, List.of(stranger))));
    // With slots between that nobody looked at, the parent may be there.
    assertThat(
            history().load(batch(31, 31, List.of(after(at(30), 1, withdrawals(100, 3)).block()))))
        .isEqualTo(new Loaded(1, 3));
    assertThat(queries.spans()).hasSize(2);
  }

  @Test
  void refusesIndicesThatDoNotFit() {
    var _ = load(11, 20);
    refused(
        HistoryError.INDEX_MISMATCH,
        () -> history().load(batch(21, 21, List.of(after(at(20), 1, withdrawals(71, 3)).block()))));
    refused(
        HistoryError.INDEX_MISMATCH,
        () -> history().load(batch(31, 31, List.of(after(at(30), 1, withdrawals(69, 3)).block()))));
    ChainBlock child = after(at(21), 1, withdrawals(74, 3)).block();
    refused(
        HistoryError.INDEX_MISMATCH, () -> history().load(batch(21, 22, List.of(at(21), child))));
    assertThat(queries.summary().withdrawals()).isEqualTo(30);
  }

  @Test
  void linksPiecesAcrossEmptySlots() {
    ChainBlock late = after(at(10), 6, withdrawals(40, 3)).block();
    ChainBlock later = after(late, 1, List.of()).block();
    var _ = history().load(batch(16, 20, List.of(late, later)));
    var _ = load(1, 10);
    assertThat(queries.spans()).hasSize(1);
    assertThat(queries.gaps()).isEmpty();
    ChainBlock last = after(later, 5, List.of()).block();
    var _ = history().load(batch(21, 25, List.of(last)));
    assertThat(queries.spans()).hasSize(1);
    assertThat(queries.spans().getFirst().nextIndex()).hasValue(new WithdrawalIndex(43));
  }

  @Test
  void refusesWhatIsEmptyOrTooLarge() {
    refused(HistoryError.EMPTY, () -> history().load(batch(1, 10, List.of())));
    HistoryBlock sample = HistoryBlock.of(at(1));
    HistoryBlock far =
        new HistoryBlock(
            new io.auriga.chain.BlockRef(new Slot(1L << 31), sample.ref().root()),
            sample.parentRoot(),
            sample.fork(),
            sample.number(),
            sample.hash(),
            sample.withdrawalsRoot(),
            sample.timestamp(),
            sample.stateRoot(),
            sample.bytes(),
            BlockRequests.NONE);
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(
            () ->
                history()
                    .load(
                        new HistoryBatch(
                            new Slot(1L << 31),
                            new Slot(1L << 31),
                            List.of(far),
                            Verification.ROOTS,
                            "far")))
        .satisfies(
            failure ->
                assertThat(failure.code()).isEqualTo(WithdrawalError.VALUE_TOO_LARGE.code()));
    assertThat(history().units()).isEmpty();
  }

  private List<String> unanchored() {
    return history().unanchored().stream().map(load -> load.first() + "-" + load.last()).toList();
  }

  private HistoryOutcome loadAnchored(int first, int last) {
    HistoryBatch plain = batch(first, last);
    return history()
        .load(
            new HistoryBatch(
                plain.first(),
                plain.last(),
                plain.blocks(),
                plain.verification(),
                plain.source(),
                Optional.of("node")));
  }

  @Test
  void isAnchoredByWhatIsFollowedAfterIt() {
    var _ = load(1, 10);
    var _ = load(11, 20);
    var _ = load(31, 35);
    assertThat(unanchored()).containsExactly("1-10", "11-20", "31-35");
    commit(slots(21, 25));
    assertThat(unanchored()).containsExactly("31-35");
    commit(slots(26, 33));
    assertThat(unanchored()).as("the head is within it").containsExactly("31-35");
    commit(slots(34, 40));
    assertThat(unanchored()).isEmpty();
  }

  @Test
  void isAnchoredByAWitnessOfANewerLoadAndNotOfAnOlderOne() {
    var _ = load(1, 10);
    var _ = loadAnchored(11, 20);
    var _ = load(21, 30);
    assertThat(unanchored()).containsExactly("21-30");
    history().anchor(at(30).root(), "the state x");
    assertThat(unanchored()).isEmpty();
    assertThat(history().units())
        .map(HistoryUnit::anchor)
        .containsExactly(Optional.empty(), Optional.of("node"), Optional.of("the state x"));
    history().anchor(at(20).root(), "another");
    assertThat(history().units().get(1).anchor()).hasValue("node");
  }

  @Test
  void isNotAnchoredAcrossAHole() {
    var _ = load(1, 10);
    var _ = loadAnchored(12, 20);
    assertThat(unanchored()).containsExactly("1-10");
    var _ = load(11, 11);
    assertThat(unanchored()).isEmpty();
  }

  @Test
  void findsWhatWasLostOfAPieceAndTakesThePieceAgain() {
    var _ = load(1, 10);
    commit(slots(11, 20));
    damage("DELETE FROM withdrawals_entry WHERE withdrawal_index = 14");
    damage("DELETE FROM withdrawals_block WHERE slot = 6");
    assertThat(queries.gaps())
        .map(gap -> gap.gap().first().value() + "-" + gap.gap().last().value() + gap.lost())
        .containsExactly("14-14true", "25-27true");
    // What was loaded is not the follower's to repair.
    assertThat(ledger.gaps()).isEmpty();
    assertThat(load(1, 10)).isEqualTo(new Loaded(10, 30));
    requireHeldOnce(1, 20);
  }
}
