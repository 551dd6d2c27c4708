package io.auriga.validators.slo;

import java.math.BigDecimal;

/**
 * What share of some duties is to be done.
 *
 * @param missable how many of a million duties may be missed: 5000 for 99.5 %
 */
public record Objective(Indicator indicator, int missable) {
  static final int MILLION = 1_000_000;

  public Objective {
    if (missable < 1 || missable >= MILLION) {
      throw new IllegalArgumentException("an objective lies above 0 % and below 100 %");
    }
  }

  /**
   * Reads a percentage: {@code 99.5%}, with at most four decimals.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Objective parse(Indicator indicator, String text) {
    if (!text.matches("[0-9]{1,2}(\\.[0-9]{1,4})? ?%")) {
      throw new IllegalArgumentException(
          "a share is written as 99.5%, with at most four decimals, below 100%");
    }
    BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1).strip());
    return new Objective(indicator, MILLION - percent.movePointRight(4).intValueExact());
  }

  /** The share that may be missed. */
  public double missRate() {
    return missable / (double) MILLION;
  }

  /** The share that is to be done, 0 to 1. */
  public double target() {
    return (MILLION - missable) / (double) MILLION;
  }

  /** As a person writes it: {@code 99.5%}. */
  public String text() {
    BigDecimal percent = BigDecimal.valueOf(MILLION - missable, 4).stripTrailingZeros();
    return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString() + "%";
  }
}
