package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.newestFirst;
import static io.auriga.withdrawals.TestBlocks.withdrawals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.IndexGap;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that were lost are found, named and put back. */
@ParameterizedClass
@EnumSource
class LedgerGapTest extends LedgerFixture {
  private static final String LOSE_BLOCK = "DELETE FROM withdrawals_block WHERE slot = ?";
  private static final String LOSE_ENTRIES =
      "DELETE FROM withdrawals_entry WHERE withdrawal_index >= ? AND withdrawal_index <= ?";

  /** Slots 1 to 8, three withdrawals each, from index 10. */
  private final List<ChainBlock> blocks = chain(1, 8, 10, 3);

  LedgerGapTest(Database database) {
    super(database);
  }

  @BeforeEach
  void commitChain() {
    commit(blocks);
  }

  private static IndexGap gap(
      long first, long last, Optional<ChainBlock> after, ChainBlock before) {
    return new IndexGap(
        new WithdrawalIndex(first),
        new WithdrawalIndex(last),
        after.map(ChainBlock::ref),
        before.ref());
  }

  private ChainBlock at(int slot) {
    return blocks.get(slot - 1);
  }

  @Test
  void hasNoGapsByItself() {
    assertThat(ledger.gaps()).isEmpty();
    reorg(blocks.subList(5, 8), branch(at(5), 2, 25, 4, 1));
    assertThat(ledger.gaps()).isEmpty();
  }

  @Test
  void namesWhatIsMissingAndTheWholeBlocksAroundIt() {
    damage(LOSE_ENTRIES, 14L, 14L);
    damage(LOSE_BLOCK, 5L);
    damage(LOSE_BLOCK, 6L);
    List<IndexGap> expected =
        List.of(gap(14, 14, Optional.of(at(1)), at(3)), gap(22, 27, Optional.of(at(4)), at(7)));
    assertThat(ledger.gaps()).isEqualTo(expected);
    assertThat(queries.gaps()).allMatch(LedgerGap::lost);
    assertThat(queries.gaps()).map(LedgerGap::gap).isEqualTo(expected);
    assertThat(queries.summary().gaps()).isEqualTo(2);
  }

  @Test
  void findsWhatIsMissingAtBothEnds() {
    damage(LOSE_BLOCK, 1L);
    damage(LOSE_ENTRIES, 32L, 33L);
    assertThat(ledger.gaps())
        .containsExactly(
            gap(10, 12, Optional.empty(), at(2)), gap(32, 33, Optional.of(at(7)), at(8)));
    assertThat(ledger.firstSlot()).hasValue(new Slot(1));
    assertThat(ledger.position().orElseThrow().nextIndex()).hasValue(new WithdrawalIndex(34));
  }

  @Test
  void isAsBeforeAfterEverythingWasLostAndRestored() {
    finality(3, at(6), 2, at(4));
    List<WithdrawalRecord> before = all();
    var position = ledger.position();
    damage("DELETE FROM withdrawals_block");
    damage(LOSE_ENTRIES, 12L, 25L);
    assertThat(ledger.gaps()).containsExactly(gap(10, 33, Optional.empty(), at(8)));
    ledger.restore(blocks);
    assertThat(ledger.gaps()).isEmpty();
    assertThat(ledger.position()).isEqualTo(position);
    assertThat(all())
        .extracting(WithdrawalRecord::withdrawal, WithdrawalRecord::blockRoot)
        .isEqualTo(before.stream().map(r -> tuple(r.withdrawal(), r.blockRoot())).toList());
    assertThat(all())
        .extracting(WithdrawalRecord::stage)
        .isEqualTo(before.stream().map(WithdrawalRecord::stage).toList());
    ledger.restore(blocks);
    assertThat(all()).hasSize(24);
  }

  @Test
  void goesOnAfterItsHeadWasLost() {
    damage(LOSE_BLOCK, 8L);
    commit(List.of(after(at(8), 1, withdrawals(34, 1)).block()));
    assertThat(ledger.gaps()).hasSize(1);
    ledger.restore(List.of(at(8)));
    assertThat(ledger.gaps()).isEmpty();
  }

  @Test
  void leavesOutBlocksThatNoCanonicalChildNames() {
    damage(LOSE_BLOCK, 4L);
    damage(LOSE_BLOCK, 5L);
    List<ChainBlock> otherBranch = branch(at(3), 2, 19, 3, 9);
    ledger.restore(otherBranch);
    assertThat(ledger.gaps()).hasSize(1);
    ledger.restore(List.of(at(4)));
    assertThat(ledger.gaps()).containsExactly(gap(19, 24, Optional.of(at(3)), at(6)));
    ledger.restore(List.of(at(3), at(4), at(5), at(6)));
    assertThat(ledger.gaps()).isEmpty();
    assertThat(ledger.canonical(otherBranch.getFirst().root())).isEmpty();
  }

  @Test
  void refusesARestoredBlockWhoseIndicesDoNotMeetTheNextBlock() {
    damage(LOSE_BLOCK, 4L);
    damage("UPDATE withdrawals_block SET first_index = 23 WHERE slot = 5");
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> ledger.restore(List.of(at(4))))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ChainError.INDEX_GAP))
        .withMessageContaining("end before index 22")
        .withMessageContaining("begins with 23");
  }

  @Test
  void restoresBlocksWithoutWithdrawalsAndOnesKnownAsOrphans() {
    ChainBlock empty = after(at(8), 1, List.of()).block();
    ChainBlock top = after(empty, 1, withdrawals(34, 1)).block();
    commit(List.of(empty, top));
    damage(LOSE_BLOCK, 9L);
    damage("UPDATE withdrawals_block SET canonical = 0, orphaned_at = 5 WHERE slot = 7");
    assertThat(ledger.gaps()).containsExactly(gap(28, 30, Optional.of(at(6)), at(8)));
    ledger.restore(List.of(at(7), at(8), empty, top));
    assertThat(ledger.gaps()).isEmpty();
    assertThat(ledger.canonicalAbove(new Slot(6)))
        .containsExactly(top.ref(), empty.ref(), at(8).ref(), at(7).ref());
    ledger.commit(
        ChainUpdate.ofBlocks(AT, newestFirst(List.of(empty, top)), branch(at(8), 1, 34, 1, 4)));
    assertThat(ledger.gaps()).isEmpty();
  }

  @Test
  void doesNotGrowBackwards() {
    ChainBlock parent = after(at(8), 1, withdrawals(34, 1)).block();
    ChainBlock child = after(parent, 1, withdrawals(35, 1)).block();
    reorg(blocks, List.of(child));
    assertThat(ledger.firstSlot()).hasValue(new Slot(10));
    ledger.restore(List.of(parent));
    assertThat(ledger.canonical(parent.root())).isEmpty();
    assertThat(ledger.gaps()).isEmpty();
  }
}
