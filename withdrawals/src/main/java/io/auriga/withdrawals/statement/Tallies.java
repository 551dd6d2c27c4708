package io.auriga.withdrawals.statement;

import io.auriga.runtime.store.Row;
import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up withdrawals that come oldest first, line by line. A day's lines are handed on when it is
 * over; otherwise there are as many in memory as a statement has lines, however many rows they sum
 * up.
 */
final class Tallies implements PeriodRead.Sink {
  private static final long PROGRESS_EVERY = 16_384;

  private final Set<StatementKey> by;
  private final Groups groups;
  private final LongConsumer progress;
  private final Consumer<StatementLine> lines;
  private final Map<Key, Tally> tallies = new HashMap<>();
  private final Map<String, BigInteger> reasons = new TreeMap<>();
  private final Tally total = new Tally();
  private final Tally open = new Tally();
  private @Nullable LocalDate day;
  private long rows;

  Tallies(
      Set<StatementKey> by, Groups groups, LongConsumer progress, Consumer<StatementLine> lines) {
    this.by = by;
    this.groups = groups;
    this.progress = progress;
    this.lines = lines;
  }

  /** What the lines of one day are for; what they are not for is the same in all. */
  private record Key(String group, Address address, long validator) {
    static final Address NO_ADDRESS = Address.of(new byte[Address.LENGTH]);

    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::group)
            .thenComparing(Key::address)
            .thenComparing(Key::validator, Long::compareUnsigned);
  }

  @Override
  public void add(PeriodRead.Block block, Row row, PeriodRead.Told told) {
    Split split = told.split();
    long gwei = row.number("amount_gwei");
    if (block.isFinal()) {
      if (by.contains(StatementKey.DAY)) {
        beginDay(LocalDate.ofInstant(Instant.ofEpochSecond(block.time()), ZoneOffset.UTC));
      }
      tallies.computeIfAbsent(key(row), _ -> new Tally()).add(gwei, split);
      total.add(gwei, split);
      if (split.unattributed() != 0) {
        reasons.merge(told.reason(), BigInteger.valueOf(split.unattributed()), BigInteger::add);
      }
    } else {
      open.add(gwei, split);
    }
    if (++rows % PROGRESS_EVERY == 0) {
      progress.accept(rows);
    }
  }

  private void beginDay(LocalDate next) {
    if (!next.equals(day)) {
      handOn();
      day = next;
    }
  }

  private Key key(Row row) {
    boolean byGroup = by.contains(StatementKey.GROUP);
    boolean byAddress = by.contains(StatementKey.ADDRESS);
    long validator = row.number("validator_index");
    Address address = byGroup || byAddress ? Address.of(row.bytes("address")) : Key.NO_ADDRESS;
    return new Key(
        byGroup ? groups.nameOf(new ValidatorIndex(validator), address) : "",
        byAddress ? address : Key.NO_ADDRESS,
        by.contains(StatementKey.VALIDATOR) ? validator : 0);
  }

  /** Hands on the lines so far, in their order. */
  void handOn() {
    List<Key> keys = new ArrayList<>(tallies.keySet());
    keys.sort(Key.ORDER);
    for (Key key : keys) {
      Tally tally = tallies.remove(key);
      if (tally != null) {
        lines.accept(line(key, tally.sums()));
      }
    }
  }

  private StatementLine line(Key key, Sums sums) {
    return new StatementLine(
        Optional.ofNullable(day),
        kept(StatementKey.GROUP, key.group()),
        kept(StatementKey.ADDRESS, key.address()),
        kept(StatementKey.VALIDATOR, new ValidatorIndex(key.validator())),
        sums);
  }

  private <T> Optional<T> kept(StatementKey key, T value) {
    return by.contains(key) ? Optional.of(value) : Optional.empty();
  }

  Sums total() {
    return total.sums();
  }

  Map<String, BigInteger> reasons() {
    return reasons;
  }

  Sums open() {
    return open.sums();
  }
}
