package io.auriga.benchmarks.history;

import io.auriga.types.Address;
import io.auriga.types.BlockNumber;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.PaidQueries;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.statement.Groups;
import io.auriga.withdrawals.statement.StatementQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a person or a page asks of a loaded ledger, many times each, each time something else. */
final class Questions {
  static final int TIMES = 1_000;
  private static final int COLD_TIMES = 100;
  private static final int WARM_UP = 50;
  private static final int PAGE = 100;

  /** A question that reads very much is asked as often as this allows, but once at least. */
  private static final long NANOS_AT_MOST = 4_000_000_000L;

  private final HeldData data;
  private final long rows;
  private final WithdrawalQueries queries;
  private final PaidQueries paid;
  private final StatementQueries statements;
  private final Sweep sweep = new Sweep();
  private final SplittableRandom random = new SplittableRandom(7);
  private final Consumer<Measure> measured;

  Questions(HeldData data, long rows, Consumer<Measure> measured) {
    this.data = data;
    this.rows = rows;
    this.measured = measured;
    this.queries = new WithdrawalQueries(data.store());
    this.paid = new PaidQueries(data.store());
    this.statements = new StatementQueries(data.store());
  }

  void ask() {
    WithdrawalFilter all = WithdrawalFilter.ALL;
    WithdrawalFilter largest = all.withAddress(sweep.address(0));
    page("page of 100 by validator", () -> all.withValidator(validator()));
    page("page of 100 by address", () -> all.withAddress(someAddress()));
    page("newest 100 of the largest address", () -> largest);
    deep("100 far down the largest address", largest);
    deep("100 far down everything", all);
    page("newest 100 of 100 validators", () -> all.withValidators(validators(100)));
    page("newest 100 of 1,000 validators", () -> all.withValidators(validators(1_000)));
    page("one block by number", () -> block(anyRecord().blockNumber()));
    page("one block by hash", () -> all.withBlockHash(anyRecord().blockHash()));
    page("newest 100 of an hour", () -> within(Duration.ofHours(1)));
    page(
        "newest 100 of the largest address in a day",
        () -> within(Duration.ofDays(1)).withAddress(sweep.address(0)));
    page(
        "page of a validator in 30 days",
        () -> within(Duration.ofDays(30)).withValidator(validator()));
    time("one withdrawal", this::index, index -> queries.show(index).size());
    time("the summary", () -> queries, held -> held.summary().withdrawals());
    time("total of a validator", this::validator, one -> paid.validator(one).payments());
    time("total of an address", this::someAddress, one -> paid.address(one).payments());
    time(
        "total of the largest address",
        () -> sweep.address(0),
        address -> paid.address(address).payments());
    time("statement of a day", this::anyTime, from -> statement(from, Duration.ofDays(1)));
    time("statement of 30 days", this::anyTime, from -> statement(from, Duration.ofDays(30)));
    time("statement of all", () -> Instant.EPOCH, from -> statement(from, Duration.ofDays(99_999)));
  }

  private void page(String question, Supplier<WithdrawalFilter> filter) {
    time(question, filter, one -> queries.list(one, PAGE, Optional.empty()).records().size());
  }

  /** Goes on from a cursor, wherever in the list that is. */
  private void deep(String question, WithdrawalFilter filter) {
    time(
        question,
        () -> queries.list(filter.withToIndex(index()), 1, Optional.empty()).nextCursor(),
        cursor -> queries.list(filter, PAGE, cursor).records().size());
  }

  private long statement(Instant from, Duration span) {
    return statements
        .statement(from, from.plus(span), Set.of(), Groups.NONE, _ -> {}, _ -> {})
        .total()
        .count();
  }

  /**
   * @param draw makes up what to ask for, before any of it is asked
   */
  private <T> void time(String question, Supplier<T> draw, ToLongFunction<T> ask) {
    List<T> first = Stream.generate(draw).limit(COLD_TIMES).toList();
    data.forget();
    long[] cold = times(first, ask);
    measured.accept(Measure.times(question + ", cold", cold));
    if (cold.length == COLD_TIMES) {
      long[] _ = times(Stream.generate(draw).limit(WARM_UP).toList(), ask);
    }
    measured.accept(
        Measure.times(question, times(Stream.generate(draw).limit(TIMES).toList(), ask)));
  }

  private static <T> long[] times(List<T> what, ToLongFunction<T> ask) {
    long[] nanos = new long[what.size()];
    long sum = 0;
    int asked = 0;
    while (asked < nanos.length && sum < NANOS_AT_MOST) {
      long begin = System.nanoTime();
      long _ = ask.applyAsLong(what.get(asked));
      nanos[asked] = System.nanoTime() - begin;
      sum += nanos[asked++];
    }
    return Arrays.copyOf(nanos, asked);
  }

  private static WithdrawalFilter block(BlockNumber number) {
    return WithdrawalFilter.ALL.withFromBlock(number).withToBlock(number);
  }

  private ValidatorIndex validator() {
    return new ValidatorIndex(random.nextInt(Sweep.VALIDATORS));
  }

  /** An operator's, side by side. */
  private Set<ValidatorIndex> validators(int count) {
    int first = random.nextInt(Sweep.VALIDATORS - count);
    return IntStream.range(first, first + count)
        .mapToObj(ValidatorIndex::new)
        .collect(Collectors.toSet());
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

  private Instant anyTime() {
    return anyRecord().time();
  }

  private WithdrawalFilter within(Duration span) {
    Instant from = anyTime();
    return WithdrawalFilter.ALL.withFromTime(from).withToTime(from.plus(span));
  }
}
