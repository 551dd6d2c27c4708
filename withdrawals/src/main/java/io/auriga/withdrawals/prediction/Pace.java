package io.auriga.withdrawals.prediction;

/**
 * How fast the sweep goes, and how much that varies from chunk to chunk of slots.
 *
 * @param slots how many were seen
 * @param missed the share of slots without a block
 * @param partials requested partial withdrawals in a block, on average
 * @param growth payments of the sweep where a lap before there was one
 * @param newPerSlot validators that the network gains each slot
 */
public record Pace(
    long slots,
    double missed,
    double partials,
    double growth,
    double missedDeviation,
    double partialsDeviation,
    double growthDeviation,
    double newPerSlot) {
  /** The slots in which so many blocks come, on average. */
  public double slotsFor(double blocks) {
    return blocks / (1 - missed);
  }

  /**
   * The standard deviation of the slot in which the payment comes.
   *
   * @param blocks how many blocks come until then
   * @param unsure how many of them go over validators of which no fresh word is known
   * @param loaded how many of them have a load of partials that is not known yet
   * @param places for the sweep in one block
   */
  double deviation(double blocks, double unsure, double loaded, double places) {
    // One missed slot more than were seen: none in a thousand is not none ever.
    double share = slots == 0 ? missed : (missed * slots + 1) / (slots + 2);
    double time = slotsFor(blocks);
    double luck = share * blocks / ((1 - share) * (1 - share));
    // Where whole chunks differ by more than luck, so will the time to come.
    double chunkLuck = share * (1 - share) / PaceHistory.CHUNK_SLOTS;
    double excess = Math.max(0, missedDeviation * missedDeviation - chunkLuck);
    double missing =
        luck
            + ofChunks(excess, time) / ((1 - missed) * (1 - missed))
            + time * time * share * (1 - share) / Math.max(1, slots);
    double changing = ofChunks(growthDeviation * growthDeviation, slotsFor(unsure));
    double loading =
        ofChunks(Math.pow(partialsDeviation / Math.max(1, places), 2), slotsFor(loaded));
    return Math.sqrt(missing + changing + loading);
  }

  /** The variance of a sum over so many slots, from the relative variance of one chunk. */
  private double ofChunks(double variance, double time) {
    double chunks = time / PaceHistory.CHUNK_SLOTS;
    double seen = Math.max(1, (double) slots / PaceHistory.CHUNK_SLOTS);
    return chunks <= 0 ? 0 : variance * time * time * (1 / Math.max(chunks, 1e-3) + 1 / seen);
  }
}
