package io.auriga.benchmarks.history;

import io.auriga.types.Address;
import io.auriga.types.BlockNumber;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import io.auriga.withdrawals.WithdrawalPage;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What a person or a page asks of a loaded ledger, many times each, each time something else. */
final class Questions {
  private static final int PAGE = 100;
  private static final int WARM_UP = 50;
  private static final int TIMES = 1_000;

  /** Of those that read a great many rows. */
  private static final int FEW_TIMES = 20;

  private static final double NANOS_PER_MILLI = 1e6;

  private final WithdrawalQueries queries;
  private final Sweep sweep;
  private final long rows;
  private final SplittableRandom random = new SplittableRandom(7);

  Questions(WithdrawalQueries queries, Sweep sweep, long rows) {
    this.queries = queries;
    this.sweep = sweep;
    this.rows = rows;
  }

  void ask(String store) {
    WithdrawalFilter all = WithdrawalFilter.ALL;
    WithdrawalFilter largest = all.withAddress(sweep.address(0));
    pages(store, "page of 100 by validator", () -> all.withValidator(validator()));
    pages(store, "page of 100 by address", () -> all.withAddress(someAddress()));
    pages(store, "newest 100 of the largest address", () -> largest);
    pages(store, "100 anywhere of the largest address", () -> largest.withToIndex(index()));
    pages(store, "page of 100 by index", () -> all.withToIndex(index()));
    pages(store, "one block by number", () -> block(anyRecord().blockNumber()));
    pages(store, "one block by hash", () -> all.withBlockHash(anyRecord().blockHash()));
    pages(store, "page of 100 from an hour", () -> within(Duration.ofHours(1)));
    time(store, "one withdrawal", TIMES, this::index, index -> queries.show(index).size());
    time(store, "the summary", TIMES, () -> queries, held -> held.summary().withdrawals());
    statements(
        store, "statement: a validator, all time", TIMES, () -> all.withValidator(validator()));
    statements(
        store,
        "statement: an address, 30 days",
        FEW_TIMES,
        () -> within(Duration.ofDays(30)).withAddress(someAddress()));
    statements(
        store,
        "statement: the largest address, a day",
        FEW_TIMES,
        () -> within(Duration.ofDays(1)).withAddress(sweep.address(0)));
  }

  private void pages(String store, String question, Supplier<WithdrawalFilter> filter) {
    time(store, question, TIMES, filter, this::page);
  }

  private void statements(
      String store, String question, int times, Supplier<WithdrawalFilter> filter) {
    time(store, question, times, filter, this::total);
  }

  /**
   * @param draw makes up what to ask for, which is not timed
   */
  private <T> void time(
      String store, String question, int times, Supplier<T> draw, ToLongFunction<T> ask) {
    long found = 0;
    for (int i = 0; i < Math.min(WARM_UP, times); i++) {
      found += ask.applyAsLong(draw.get());
    }
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      T what = draw.get();
      long begin = System.nanoTime();
      found += ask.applyAsLong(what);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-10s %9d rows  %-40s p50 %8.2f ms  p99 %8.2f ms  (%d times, checksum %d)%n",
        store,
        rows,
        question,
        nanos[times / 2] / NANOS_PER_MILLI,
        nanos[times * 99 / 100] / NANOS_PER_MILLI,
        times,
        found);
  }

  private int page(WithdrawalFilter filter) {
    WithdrawalPage page = queries.list(filter, PAGE, Optional.empty());
    return page.records().size();
  }

  /** The sum in Gwei of everything a filter matches. */
  private long total(WithdrawalFilter filter) {
    AtomicLong sum = new AtomicLong();
    queries.export(
        filter.withOrder(Order.OLDEST_FIRST),
        record -> sum.addAndGet(record.withdrawal().amount().value()));
    return sum.get();
  }

  private static WithdrawalFilter block(BlockNumber number) {
    return WithdrawalFilter.ALL.withFromBlock(number).withToBlock(number);
  }

  private ValidatorIndex validator() {
    return new ValidatorIndex(random.nextInt(Sweep.VALIDATORS));
  }

  private Address someAddress() {
    return sweep.addressOf(random.nextInt(Sweep.VALIDATORS));
  }

  private WithdrawalIndex index() {
    return new WithdrawalIndex(random.nextLong(rows));
  }

  private WithdrawalRecord anyRecord() {
    return queries.show(index()).getFirst();
  }

  private WithdrawalFilter within(Duration span) {
    Instant from = anyRecord().time();
    return WithdrawalFilter.ALL.withFromTime(from).withToTime(from.plus(span));
  }
}
