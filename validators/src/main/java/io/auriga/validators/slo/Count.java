package io.auriga.validators.slo;

/**
 * Duties that some validators owed, and those they missed.
 *
 * @param shared of the missed ones, those that at least a third of the whole network missed as
 *     well: in that slot the chain or the network was late, and not these validators
 */
public record Count(long total, long missed, long shared) {
  public static final Count NONE = new Count(0, 0, 0);

  public Count {
    if (shared < 0 || missed < shared || total < missed) {
      throw new IllegalArgumentException(
          "of %d duties %d missed, %d of them shared".formatted(total, missed, shared));
    }
  }

  public Count plus(Count other) {
    return new Count(
        Math.addExact(total, other.total),
        Math.addExact(missed, other.missed),
        Math.addExact(shared, other.shared));
  }

  /** Duties that say something of these validators. */
  public long own() {
    return total - shared;
  }

  public long ownMissed() {
    return missed - shared;
  }
}
