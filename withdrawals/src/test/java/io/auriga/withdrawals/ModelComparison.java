package io.auriga.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.BlockNumber;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.LedgerModel.Entry;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a ledger everything it can be asked, and its model the same. */
final class ModelComparison {
  private final LedgerModel model;
  private final WithdrawalLedger ledger;
  private final WithdrawalQueries queries;
  private final Random random;
  private final List<Entry> blocks;

  ModelComparison(
      LedgerModel model, WithdrawalLedger ledger, WithdrawalQueries queries, Random random) {
    this.model = model;
    this.ledger = ledger;
    this.queries = queries;
    this.random = random;
    this.blocks = List.copyOf(model.all.values());
  }

  void compare() {
    // Before the rows are counted: the totals must have kept up by themselves.
    assertThat(queries.summary()).as("summary").isEqualTo(model.summary());
    compareAfterLoss();
  }

  /** The same after rows were lost, which the totals only show once the rows were counted. */
  void compareAfterLoss() {
    assertThat(ledger.position()).as("position").isEqualTo(model.position());
    assertThat(ledger.firstSlot())
        .as("first slot")
        .hasValue(model.canonical.getFirst().ref().slot());
    Slot slot = any().ref().slot();
    assertThat(ledger.canonicalAbove(slot))
        .as("canonical above %s", slot)
        .isEqualTo(model.canonicalAbove(slot));
    int limit = 1 + random.nextInt(20);
    assertThat(ledger.unmatched(slot, limit))
        .as("unmatched below %s", slot)
        .isEqualTo(model.unmatched(slot, limit));
    assertThat(ledger.gaps()).as("gaps").isEqualTo(model.gaps());
    assertThat(queries.gaps()).as("gaps read").map(LedgerGap::gap).isEqualTo(model.gaps());
    assertThat(queries.knownGaps()).as("gaps known").map(LedgerGap::gap).isEqualTo(model.gaps());
    assertThat(queries.summary()).as("summary once counted").isEqualTo(model.summary());
    compareBlocks();
    WithdrawalIndex index = anyIndex();
    assertThat(queries.show(index)).as("show %s", index).isEqualTo(model.show(index));
    if (random.nextInt(4) == 0) {
      compareList(WithdrawalFilter.ALL.withOrphaned());
    }
    for (int i = 0; i < 3; i++) {
      compareList(randomFilter());
    }
  }

  private void compareBlocks() {
    Entry one = any();
    assertThat(ledger.canonical(one.block.root()))
        .as("canonical %s", one.ref())
        .isEqualTo(one.canonical && !one.rowLost ? Optional.of(one.ref()) : Optional.empty());
    assertThat(queries.block(one.block.root()))
        .as("block %s", one.ref())
        .isEqualTo(one.rowLost ? Optional.empty() : Optional.of(one.record()));
    Slot before = any().ref().slot();
    int limit = 1 + random.nextInt(30);
    List<BlockRecord> found = queries.blocks(limit, Optional.of(before));
    List<BlockRecord> expected =
        model.blocks().stream().filter(block -> block.slot().isBefore(before)).toList();
    assertThat(found).as("blocks").isEqualTo(expected.subList(0, found.size()));
    assertThat(found.size()).isGreaterThanOrEqualTo(Math.min(limit, expected.size()));
    if (found.size() < expected.size()) {
      assertThat(expected.get(found.size()).slot()).isNotEqualTo(found.getLast().slot());
    }
  }

  private void compareList(WithdrawalFilter filter) {
    List<WithdrawalRecord> expected = model.list(filter);
    List<WithdrawalRecord> paged = new ArrayList<>();
    int limit = 1 + random.nextInt(1_000);
    Optional<String> cursor = Optional.empty();
    do {
      WithdrawalPage page = queries.list(filter, limit, cursor);
      assertThat(page.records().size()).isLessThanOrEqualTo(limit);
      paged.addAll(page.records());
      cursor = page.nextCursor();
      assertThat(cursor.isPresent()).isEqualTo(paged.size() < expected.size());
    } while (cursor.isPresent());
    assertThat(paged).as("%s", filter).isEqualTo(expected);
    List<WithdrawalRecord> exported = new ArrayList<>();
    queries.export(filter, exported::add);
    assertThat(exported).as("export %s", filter).isEqualTo(expected);
  }

  private WithdrawalFilter randomFilter() {
    WithdrawalFilter filter = WithdrawalFilter.ALL;
    if (random.nextBoolean()) {
      filter = filter.withOrder(Order.OLDEST_FIRST);
    }
    if (random.nextInt(3) == 0) {
      filter = filter.withOrphaned();
    }
    int conditions = 1 + random.nextInt(2);
    for (int i = 0; i < conditions; i++) {
      filter = withRandomCondition(filter);
    }
    return filter;
  }

  private WithdrawalFilter withRandomCondition(WithdrawalFilter filter) {
    return switch (random.nextInt(14)) {
      case 0 -> filter.withValidator(new ValidatorIndex(random.nextInt(7)));
      case 1 -> filter.withValidators(Set.of(new ValidatorIndex(1), new ValidatorIndex(4)));
      case 2 -> filter.withAddress(TestBlocks.address(random.nextInt(5)));
      case 3 -> filter.withAddresses(Set.of(TestBlocks.address(0), TestBlocks.address(3)));
      case 4 -> filter.withFromSlot(any().ref().slot());
      case 5 -> filter.withToSlot(any().ref().slot());
      case 6 -> filter.withFromIndex(anyIndex());
      case 7 -> filter.withToIndex(anyIndex());
      case 8 -> filter.withFromTime(any().record().time().plusMillis(random.nextInt(2)));
      case 9 -> filter.withToTime(any().record().time().plusMillis(random.nextInt(2)));
      case 10 -> filter.withBlockRoot(any().block.root());
      case 11 -> filter.withBlockHash(any().block.blockHash());
      case 12 -> {
        BlockNumber from = any().block.blockNumber();
        yield random.nextBoolean() ? filter.withFromBlock(from) : filter.withToBlock(from);
      }
      default ->
          filter.withStages(
              EnumSet.allOf(Stage.class).stream()
                  .filter(stage -> random.nextInt(3) == 0)
                  .collect(Collectors.toUnmodifiableSet()));
    };
  }

  private Entry any() {
    return blocks.get(random.nextInt(blocks.size()));
  }

  /** Near the end of the chain, where the branches are, or just beyond. */
  private WithdrawalIndex anyIndex() {
    long end = model.lastIndex().map(WithdrawalIndex::value).orElse(0L) + 1;
    return new WithdrawalIndex(Math.max(0, end - random.nextInt(60)));
  }
}
