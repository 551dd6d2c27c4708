package io.auriga.withdrawals;

import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sums of what was paid to whom, over canonical withdrawals. Each answer is one consistent state of
 * the store and reads every payment of that validator or address. Safe for many threads.
 */
public final class PaidQueries {
  /**
   * Both halves of 64 bits apart: a sum of many large amounts must not wrap or fail. The orphaned
   * blocks are few: a look at each payment's block would cost more than the payment.
   */
  private static final String SUMS =
      """
      COUNT(*) AS payments,
        SUM(e.amount_gwei / 4294967296) AS gwei_high, SUM(e.amount_gwei % 4294967296) AS gwei_low,
        MIN(e.withdrawal_index) AS first_index, MAX(e.withdrawal_index) AS last_index
      FROM withdrawals_entry e
      WHERE e.block_id NOT IN (SELECT block_id FROM withdrawals_block WHERE canonical = 0)
      """;

  private final Store store;

  public PaidQueries(Store store) {
    this.store = store;
  }

  public PaidSummary validator(ValidatorIndex validator) {
    return summary("e.validator_index = ?", validator.value());
  }

  public PaidSummary address(Address address) {
    return summary("e.address = ?", address.toBytes());
  }

  /**
   * To all of them together.
   *
   * @param validators at most {@link WithdrawalFilter#NAMES_MAX}
   */
  public PaidSummary validators(Set<ValidatorIndex> validators) {
    if (validators.isEmpty()) {
      return new PaidSummary(0, BigInteger.ZERO, 0, Optional.empty(), Optional.empty());
    }
    String marks = String.join(", ", Collections.nCopies(validators.size(), "?"));
    return summary(
        "e.validator_index IN (" + marks + ")",
        validators.stream().<Object>map(ValidatorIndex::value).toArray());
  }

  private PaidSummary summary(String condition, Object... values) {
    return store
        .read(
            read ->
                read.first(
                    "SELECT s.*, "
                        + timeOf("first")
                        + ", "
                        + timeOf("last")
                        + " FROM (SELECT COUNT(DISTINCT e.validator_index) AS validators, "
                        + SUMS
                        + " AND "
                        + condition
                        + ") s",
                    PaidQueries::summary,
                    values))
        .orElseThrow();
  }

  /** When the canonical block of an index of the sums began. */
  private static String timeOf(String which) {
    return """
    (SELECT b.slot_time FROM withdrawals_entry t CROSS JOIN withdrawals_block b
      WHERE t.withdrawal_index = s.%1$s_index AND b.block_id = t.block_id AND b.canonical = 1)
      AS %1$s_time
    """
        .formatted(which);
  }

  private static PaidSummary summary(Row row) {
    return new PaidSummary(
        row.number("payments"),
        total(row),
        row.number("validators"),
        time(row.findNumber("first_time")),
        time(row.findNumber("last_time")));
  }

  /** The validators that paid to an address, by index: the first {@code limit} of them. */
  public List<PaidByValidator> validatorsOf(Address address, int limit) {
    return byValidator("e.address = ?", Stream.of(address.toBytes()), limit);
  }

  /**
   * What each of them was paid, by index: the first {@code limit} that were paid.
   *
   * @param validators at most {@link WithdrawalFilter#NAMES_MAX}
   */
  public List<PaidByValidator> byValidator(Set<ValidatorIndex> validators, int limit) {
    if (validators.isEmpty()) {
      return List.of();
    }
    String marks = String.join(", ", Collections.nCopies(validators.size(), "?"));
    return byValidator(
        "e.validator_index IN (" + marks + ")",
        validators.stream().<Object>map(ValidatorIndex::value),
        limit);
  }

  private List<PaidByValidator> byValidator(
      String condition, Stream<? extends Object> values, int limit) {
    return store.read(
        read ->
            read.query(
                "SELECT s.*, "
                    + timeOf("last")
                    + " FROM (SELECT e.validator_index, "
                    + SUMS
                    + " AND "
                    + condition
                    + " GROUP BY e.validator_index ORDER BY e.validator_index"
                    + " LIMIT ?) s ORDER BY s.validator_index",
                PaidQueries::byValidator,
                Stream.concat(values, Stream.of(limit)).toArray()));
  }

  private static PaidByValidator byValidator(Row row) {
    return new PaidByValidator(
        new ValidatorIndex(row.number("validator_index")),
        row.number("payments"),
        total(row),
        Instant.ofEpochSecond(row.number("last_time")));
  }

  private static BigInteger total(Row row) {
    return BigInteger.valueOf(row.findNumber("gwei_high").orElse(0))
        .shiftLeft(32)
        .add(BigInteger.valueOf(row.findNumber("gwei_low").orElse(0)));
  }

  private static Optional<Instant> time(OptionalLong seconds) {
    return seconds.isPresent()
        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
        : Optional.empty();
  }
}
