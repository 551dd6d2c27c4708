package io.auriga.validators.slashing;

import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoredTime;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The doppelgangers that were found, and when clients were off. */
public final class DoppelgangerBook {
  private final Store store;

  public DoppelgangerBook(Store store) {
    this.store = store;
  }

  /** A finding, and when it was made. */
  public record Entry(Doppelganger found, Instant at) {}

  /**
   * The client of a validator signs nothing.
   *
   * @param until empty while it lasts
   * @param note of whoever declared it
   */
  public record Outage(
      ValidatorIndex validator, Instant from, Optional<Instant> until, String note) {}

  /** Keeps a finding durably; whether it was not known before. */
  boolean add(Doppelganger found, Instant at) {
    return store.inTransaction(
        transaction ->
            transaction.update(
                    """
                    INSERT INTO slashing_doppelganger (validator_index, message, kind, slot, reason,
                      seen_where, seen_at, said, found_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (validator_index, message) DO NOTHING
                    """,
                    found.validator().value(),
                    found.message(),
                    found.kind().name(),
                    found.slot().value(),
                    found.reason().name(),
                    found.where(),
                    found.seenAt().map(StoredTime::micros).orElse(null),
                    found.said(),
                    StoredTime.micros(at))
                == 1);
  }

  /** The newest findings. */
  public List<Entry> newest(int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT validator_index, message, kind, slot, reason, seen_where, seen_at, said,
                  found_at
                FROM slashing_doppelganger ORDER BY found_at DESC, validator_index LIMIT ?
                """,
                row ->
                    new Entry(
                        new Doppelganger(
                            new ValidatorIndex(row.number("validator_index")),
                            Doppelganger.Kind.valueOf(row.text("kind")),
                            row.text("message"),
                            new Slot(row.number("slot")),
                            Doppelganger.Reason.valueOf(row.text("reason")),
                            row.text("seen_where"),
                            row.findTime("seen_at"),
                            row.text("said")),
                        row.time("found_at")),
                limit));
  }

  /** Declares that clients are off; of one that is already, the beginning and the note are kept. */
  public int declareOff(
      Collection<ValidatorIndex> validators, Instant from, String note, Instant now) {
    return store.inTransaction(
        transaction -> {
          int declared = 0;
          for (ValidatorIndex validator : validators) {
            declared +=
                transaction.update(
                    """
                    INSERT INTO slashing_outage
                      (validator_index, from_at, until_at, note, declared_at)
                    SELECT ?, ?, NULL, ?, ? WHERE NOT EXISTS
                      (SELECT 1 FROM slashing_outage WHERE validator_index = ? AND until_at IS NULL)
                    ON CONFLICT (validator_index, from_at) DO NOTHING
                    """,
                    validator.value(),
                    StoredTime.micros(from),
                    note,
                    StoredTime.micros(now),
                    validator.value());
          }
          return declared;
        });
  }

  /** Declares that clients are on again; says how many were off. */
  public int declareOn(Collection<ValidatorIndex> validators, Instant until) {
    return store.inTransaction(
        transaction -> {
          int ended = 0;
          for (ValidatorIndex validator : validators) {
            ended +=
                transaction.update(
                    "UPDATE slashing_outage SET until_at = ?"
                        + " WHERE validator_index = ? AND until_at IS NULL AND from_at <= ?",
                    StoredTime.micros(until),
                    validator.value(),
                    StoredTime.micros(until));
          }
          return ended;
        });
  }

  /** What was declared, those that last first, then the newest. */
  public List<Outage> outages(int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT validator_index, from_at, until_at, note FROM slashing_outage
                ORDER BY CASE WHEN until_at IS NULL THEN 0 ELSE 1 END, from_at DESC,
                  validator_index LIMIT ?
                """,
                row ->
                    new Outage(
                        new ValidatorIndex(row.number("validator_index")),
                        row.time("from_at"),
                        row.findTime("until_at"),
                        row.text("note")),
                limit));
  }
}
