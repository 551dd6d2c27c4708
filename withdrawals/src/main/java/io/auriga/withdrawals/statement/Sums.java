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
    BigInteger unattributed) {
  public static final Sums NONE =
      new Sums(
          0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  Sums plus(long gwei, Split split) {
    return new Sums(
        count + 1,
        amount.add(BigInteger.valueOf(gwei)),
        principal.add(BigInteger.valueOf(split.principal())),
        income.add(BigInteger.valueOf(split.income())),
        requested.add(BigInteger.valueOf(split.requested())),
        unattributed.add(BigInteger.valueOf(split.unattributed())));
  }
}
