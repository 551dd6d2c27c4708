package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.first;
import static io.auriga.withdrawals.TestBlocks.withdrawals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.chain.ChainBlock;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockNumber;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lists promise beyond what the simulation compares. */
@ParameterizedClass
@EnumSource
class WithdrawalQueriesTest extends LedgerFixture {
  WithdrawalQueriesTest(Database database) {
    super(database);
  }

  private List<Long> indices(WithdrawalFilter filter) {
    return queries.list(filter, 1_000, Optional.empty()).records().stream()
        .map(record -> record.withdrawal().index().value())
        .toList();
  }

  @Test
  void goesOnFromACursorWhateverHappensInBetween() {
    List<ChainBlock> blocks = chain(1, 6, 0, 2);
    commit(blocks);
    WithdrawalPage newest = queries.list(WithdrawalFilter.ALL, 4, Optional.empty());
    WithdrawalPage oldest =
        queries.list(WithdrawalFilter.ALL.withOrder(Order.OLDEST_FIRST), 11, Optional.empty());
    reorg(blocks.subList(5, 6), branch(blocks.get(4), 2, 10, 3, 1));
    assertThat(queries.list(WithdrawalFilter.ALL, 3, newest.nextCursor()).records())
        .extracting(record -> record.withdrawal().index().value())
        .containsExactly(7L, 6L, 5L);
    WithdrawalPage rest =
        queries.list(WithdrawalFilter.ALL.withOrder(Order.OLDEST_FIRST), 11, oldest.nextCursor());
    assertThat(rest.records())
        .extracting(record -> record.withdrawal().index().value())
        .as("the withdrawal 10 of the block that replaced the one on the first page, and on")
        .containsExactly(10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(rest.nextCursor()).isEmpty();
  }

  @Test
  void putsOrphansBesideTheCanonicalWithdrawalOfTheSameIndex() {
    List<ChainBlock> blocks = chain(1, 3, 0, 2);
    commit(blocks);
    reorg(blocks.subList(2, 3), branch(blocks.get(1), 1, 4, 1, 1));
    WithdrawalFilter everything = WithdrawalFilter.ALL.withOrphaned();
    assertThat(indices(everything.withOrder(Order.OLDEST_FIRST)))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 4L, 5L);
    assertThat(indices(WithdrawalFilter.ALL.withStages(Set.of(Stage.ORPHANED))))
        .containsExactly(5L, 4L);
    assertThat(indices(everything.withBlockRoot(blocks.get(2).root()))).containsExactly(5L, 4L);
    assertThat(indices(WithdrawalFilter.ALL.withBlockRoot(blocks.get(2).root()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "n-1", "n--1-2", "N-1-2", "n-1-2-3", "n-9999999999999999999-1"})
  void refusesWhatIsNoCursor(String text) {
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> queries.list(WithdrawalFilter.ALL, 1, Optional.of(text)))
        .satisfies(f -> assertThat(f.errorCode()).isEqualTo(WithdrawalError.BAD_CURSOR));
  }

  @Test
  void refusesACursorOfTheOtherOrder() {
    commit(chain(1, 2, 0, 2));
    Optional<String> cursor = queries.list(WithdrawalFilter.ALL, 1, Optional.empty()).nextCursor();
    assertThat(cursor).isPresent();
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(
            () -> queries.list(WithdrawalFilter.ALL.withOrder(Order.OLDEST_FIRST), 1, cursor))
        .satisfies(f -> assertThat(f.errorCode()).isEqualTo(WithdrawalError.BAD_CURSOR))
        .withMessageContaining("other order");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1_001})
  void refusesALimitOutsideItsBounds(int limit) {
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> queries.list(WithdrawalFilter.ALL, limit, Optional.empty()))
        .satisfies(f -> assertThat(f.errorCode()).isEqualTo(WithdrawalError.BAD_LIMIT));
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> queries.blocks(limit, Optional.empty()))
        .satisfies(f -> assertThat(f.errorCode()).isEqualTo(WithdrawalError.BAD_LIMIT));
  }

  @Test
  void takesManyValidatorsAndRefusesTooMany() {
    commit(chain(1, 3, 0, 3));
    Set<ValidatorIndex> many =
        LongStream.range(2, 2 + WithdrawalFilter.NAMES_MAX)
            .mapToObj(ValidatorIndex::new)
            .collect(Collectors.toSet());
    assertThat(indices(WithdrawalFilter.ALL.withValidators(many)))
        .containsExactly(6L, 5L, 4L, 3L, 2L);
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(
            () -> WithdrawalFilter.ALL.withValidators(many).withAddress(TestBlocks.address(1)))
        .satisfies(f -> assertThat(f.errorCode()).isEqualTo(WithdrawalError.BAD_FILTER));
  }

  @Test
  void findsNothingBeyondWhatFitsAndEverythingBelowIt() {
    List<ChainBlock> blocks = chain(1, 2, 0, 2);
    commit(blocks);
    reorg(blocks.subList(1, 2), branch(blocks.getFirst(), 1, 2, 2, 1));
    WithdrawalFilter all = WithdrawalFilter.ALL.withOrphaned();
    assertThat(indices(all.withFromIndex(new WithdrawalIndex(-1L)))).isEmpty();
    assertThat(indices(all.withFromSlot(new Slot(-1L)))).isEmpty();
    assertThat(indices(all.withFromBlock(new BlockNumber(-1L)))).isEmpty();
    assertThat(indices(all.withValidator(new ValidatorIndex(-1L)))).isEmpty();
    assertThat(indices(all.withToIndex(new WithdrawalIndex(-1L)))).hasSize(6);
    assertThat(indices(all.withToSlot(new Slot(-1L)))).hasSize(6);
    assertThat(indices(all.withToBlock(new BlockNumber(-1L)))).hasSize(6);
    assertThat(queries.show(new WithdrawalIndex(-1L))).isEmpty();
    assertThat(queries.blocks(9, Optional.of(new Slot(-1L)))).hasSize(3);
    assertThat(queries.block(new Slot(-1L))).isEmpty();
  }

  @Test
  void exportsOneStateEvenIfMoreIsCommittedMeanwhile() {
    List<ChainBlock> blocks = chain(1, 400, 0, 3);
    commit(blocks);
    List<Long> exported = new ArrayList<>();
    queries.export(
        WithdrawalFilter.ALL.withOrder(Order.OLDEST_FIRST).withOrphaned(),
        record -> {
          if (exported.isEmpty()) {
            commit(List.of(after(blocks.getLast(), 1, withdrawals(1_200, 3)).block()));
          }
          exported.add(record.withdrawal().index().value());
        });
    assertThat(exported).isEqualTo(LongStream.range(0, 1_200).boxed().toList());
    assertThat(queries.summary().withdrawals()).isEqualTo(1_203);
  }

  @Test
  void mergesManyOrphansIntoAnExport() {
    ChainBlock base = first(1, withdrawals(0, 1)).block();
    commit(List.of(base));
    List<ChainBlock> top = branch(base, 40, 1, 16, 1);
    commit(top);
    List<ChainBlock> other = branch(base, 41, 1, 16, 2);
    reorg(top, other);
    for (Order order : Order.values()) {
      List<WithdrawalRecord> exported = new ArrayList<>();
      queries.export(WithdrawalFilter.ALL.withOrphaned().withOrder(order), exported::add);
      List<Long> indices =
          exported.stream().map(record -> record.withdrawal().index().value()).toList();
      assertThat(indices).hasSize(1 + 40 * 16 + 41 * 16);
      assertThat(order == Order.OLDEST_FIRST ? indices : indices.reversed()).isSorted();
    }
  }

  @Test
  void keepsAllBlocksOfASlotOnOnePage() {
    List<ChainBlock> blocks = chain(1, 3, 0, 1);
    commit(blocks);
    reorg(blocks.subList(2, 3), branch(blocks.get(1), 1, 2, 1, 1));
    reorg(branch(blocks.get(1), 1, 2, 1, 1), branch(blocks.get(1), 1, 2, 1, 2));
    assertThat(queries.blocks(2, Optional.empty()))
        .hasSize(3)
        .allSatisfy(block -> assertThat(block.slot()).isEqualTo(new Slot(3)))
        .first()
        .satisfies(block -> assertThat(block.canonical()).isTrue());
    assertThat(queries.blocks(2, Optional.of(new Slot(3)))).hasSize(2);
  }
}
