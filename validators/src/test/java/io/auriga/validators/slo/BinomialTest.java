package io.auriga.validators.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with sums of whole numbers, and where those would be too long, of 60 digits. */
class BinomialTest {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final MathContext DIGITS = new MathContext(60);

  /** All tails of n duties at a miss rate of so many millionths, as fractions. */
  private static BigDecimal[] exactTails(int n, int millionths) {
    BigInteger q = BigInteger.valueOf(millionths);
    BigInteger p = MILLION.subtract(q);
    BigInteger[] terms = new BigInteger[n + 1];
    BigInteger choose = BigInteger.ONE;
    for (int k = 0; k <= n; k++) {
      terms[k] = choose.multiply(q.pow(k)).multiply(p.pow(n - k));
      choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1L));
    }
    BigDecimal all = new BigDecimal(MILLION.pow(n));
    BigDecimal[] tails = new BigDecimal[n + 1];
    BigInteger sum = BigInteger.ZERO;
    for (int k = n; k >= 0; k--) {
      sum = sum.add(terms[k]);
      tails[k] = new BigDecimal(sum).divide(all, DIGITS);
    }
    assertThat(tails[0]).isEqualByComparingTo(BigDecimal.ONE);
    return tails;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 15, 16, 17, 31, 225, 400})
  void isTheExactTailForEveryCountOfAFewDuties(int n) {
    for (int millionths : new int[] {1, 5_000, 20_000, 333_333, 500_000, 999_999}) {
      BigDecimal[] exact = exactTails(n, millionths);
      for (int k = 0; k <= n; k++) {
        double expected = exact[k].doubleValue();
        assertThat(Binomial.upperTail(k, n, millionths / 1e6))
            .as("P(X >= %d), n = %d, q = %d millionths", k, n, millionths)
            .isCloseTo(expected, within(Math.max(expected * 1e-11, Double.MIN_NORMAL)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10000000, 5000, 50000",
    "10000000, 5000, 50500",
    "10000000, 5000, 49800",
    "10000000, 5000, 52000",
    "10000000, 20000, 201000",
    "1000000, 5000, 5400",
    "1000000, 1, 9",
    "225000, 5000, 1300"
  })
  void isTheExactTailForMillionsOfDuties(int n, int millionths, int k) {
    BigDecimal q = BigDecimal.valueOf(millionths, 6);
    BigDecimal p = BigDecimal.ONE.subtract(q);
    BigDecimal odds = q.divide(p, DIGITS);
    BigDecimal term = p.pow(n, DIGITS);
    BigDecimal below = BigDecimal.ZERO;
    for (int i = 0; i < k; i++) {
      below = below.add(term, DIGITS);
      term =
          term.multiply(BigDecimal.valueOf(n - i), DIGITS)
              .multiply(odds, DIGITS)
              .divide(BigDecimal.valueOf(i + 1L), DIGITS);
    }
    double expected = BigDecimal.ONE.subtract(below).doubleValue();
    assertThat(Binomial.upperTail(k, n, q.doubleValue()))
        .isCloseTo(expected, within(expected * 1e-8));
  }

  @Test
  void knowsTheEnds() {
    assertThat(Binomial.upperTail(0, 0, 0.005)).isEqualTo(1);
    assertThat(Binomial.upperTail(1, 0, 0.005)).isZero();
    assertThat(Binomial.upperTail(1, 1, 0.005)).isCloseTo(0.005, within(1e-17));
    assertThat(Binomial.upperTail(5, 4, 0.5)).isZero();
    assertThat(Binomial.upperTail(-3, 4, 0.5)).isEqualTo(1);
    assertThat(Binomial.upperTail(1, 4, 0)).isZero();
    assertThat(Binomial.upperTail(4, 4, 1)).isEqualTo(1);
    assertThat(Binomial.upperTail(10_000_000, 10_000_000, 0.005)).isZero();
    assertThat(Binomial.upperTail(1, 1_000_000_000_000L, 1e-12))
        .isCloseTo(1 - Math.exp(-1), within(1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> Binomial.upperTail(1, -1, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Binomial.upperTail(1, 1, Double.NaN));
  }

  @Test
  void neverRisesWithTheCount() {
    for (long n : new long[] {50, 5_000, 10_000_000}) {
      double before = 1;
      for (long k = 0; k <= Math.min(n, 60_000); k += Math.max(1, n / 1_000)) {
        double tail = Binomial.upperTail(k, n, 0.005);
        assertThat(tail).as("k = " + k + " of " + n).isBetween(0.0, before);
        before = tail;
      }
    }
  }
}
