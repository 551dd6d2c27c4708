package io.auriga.withdrawals;

import io.auriga.chain.ChainBlock;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Transaction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the followed blocks of each stage add up to (loaded history has records of its own): read at
 * the beginning of a transaction, changed with each block that enters a stage or leaves it, and
 * written at its end. Nobody has to add up a year of blocks to know.
 */
final class StageTotals {
  private static final int HALF_BITS = 32;
  private static final BigInteger HALF = BigInteger.ONE.shiftLeft(HALF_BITS);

  /** Amounts are summed in halves, since their sum need not fit 64 bits. */
  private static final String SUMS =
      """
      SELECT CASE WHEN canonical = 0 THEN 'ORPHANED'
                  WHEN finalized_at IS NOT NULL THEN 'FINALIZED'
                  WHEN safe_at IS NOT NULL THEN 'SAFE'
                  WHEN executed_at IS NOT NULL THEN 'EXECUTION'
                  ELSE 'CONSENSUS' END AS stage,
        SUM(withdrawal_count) AS withdrawals,
        SUM(total_gwei / 4294967296) AS gwei_high,
        SUM(total_gwei % 4294967296) AS gwei_low
      FROM withdrawals_block
      """;

  private final Map<Stage, Amount> totals = new EnumMap<>(Stage.class);

  private StageTotals() {
    for (Stage stage : Stage.values()) {
      totals.put(stage, Amount.NONE);
    }
  }

  /** So many withdrawals, and their sum. */
  record Amount(long withdrawals, BigInteger gwei) {
    static final Amount NONE = new Amount(0, BigInteger.ZERO);

    static Amount of(ChainBlock block) {
      return new Amount(block.withdrawals().size(), BlockWriter.total(block));
    }

    Amount plus(Amount other) {
      return new Amount(withdrawals + other.withdrawals, gwei.add(other.gwei));
    }

    /** The sum that is kept as two numbers of a row. */
    static BigInteger joined(long high, long low) {
      return BigInteger.valueOf(high).shiftLeft(HALF_BITS).add(BigInteger.valueOf(low));
    }

    long high() {
      return gwei.shiftRight(HALF_BITS).longValueExact();
    }

    long low() {
      return gwei.mod(HALF).longValueExact();
    }

    Amount minus(Amount other) {
      return new Amount(withdrawals - other.withdrawals, gwei.subtract(other.gwei));
    }
  }

  private record Sum(Stage stage, Amount amount) {
    static Sum of(Row row) {
      BigInteger gwei = Amount.joined(row.number("gwei_high"), row.number("gwei_low"));
      return new Sum(Stage.valueOf(row.text("stage")), new Amount(row.number("withdrawals"), gwei));
    }
  }

  static StageTotals load(Read read) {
    return of(
        read.query(
            "SELECT stage, withdrawals, gwei_high, gwei_low FROM withdrawals_total", Sum::of));
  }

  /** Adds all followed blocks up again, which takes seconds for a year of them. */
  static StageTotals count(Read read) {
    return of(read.query(SUMS + "WHERE block_id > 0 GROUP BY 1", Sum::of));
  }

  private static StageTotals of(List<Sum> sums) {
    StageTotals totals = new StageTotals();
    sums.forEach(sum -> totals.add(sum.stage(), sum.amount()));
    return totals;
  }

  Amount of(Stage stage) {
    return totals.getOrDefault(stage, Amount.NONE);
  }

  Amount canonical() {
    return all().minus(of(Stage.ORPHANED));
  }

  Amount all() {
    return totals.values().stream().reduce(Amount.NONE, Amount::plus);
  }

  void add(Stage stage, Amount amount) {
    totals.merge(stage, amount, Amount::plus);
  }

  /** Blocks that are in the ledger enter the stages they have. */
  void enter(Read read, String where, Object... parameters) {
    sums(read, where, parameters).forEach(sum -> add(sum.stage(), sum.amount()));
  }

  /** Blocks are about to change: they leave the stages they still have. Says how much leaves. */
  Amount leave(Read read, String where, Object... parameters) {
    Amount left = Amount.NONE;
    for (Sum sum : sums(read, where, parameters)) {
      totals.merge(sum.stage(), sum.amount(), Amount::minus);
      left = left.plus(sum.amount());
    }
    return left;
  }

  private static List<Sum> sums(Read read, String where, Object... parameters) {
    return read.query(SUMS + "WHERE " + where + " GROUP BY 1", Sum::of, parameters);
  }

  void save(Transaction transaction) {
    List<Sum> sums = new ArrayList<>();
    totals.forEach((stage, amount) -> sums.add(new Sum(stage, amount)));
    transaction.batch(
        """
        INSERT INTO withdrawals_total (stage, withdrawals, gwei_high, gwei_low)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (stage) DO UPDATE SET withdrawals = excluded.withdrawals,
          gwei_high = excluded.gwei_high, gwei_low = excluded.gwei_low
        """,
        sums,
        (row, sum) ->
            row.text(sum.stage().name())
                .number(sum.amount().withdrawals())
                .number(sum.amount().high())
                .number(sum.amount().low()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StageTotals that && totals.equals(that.totals);
  }

  @Override
  public int hashCode() {
    return totals.hashCode();
  }

  @Override
  public String toString() {
    return totals.toString();
  }
}
