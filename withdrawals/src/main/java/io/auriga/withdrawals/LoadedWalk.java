package io.auriga.withdrawals;

import io.auriga.runtime.store.Store;
import io.auriga.types.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way through what was loaded as history, from the newest block to the oldest, a stretch at a
 * time, and again from the top when more was loaded, and some time after its end in any case. Of
 * what was passed nothing is kept here, so that each worker leaves out by its own rows what it has
 * done.
 *
 * <p>For one thread at a time.
 */
public final class LoadedWalk {
  /** So many rows are looked at in some milliseconds, if all of them are done already. */
  private static final long IDS = 8_192;

  private static final Duration REST = Duration.ofMinutes(30);

  private static final int ATTEMPTS = 3;

  /** Ids of loaded blocks are below zero, and ascend with the slot. */
  private long below = 0;

  private long lastLoad;
  private int failures;
  private @Nullable Instant ended;

  /** Ids of rows, both ends inclusive. */
  public record Stretch(long first, long last) {
    /** The rows of what was loaded of these slots. */
    public static Stretch of(Slot first, Slot last) {
      return new Stretch(id(first), id(last));
    }

    private static long id(Slot slot) {
      return HistoryRows.blockId(
          Math.clamp(slot.value(), slot.value() < 0 ? Integer.MAX_VALUE : 0, Integer.MAX_VALUE));
    }
  }

  /** What comes next; empty at the end, and for a while after it. */
  public Optional<Stretch> next(Store store, Instant now) {
    if (ended != null) {
      if (now.isBefore(ended.plus(REST)) && lastLoad(store) == lastLoad) {
        return Optional.empty();
      }
      ended = null;
      below = 0;
    }
    if (below == 0) {
      lastLoad = lastLoad(store);
    }
    Optional<Long> top =
        store.read(
            read ->
                read.first(
                    """
                    SELECT block_id FROM withdrawals_block WHERE block_id < ?
                    ORDER BY block_id DESC LIMIT 1
                    """,
                    row -> row.number("block_id"),
                    below));
    if (top.isEmpty()) {
      ended = now;
    }
    return top.map(last -> new Stretch(last - IDS + 1, last));
  }

  /** When something was loaded last; 0 for never. */
  private static long lastLoad(Store store) {
    return store
        .read(
            read ->
                read.first(
                    "SELECT COALESCE(MAX(loaded_at), 0) AS last_load FROM withdrawals_history",
                    row -> row.number("last_load")))
        .orElse(0L);
  }

  /** Everything from this row on is done. */
  public void passed(long id) {
    below = id;
    failures = 0;
  }

  /**
   * Nodes did not answer for what lies from this row on: a node may hang over what is old and be
   * well otherwise. After some attempts it is left out until the next time round.
   */
  public void failed(long id) {
    if (++failures == ATTEMPTS) {
      passed(id);
    }
  }
}
