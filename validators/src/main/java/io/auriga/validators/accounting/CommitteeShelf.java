package io.auriga.validators.accounting;

import io.auriga.crypto.committee.Committees;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Committees that were computed where duties are counted, for whoever else needs them: by epoch,
 * and by the last block that had a say in them, since another branch has others. Safe for any
 * thread.
 */
public final class CommitteeShelf {
  /** Each has four bytes a validator, most of which the counting holds as well. */
  private static final int KEPT_MAX = 4;

  private record Place(Epoch epoch, Root decidedBy) {}

  private final LinkedHashMap<Place, Committees> kept = new LinkedHashMap<>();

  /**
   * Puts committees there, in place of what was there.
   *
   * @param decidedBy the newest block before the epoch that comes before {@code epoch}
   */
  synchronized void put(Epoch epoch, Root decidedBy, Committees committees) {
    kept.putLast(new Place(epoch, decidedBy), committees);
    if (kept.size() > KEPT_MAX) {
      var _ = kept.pollFirstEntry();
    }
  }

  /** Empty if nobody counted them. */
  public synchronized Optional<Committees> find(Epoch epoch, Root decidedBy) {
    return Optional.ofNullable(kept.get(new Place(epoch, decidedBy)));
  }
}
