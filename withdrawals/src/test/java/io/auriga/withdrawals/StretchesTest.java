package io.auriga.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of several validators, looked for in pieces of the chain. */
@ParameterizedClass
@EnumSource
class StretchesTest extends LedgerFixture {
  /** Beyond the first piece, and beyond the second. */
  private static final long FAR = 40_000_000;

  StretchesTest(Database database) {
    super(database);
  }

  private static List<IndexRange> pieces(long first, long last, Order order) {
    List<IndexRange> pieces = new ArrayList<>();
    new Stretches(first, last, order, 10).forEachRemaining(pieces::add);
    return pieces;
  }

  @Test
  void thePiecesGrowAndAreTheWholeRange() {
    assertThat(pieces(5, 200, Order.NEWEST_FIRST))
        .containsExactly(
            new IndexRange(191, 200), new IndexRange(111, 190), new IndexRange(5, 110));
    assertThat(pieces(5, 200, Order.OLDEST_FIRST))
        .containsExactly(new IndexRange(5, 14), new IndexRange(15, 94), new IndexRange(95, 200));
    assertThat(pieces(7, 7, Order.NEWEST_FIRST)).containsExactly(new IndexRange(7, 7));
    assertThat(pieces(8, 7, Order.NEWEST_FIRST)).isEmpty();
    assertThat(pieces(0, Long.MAX_VALUE, Order.OLDEST_FIRST).getLast().last())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(pieces(0, Long.MAX_VALUE, Order.NEWEST_FIRST).getLast().first()).isZero();
  }

  @Test
  void everyPaymentOfSeveralValidatorsIsOnSomePageOnce() {
    commit(TestBlocks.chain(1, 20, 0, 5));
    HistoryLedger history = new HistoryLedger(store, Root.ZERO, () -> AT);
    HistoryOutcome _ =
        history.load(
            new HistoryBatch(
                new Slot(1_000),
                new Slot(1_019),
                TestBlocks.chain(1_000, 20, FAR, 5).stream().map(HistoryBlock::of).toList(),
                Verification.FULL,
                "a test"));
    Set<ValidatorIndex> two = Set.of(new ValidatorIndex(1), new ValidatorIndex(2));
    for (Order order : Order.values()) {
      WithdrawalFilter filter = WithdrawalFilter.ALL.withValidators(two).withOrder(order);
      List<WithdrawalRecord> paged = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        WithdrawalPage page = queries.list(filter, 7, cursor);
        paged.addAll(page.records());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      List<WithdrawalRecord> exported = new ArrayList<>();
      queries.export(filter, exported::add);
      assertThat(paged).hasSizeGreaterThan(10).isEqualTo(exported);
    }
  }
}
