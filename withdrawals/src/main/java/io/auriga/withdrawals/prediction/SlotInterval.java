package io.auriga.withdrawals.prediction;

/**
 * When something is expected: in nine of ten cases between {@code low} and {@code high}, both
 * included.
 *
 * @param deviation the model's standard deviation, in slots
 */
public record SlotInterval(long low, long slot, long high, double deviation) {
  public boolean holds(long outcome) {
    return low <= outcome && outcome <= high;
  }
}
