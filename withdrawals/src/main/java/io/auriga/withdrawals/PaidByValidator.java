package io.auriga.withdrawals;

import io.auriga.types.ValidatorIndex;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What one validator paid to an address.
 *
 * @param last the slot's start of the newest payment
 */
public record PaidByValidator(
    ValidatorIndex validator, long payments, BigInteger totalGwei, Instant last) {}
