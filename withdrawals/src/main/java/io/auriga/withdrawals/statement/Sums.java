package io.auriga.withdrawals.statement;

import java.math.BigInteger;

/**
 * So many withdrawals and what they amount to, in Gwei; the parts add up to the amount. See {@link
 * Split} for what each is.
 */
public record Sums(
    long count,
    BigInteger amount,
    BigInteger principal,
    BigInteger income,
    BigInteger requested,
    BigInteger unattributed) {}
