package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.first;
import static io.auriga.withdrawals.TestBlocks.newestFirst;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static io.auriga.withdrawals.TestBlocks.withdrawal;
import static io.auriga.withdrawals.TestBlocks.withdrawals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.chain.UnmatchedBlock;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger promises when it is written to. */
@ParameterizedClass
@EnumSource
class WithdrawalLedgerTest extends LedgerFixture {
  WithdrawalLedgerTest(Database database) {
    super(database);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(ledger.position()).isEmpty();
    assertThat(ledger.firstSlot()).isEmpty();
    assertThat(ledger.canonicalAbove(new Slot(0))).isEmpty();
    assertThat(ledger.unmatched(new Slot(1_000), 10)).isEmpty();
    assertThat(ledger.gaps()).isEmpty();
    LedgerSummary summary = queries.summary();
    assertThat(summary.withdrawals()).isZero();
    assertThat(summary.byStage()).hasSize(Stage.values().length);
    assertThat(summary.lastIndex()).isEmpty();
    assertThat(queries.blocks(5, Optional.empty())).isEmpty();
  }

  @Test
  void keepsEveryFieldAndThePositionAcrossARestart() {
    List<ChainBlock> blocks = chain(100, 3, 5, 2);
    commit(blocks);
    store.close();
    open();
    assertThat(ledger.position())
        .hasValue(
            new ChainPosition(
                blocks.get(2).ref(),
                Optional.of(new WithdrawalIndex(11)),
                new Epoch(0),
                Optional.empty(),
                new Epoch(0),
                Optional.empty()));
    assertThat(ledger.firstSlot()).hasValue(new Slot(100));
    ChainBlock middle = blocks.get(1);
    assertThat(queries.show(new WithdrawalIndex(8)))
        .containsExactly(
            new WithdrawalRecord(
                withdrawals(8, 1).getFirst(),
                1,
                new Slot(101),
                middle.root(),
                middle.blockNumber(),
                middle.blockHash(),
                middle.withdrawalsRoot(),
                startOf(101),
                Stage.EXECUTION,
                new StageTimes(
                    startOf(101).plusMillis(700),
                    Optional.of(startOf(101).plusMillis(703)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                KindEvidence.NOT_LOOKED_AT));
    assertThat(queries.block(middle.root()))
        .hasValueSatisfying(
            block -> {
              assertThat(block.parentRoot()).isEqualTo(blocks.getFirst().root());
              assertThat(block.withdrawals()).isEqualTo(2);
              assertThat(block.total()).isEqualTo(new Gwei(2_015));
              assertThat(block.canonical()).isTrue();
              assertThat(queries.block(block.hash())).hasValue(block);
              assertThat(queries.block(block.number())).hasValue(block);
              assertThat(queries.block(block.slot())).hasValue(block);
            });
  }

  @Test
  void canBeReadByAnotherProcessWhileItIsWritten() {
    commit(chain(1, 2, 0, 3));
    try (Store reading = Store.openReadOnly(url, WithdrawalLedger.MIGRATIONS)) {
      WithdrawalQueries other = new WithdrawalQueries(reading);
      assertThat(other.summary().withdrawals()).isEqualTo(6);
      commit(List.of(after(chain(1, 2, 0, 3).getLast(), 1, withdrawals(6, 1)).block()));
      assertThat(other.summary().withdrawals()).isEqualTo(7);
    }
  }

  @Test
  void namesTheMissingIndicesAndStoresNothing() {
    List<ChainBlock> blocks = chain(1, 2, 0, 3);
    commit(blocks);
    ChainBlock good = after(blocks.getLast(), 1, withdrawals(6, 2)).block();
    ChainBlock beyond = after(good, 1, withdrawals(11, 1)).block();
    var before = ledger.position();
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> commit(List.of(good, beyond)))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ChainError.INDEX_GAP))
        .withMessageContaining(beyond.ref().toString())
        .withMessageContaining("8 to 10 are missing");
    assertThat(ledger.position()).isEqualTo(before);
    assertThat(all()).hasSize(6);
    commit(List.of(good));
    assertThat(all()).hasSize(8);
  }

  @Test
  void refusesAnIndexThatComesTwice() {
    List<ChainBlock> blocks = chain(1, 2, 0, 3);
    commit(blocks);
    ChainBlock overlapping = after(blocks.getLast(), 1, withdrawals(5, 2)).block();
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> commit(List.of(overlapping)))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ChainError.INDEX_GAP))
        .withMessageContaining("withdrawal 5 comes twice");
    ChainBlock twiceInside =
        after(blocks.getLast(), 1, List.of(withdrawal(6, 1, 1, 1), withdrawal(6, 2, 1, 1))).block();
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> commit(List.of(twiceInside)))
        .withMessageContaining("withdrawal 6 comes twice");
    assertThat(all()).hasSize(6);
  }

  @Test
  void acceptsBlocksWithoutWithdrawalsBeforeTheFirstOneAndBetween() {
    ChainBlock none = first(3, List.of()).block();
    ChainBlock some = after(none, 2, withdrawals(40, 1)).block();
    ChainBlock noneAgain = after(some, 1, List.of()).block();
    commit(List.of(none));
    assertThat(ledger.position().orElseThrow().nextIndex()).isEmpty();
    commit(List.of(some, noneAgain));
    assertThat(ledger.position().orElseThrow().nextIndex()).hasValue(new WithdrawalIndex(41));
    assertThat(queries.summary().firstIndex()).hasValue(new WithdrawalIndex(40));
    assertThat(ledger.gaps()).isEmpty();
    reorg(List.of(some, noneAgain), List.of(after(none, 3, withdrawals(40, 2)).block()));
    assertThat(ledger.position().orElseThrow().nextIndex()).hasValue(new WithdrawalIndex(42));
  }

  @Test
  void refusesABlockThatIsNotOnTopOfItsHead() {
    List<ChainBlock> blocks = chain(1, 3, 0, 1);
    commit(blocks);
    ChainBlock aside = after(blocks.get(1), 2, withdrawals(3, 1)).block();
    assertThatIllegalStateException()
        .isThrownBy(() -> commit(List.of(aside)))
        .withMessageContaining(aside.ref().toString());
    assertThat(all()).hasSize(3);
  }

  @Test
  void keepsOrphansFlaggedBesideTheBlocksThatReplacedThem() {
    List<ChainBlock> blocks = chain(1, 4, 0, 2);
    commit(blocks);
    List<ChainBlock> lost = blocks.subList(2, 4);
    List<ChainBlock> won = branch(blocks.get(1), 3, 4, 1, 9);
    reorg(lost, won);
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(won.getLast().ref());
    assertThat(ledger.position().orElseThrow().nextIndex()).hasValue(new WithdrawalIndex(7));
    assertThat(ledger.canonical(lost.getFirst().root())).isEmpty();
    assertThat(ledger.canonicalAbove(new Slot(1)))
        .containsExactlyElementsOf(
            newestFirst(List.of(blocks.get(1), won.get(0), won.get(1), won.get(2))));
    List<WithdrawalRecord> five = queries.show(new WithdrawalIndex(5));
    assertThat(five)
        .extracting(WithdrawalRecord::stage)
        .containsExactly(Stage.EXECUTION, Stage.ORPHANED);
    assertThat(five.get(1).times().orphaned()).hasValue(AT);
    assertThat(five.get(1).blockRoot()).isEqualTo(lost.getFirst().root());
    LedgerSummary summary = queries.summary();
    assertThat(summary.withdrawals()).isEqualTo(7);
    assertThat(summary.byStage().get(Stage.ORPHANED)).isEqualTo(4);
    assertThat(all()).hasSize(11);
    assertThat(queries.block(new Slot(3)))
        .hasValueSatisfying(block -> assertThat(block.root()).isEqualTo(won.getFirst().root()));
  }

  @Test
  void givesABlockThatComesBackItsOwnRowWithItsFirstTimes() {
    List<ChainBlock> blocks = chain(1, 4, 0, 2);
    commit(blocks);
    finality(2, blocks.get(3), 1, blocks.get(0));
    StageTimes before = queries.block(blocks.get(3).root()).orElseThrow().times();
    assertThat(before.safe()).isPresent();
    List<ChainBlock> lost = blocks.subList(2, 4);
    List<ChainBlock> won = branch(blocks.get(1), 1, 4, 2, 9);
    reorg(lost, won);
    StageTimes orphaned = queries.block(blocks.get(3).root()).orElseThrow().times();
    assertThat(orphaned.safe()).isEqualTo(before.safe());
    assertThat(orphaned.orphaned()).hasValue(AT);
    reorg(won, lost);
    StageTimes back = queries.block(blocks.get(3).root()).orElseThrow().times();
    assertThat(back)
        .isEqualTo(
            new StageTimes(
                before.consensus(),
                before.execution(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(queries.show(new WithdrawalIndex(7))).hasSize(1);
    assertThat(all()).hasSize(10);
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(blocks.getLast().ref());
    assertThat(ledger.gaps()).isEmpty();
  }

  @Test
  void isUnchangedByAnUpdateThatComesTwice() {
    List<ChainBlock> blocks = chain(1, 4, 0, 2);
    List<ChainBlock> won = branch(blocks.get(1), 2, 4, 1, 9);
    ChainUpdate forward = ChainUpdate.ofBlocks(AT, List.of(), blocks);
    ChainUpdate sideways = ChainUpdate.ofBlocks(AT, newestFirst(blocks.subList(2, 4)), won);
    ChainUpdate finality =
        ChainUpdate.ofFinality(
            AT,
            new FinalityUpdate(
                new Epoch(2),
                Optional.of(won.getFirst().ref()),
                new Epoch(1),
                Optional.of(blocks.getFirst().ref())));
    for (ChainUpdate update : List.of(forward, sideways, finality)) {
      ledger.commit(update);
      var records = all();
      var summary = queries.summary();
      ledger.commit(update);
      assertThat(all()).isEqualTo(records);
      assertThat(queries.summary()).isEqualTo(summary);
    }
  }

  @Test
  void carriesOnFromAnUpdateOfWhichTheFirstPartIsThere() {
    List<ChainBlock> blocks = chain(1, 5, 0, 2);
    commit(blocks.subList(0, 3));
    commit(blocks);
    assertThat(all()).hasSize(10);
  }

  @Test
  void makesAncestorsOfTheCheckpointsSafeAndFinal() {
    List<ChainBlock> blocks = chain(1, 6, 0, 1);
    commit(blocks);
    finality(3, blocks.get(3), 2, blocks.get(1));
    assertThat(blocks.stream().map(this::stage))
        .containsExactly(
            Stage.FINALIZED,
            Stage.FINALIZED,
            Stage.SAFE,
            Stage.SAFE,
            Stage.EXECUTION,
            Stage.EXECUTION);
    assertThat(queries.block(blocks.get(1).root()).orElseThrow().times().finalized()).hasValue(AT);
    ChainPosition position = ledger.position().orElseThrow();
    assertThat(position.finalized()).hasValue(blocks.get(1).ref());
    assertThat(position.finalizedEpoch()).isEqualTo(new Epoch(2));
    assertThat(position.safe()).hasValue(blocks.get(3).ref());
  }

  @Test
  void neverMovesFinalityBack() {
    List<ChainBlock> blocks = chain(1, 6, 0, 1);
    commit(blocks);
    finality(3, blocks.get(4), 2, blocks.get(3));
    ChainPosition position = ledger.position().orElseThrow();
    finality(2, blocks.get(2), 1, blocks.get(1));
    assertThat(ledger.position()).hasValue(position);
    assertThat(stage(blocks.get(3))).isEqualTo(Stage.FINALIZED);
  }

  @Test
  void keepsAnEpochWhoseCheckpointLiesBeforeItsFirstBlock() {
    commit(chain(100, 2, 0, 1));
    ledger.commit(
        ChainUpdate.ofFinality(
            AT,
            new FinalityUpdate(new Epoch(9), Optional.empty(), new Epoch(8), Optional.empty())));
    ChainPosition position = ledger.position().orElseThrow();
    assertThat(position.finalizedEpoch()).isEqualTo(new Epoch(8));
    assertThat(position.finalized()).isEmpty();
    assertThat(queries.summary().byStage().get(Stage.FINALIZED)).isZero();
  }

  @Test
  void neverUndoesWhatIsFinal() {
    List<ChainBlock> blocks = chain(1, 6, 0, 1);
    commit(blocks);
    finality(3, blocks.get(4), 2, blocks.get(3));
    var records = all();
    var position = ledger.position();
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> reorg(blocks.subList(3, 6), branch(blocks.get(2), 4, 3, 1, 9)))
        .satisfies(f -> assertThat(f.error()).isEqualTo(ChainError.FINALITY_CONFLICT))
        .withMessageContaining(blocks.get(3).ref().toString());
    assertThat(all()).isEqualTo(records);
    assertThat(ledger.position()).isEqualTo(position);
    reorg(blocks.subList(4, 6), branch(blocks.get(3), 3, 4, 1, 9));
    assertThat(stage(blocks.get(4))).isEqualTo(Stage.ORPHANED);
  }

  @Test
  void hasADatabaseThatRefusesToOrphanAFinalBlock() {
    List<ChainBlock> blocks = chain(1, 2, 0, 1);
    commit(blocks);
    finality(3, blocks.get(1), 2, blocks.get(1));
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx ->
                        tx.update(
                            "UPDATE withdrawals_block SET canonical = 0, orphaned_at = 1"
                                + " WHERE slot = 2")))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("AUR-STORE-CONFLICT"));
  }

  @Test
  void refusesACheckpointThatIsNotOnItsChain() {
    List<ChainBlock> blocks = chain(1, 4, 0, 1);
    commit(blocks);
    List<ChainBlock> won = branch(blocks.get(1), 3, 2, 1, 9);
    reorg(blocks.subList(2, 4), won);
    var position = ledger.position();
    for (BlockRef stranger : List.of(blocks.get(2).ref(), new BlockRef(new Slot(2), Root.ZERO))) {
      assertThatExceptionOfType(ChainException.class)
          .isThrownBy(
              () ->
                  ledger.commit(
                      ChainUpdate.ofFinality(
                          AT,
                          new FinalityUpdate(
                              new Epoch(1),
                              Optional.of(won.getFirst().ref()),
                              new Epoch(1),
                              Optional.of(stranger)))))
          .satisfies(f -> assertThat(f.error()).isEqualTo(ChainError.FINALITY_CONFLICT))
          .withMessageContaining(stranger.toString());
    }
    assertThat(ledger.position()).isEqualTo(position);
    assertThat(stage(won.getFirst())).isEqualTo(Stage.EXECUTION);
  }

  @Test
  void forgetsASafeCheckpointThatWasUndone() {
    List<ChainBlock> blocks = chain(1, 6, 0, 1);
    commit(blocks);
    finality(3, blocks.get(4), 2, blocks.get(1));
    reorg(blocks.subList(3, 6), branch(blocks.get(2), 1, 3, 1, 9));
    ChainPosition position = ledger.position().orElseThrow();
    assertThat(position.safe()).hasValue(blocks.get(1).ref());
    assertThat(position.safeEpoch()).isEqualTo(new Epoch(2));
    assertThat(stage(blocks.get(2))).isEqualTo(Stage.SAFE);
    assertThat(stage(blocks.get(3))).isEqualTo(Stage.ORPHANED);
  }

  @Test
  void letsAnOptimisticBlockBecomeSafeOnlyOnceItsPayloadWasSeen() {
    ChainBlock sure = first(1, withdrawals(0, 1)).executed().block();
    ChainBlock unsure = after(sure, 1, withdrawals(1, 1)).withOptimistic().block();
    ChainBlock last = after(unsure, 1, withdrawals(2, 1)).block();
    commit(List.of(sure, unsure, last));
    finality(2, last, 1, unsure);
    assertThat(stage(unsure)).isEqualTo(Stage.CONSENSUS);
    assertThat(stage(last)).isEqualTo(Stage.SAFE);
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> reorg(List.of(unsure, last), List.of()))
        .satisfies(f -> assertThat(f.error()).isEqualTo(ChainError.FINALITY_CONFLICT));
    ledger.commit(
        ChainUpdate.ofMatches(AT, List.of(new ExecutionMatch(unsure.root(), startOf(30)))));
    assertThat(stage(unsure)).isEqualTo(Stage.FINALIZED);
    assertThat(queries.block(unsure.root()).orElseThrow().times().execution())
        .hasValue(startOf(30));
  }

  @Test
  void namesBlocksWithoutAnExecutionMatchNewestFirst() {
    ChainBlock one = first(1, withdrawals(0, 2)).block();
    ChainBlock two = after(one, 1, List.of()).block();
    ChainBlock three = after(two, 1, withdrawals(2, 1)).block();
    commit(List.of(one, two, three));
    assertThat(ledger.unmatched(three.ref().slot().next(), 1))
        .extracting(UnmatchedBlock::block)
        .containsExactly(three.ref());
    assertThat(ledger.unmatched(three.ref().slot(), 2))
        .containsExactly(
            new UnmatchedBlock(two.ref(), two.blockHash(), List.of()),
            new UnmatchedBlock(one.ref(), one.blockHash(), one.withdrawals()));
    Instant first = startOf(2);
    ledger.commit(ChainUpdate.ofMatches(AT, List.of(new ExecutionMatch(one.root(), first))));
    ledger.commit(ChainUpdate.ofMatches(AT, List.of(new ExecutionMatch(one.root(), startOf(9)))));
    assertThat(queries.block(one.root()).orElseThrow().times().execution()).hasValue(first);
    assertThat(ledger.unmatched(new Slot(Long.MAX_VALUE), 9))
        .extracting(UnmatchedBlock::block)
        .containsExactly(three.ref(), two.ref());
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    ChainBlock block = first(1, List.of(withdrawal(0, -1L, 1, 5))).block();
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> commit(List.of(block)))
        .satisfies(f -> assertThat(f.errorCode()).isEqualTo(WithdrawalError.VALUE_TOO_LARGE))
        .withMessageContaining("validator index 18446744073709551615");
    ChainBlock total =
        first(1, List.of(withdrawal(0, 1, 1, Long.MAX_VALUE), withdrawal(1, 1, 1, 1))).block();
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> commit(List.of(total)))
        .withMessageContaining("total of the withdrawals 9223372036854775808");
    assertThat(ledger.position()).isEmpty();
  }

  @Test
  void addsUpMoreThanFits64Bits() {
    ChainBlock one = first(1, List.of(withdrawal(0, 1, 1, Long.MAX_VALUE))).block();
    ChainBlock two = after(one, 1, List.of(withdrawal(1, 1, 1, Long.MAX_VALUE))).block();
    commit(List.of(one, two));
    assertThat(queries.summary().totalGwei())
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
    assertThat(all().getFirst().withdrawal().amount()).isEqualTo(new Gwei(Long.MAX_VALUE));
  }
}
