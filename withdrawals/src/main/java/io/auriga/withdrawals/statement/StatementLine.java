package io.auriga.withdrawals.statement;

import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/**
 * One line: those of the keys that the statement is by, and the sums.
 *
 * @param group empty text for what is in no group
 * @param day in UTC, of the slot
 */
public record StatementLine(
    Optional<LocalDate> day,
    Optional<String> group,
    Optional<Address> address,
    Optional<ValidatorIndex> validator,
    Sums sums) {

  /** By day, group, address and validator: the same ledger gives the same order. */
  static final Comparator<StatementLine> ORDER =
      Comparator.comparing((StatementLine line) -> line.day().orElse(LocalDate.EPOCH))
          .thenComparing(line -> line.group().orElse(""))
          .thenComparing(line -> line.address().map(Address::toHex).orElse(""))
          .thenComparing(
              line -> line.validator().map(ValidatorIndex::value).orElse(0L),
              Long::compareUnsigned);
}
