package io.auriga.withdrawals.statement;

import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalKind;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Statements over the ledger, each from one consistent state of the store. Every canonical
 * withdrawal of the period is counted once; works on a store that another process writes.
 */
public final class StatementQueries {
  private static final long PROGRESS_EVERY = 16_384;

  private static final String ROWS =
      """
      SELECT e.withdrawal_index, e.validator_index, e.address, e.amount_gwei, b.slot_time,
        b.first_index, b.finalized_at, k.evidence, f.principal_gwei, f.unknown_gwei, f.doubt
      FROM withdrawals_block b CROSS JOIN withdrawals_entry e
        LEFT JOIN withdrawals_kind k ON k.block_id = b.block_id
        LEFT JOIN withdrawals_basis f
          ON f.withdrawal_index = e.withdrawal_index AND f.block_id = e.block_id
      WHERE b.canonical = 1 AND b.slot_time >= ? AND b.slot_time < ?
        AND e.withdrawal_index >= b.first_index
        AND e.withdrawal_index < b.first_index + b.withdrawal_count AND e.block_id = b.block_id
      """;

  private final Store store;

  public StatementQueries(Store store) {
    this.store = store;
  }

  /** How many withdrawals a statement of this period has to read. */
  public long count(Instant from, Instant to) {
    return store
        .read(
            read ->
                read.first(
                    """
                    SELECT COALESCE(SUM(withdrawal_count), 0) AS n FROM withdrawals_block
                    WHERE canonical = 1 AND slot_time >= ? AND slot_time < ?
                    """,
                    row -> row.number("n"),
                    seconds(from),
                    seconds(to)))
        .orElse(0L);
  }

  /**
   * The statement of a period.
   *
   * @param from slots beginning then or later
   * @param to slots beginning before
   * @param by what the lines are for; none for a single line
   * @param progress hears now and then how many withdrawals were read
   */
  public Statement statement(
      Instant from, Instant to, Set<StatementKey> by, Groups groups, LongConsumer progress) {
    Ledger ledger = new Ledger(by, groups, progress);
    boolean _ =
        store.read(
            read -> {
              read.forEach(ROWS, ledger::add, seconds(from), seconds(to));
              return true;
            });
    List<StatementLine> lines =
        ledger.sums.entrySet().stream()
            .map(
                one ->
                    new StatementLine(
                        one.getKey().day(),
                        one.getKey().group(),
                        one.getKey().address(),
                        one.getKey().validator(),
                        one.getValue()))
            .sorted(StatementLine.ORDER)
            .toList();
    return new Statement(from, to, by, lines, ledger.total, ledger.reasons, ledger.open);
  }

  /** The first second that is not before an instant, as slots begin on whole seconds. */
  private static long seconds(Instant instant) {
    return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
  }

  private record Key(
      Optional<LocalDate> day,
      Optional<String> group,
      Optional<Address> address,
      Optional<ValidatorIndex> validator) {}

  /** Adds up row by row. */
  private static final class Ledger {
    private final Set<StatementKey> by;
    private final Groups groups;
    private final LongConsumer progress;
    private final Map<Key, Sums> sums = new HashMap<>();
    private final Map<String, BigInteger> reasons = new TreeMap<>();
    private Sums total = Sums.NONE;
    private Sums open = Sums.NONE;
    private long rows;

    Ledger(Set<StatementKey> by, Groups groups, LongConsumer progress) {
      this.by = by;
      this.groups = groups;
      this.progress = progress;
    }

    void add(Row row) {
      Withdrawal withdrawal =
          new Withdrawal(
              new WithdrawalIndex(row.number("withdrawal_index")),
              new ValidatorIndex(row.number("validator_index")),
              Address.of(row.bytes("address")),
              new Gwei(row.number("amount_gwei")));
      long gwei = withdrawal.amount().value();
      WithdrawalKind kind = kind(row);
      Split split = split(row, kind, gwei);
      if (row.findNumber("finalized_at").isPresent()) {
        Key key = key(withdrawal, row.number("slot_time"));
        sums.put(key, sums.getOrDefault(key, Sums.NONE).plus(gwei, split));
        total = total.plus(gwei, split);
        if (split.unattributed() != 0) {
          reasons.merge(
              reason(row, kind), BigInteger.valueOf(split.unattributed()), BigInteger::add);
        }
      } else {
        open = open.plus(gwei, split);
      }
      if (++rows % PROGRESS_EVERY == 0) {
        progress.accept(rows);
      }
    }

    private static WithdrawalKind kind(Row row) {
      int position = Math.toIntExact(row.number("withdrawal_index") - row.number("first_index"));
      return KindEvidence.at(row.findBytes("evidence"), position).kind();
    }

    private static Split split(Row row, WithdrawalKind kind, long gwei) {
      boolean bySweep = kind == WithdrawalKind.FULL || kind == WithdrawalKind.SWEEP_EXCESS;
      return bySweep && row.findNumber("principal_gwei").isPresent()
          ? Split.of(
              new Split.Basis(row.number("principal_gwei"), row.number("unknown_gwei")), gwei)
          : Split.of(kind, gwei);
    }

    /** Why some of a payment could not be told. */
    private static String reason(Row row, WithdrawalKind kind) {
      return kind == WithdrawalKind.UNKNOWN ? "kind" : row.findText("doubt").orElse("history");
    }

    private Key key(Withdrawal withdrawal, long time) {
      return new Key(
          by.contains(StatementKey.DAY)
              ? Optional.of(LocalDate.ofInstant(Instant.ofEpochSecond(time), ZoneOffset.UTC))
              : Optional.empty(),
          by.contains(StatementKey.GROUP)
              ? Optional.of(groups.nameOf(withdrawal))
              : Optional.empty(),
          by.contains(StatementKey.ADDRESS) ? Optional.of(withdrawal.address()) : Optional.empty(),
          by.contains(StatementKey.VALIDATOR)
              ? Optional.of(withdrawal.validatorIndex())
              : Optional.empty());
    }
  }
}
