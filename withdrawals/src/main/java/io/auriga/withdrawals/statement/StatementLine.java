package io.auriga.withdrawals.statement;

import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import java.time.LocalDate;
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
    Sums sums) {}
