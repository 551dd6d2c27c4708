package io.auriga.validators.slo;

/**
 * How probable it is to see at least {@code k} misses in {@code n} duties, if each is missed with
 * probability {@code q} and by itself: the upper tail of the binomial distribution, which is also
 * the regularized incomplete beta function {@code I_q(k, n - k + 1)}.
 *
 * <p>No approximation of the distribution is made. One term is taken in logarithms by Loader's
 * saddle-point form, which loses no digits where factorials are huge, and the rest of the shorter
 * side is added up by the exact ratio of neighbours until more does not count: some thousand terms
 * for ten million duties.
 */
public final class Binomial {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
  private static final int TABLE = 16;

  /** {@code log(n!)} less Stirling's formula. */
  private static final double[] STIRLING_ERROR = new double[TABLE];

  static {
    double factorial = 1;
    for (int n = 1; n < TABLE; n++) {
      factorial *= n;
      STIRLING_ERROR[n] = Math.log(factorial) - ((n + 0.5) * Math.log(n) - n + 0.5 * LOG_TWO_PI);
    }
  }

  private Binomial() {}

  /**
   * {@code P(X >= k)}.
   *
   * @throws IllegalArgumentException if {@code n} is negative or {@code q} is no probability
   */
  public static double upperTail(long k, long n, double q) {
    if (n < 0 || !(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("no distribution: n = " + n + ", q = " + q);
    }
    if (k <= 0) {
      return 1;
    }
    if (k > n || q == 0) {
      return 0;
    }
    if (q == 1) {
      return 1;
    }
    double mean = n * q;
    return k > mean ? above(k, n, q) : 1 - below(k - 1, n, q);
  }

  /** {@code P(X >= k)} for k above the mean, where the terms fall. */
  private static double above(long k, long n, double q) {
    double odds = q / (1 - q);
    double term = 1;
    double sum = 1;
    for (long i = k; i < n && term > sum * 1e-17; i++) {
      term *= (n - i) / (i + 1.0) * odds;
      sum += term;
    }
    return Math.min(1, Math.exp(logTerm(k, n, q) + Math.log(sum)));
  }

  /** {@code P(X <= k)} for k below the mean, where the terms fall downwards. */
  private static double below(long k, long n, double q) {
    double odds = (1 - q) / q;
    double term = 1;
    double sum = 1;
    for (long i = k; i > 0 && term > sum * 1e-17; i--) {
      term *= i / (n - i + 1.0) * odds;
      sum += term;
    }
    return Math.min(1, Math.exp(logTerm(k, n, q) + Math.log(sum)));
  }

  /** {@code log P(X = k)}. */
  static double logTerm(long k, long n, double q) {
    if (k == 0) {
      return n * Math.log1p(-q);
    }
    if (k == n) {
      return n * Math.log(q);
    }
    double rest = n - k;
    return stirlingError(n)
        - stirlingError(k)
        - stirlingError(n - k)
        - deviance((double) k, n * q)
        - deviance(rest, n * (1 - q))
        + 0.5 * (Math.log(n / (k * rest)) - LOG_TWO_PI);
  }

  private static double stirlingError(long n) {
    if (n < TABLE) {
      return STIRLING_ERROR[(int) n];
    }
    double square = (double) n * n;
    return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / 1680.0 / square) / square) / square) / n;
  }

  /** {@code x log(x / mean) + mean - x}, without losing digits where both are close. */
  private static double deviance(double x, double mean) {
    double difference = x - mean;
    if (Math.abs(difference) >= 0.1 * (x + mean)) {
      return x * Math.log(x / mean) + mean - x;
    }
    double ratio = difference / (x + mean);
    double sum = difference * ratio;
    double term = 2 * x * ratio;
    double square = ratio * ratio;
    for (int j = 1; ; j++) {
      term *= square;
      double next = sum + term / (2 * j + 1);
      if (next == sum) {
        return sum;
      }
      sum = next;
    }
  }
}
