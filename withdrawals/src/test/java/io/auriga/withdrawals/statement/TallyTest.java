package io.auriga.withdrawals.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void aSumBeyondSixtyFourBitsIsExact() {
    Tally tally = new Tally();
    for (int i = 0; i < 5; i++) {
      tally.add(Long.MAX_VALUE, new Split(Long.MAX_VALUE - 1, 1, 0, 0));
    }
    BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
    BigInteger five = BigInteger.valueOf(5);
    assertThat(tally.sums())
        .isEqualTo(
            new Sums(
                5,
                max.multiply(five),
                max.subtract(BigInteger.ONE).multiply(five),
                five,
                BigInteger.ZERO,
                BigInteger.ZERO));
  }

  @Test
  void nothingAddedIsNothing() {
    assertThat(new Tally().sums().amount()).isZero();
    assertThat(new Tally().sums().count()).isZero();
  }
}
