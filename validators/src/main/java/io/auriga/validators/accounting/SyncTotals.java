package io.auriga.validators.accounting;

/**
 * What some seats of a sync committee owed and did. A block gives each seat one chance to be seen;
 * an empty slot gives none, so it is not held against anybody.
 *
 * @param seats how many seats; a validator may have several
 * @param expected seats times canonical blocks
 * @param signed how often a block has the seat's bit
 * @param missedInPoorBlocks of what is missing, how much is missing in blocks that lack more than a
 *     third of all seats: there the producer took few, or was on another branch
 */
public record SyncTotals(int seats, long expected, long signed, long missedInPoorBlocks) {
  /** Of nobody. */
  public static final SyncTotals NONE = new SyncTotals(0, 0, 0, 0);

  public long missed() {
    return expected - signed;
  }

  /** Seats add up where both are of one period; otherwise they count twice. */
  public SyncTotals plus(SyncTotals other) {
    return new SyncTotals(
        seats + other.seats,
        expected + other.expected,
        signed + other.signed,
        missedInPoorBlocks + other.missedInPoorBlocks);
  }
}
