package io.auriga.withdrawals;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * What canonical withdrawals paid to one validator or one address, as far as the ledger reaches.
 *
 * @param payments how many
 * @param totalGwei what they amount to; need not fit 64 bits
 * @param validators how many different validators they came from
 * @param first the slot's start of the oldest; empty without payments
 * @param last the slot's start of the newest
 */
public record PaidSummary(
    long payments,
    BigInteger totalGwei,
    long validators,
    Optional<Instant> first,
    Optional<Instant> last) {}
