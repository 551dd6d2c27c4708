package io.auriga.sync.record;

import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The verdicts in the store. Writing a slot again replaces what was kept of it. */
public final class SlotStore {
  /** The tables, to open a {@link Store} with. */
  public static final Migrations MIGRATIONS =
      Migrations.of("sync", SlotStore.class, "001-sync.sql");

  private final Store store;

  /** A verdict without its evidence. */
  public record Brief(Slot slot, String node, Instant start, String verdict, Verdict.Tone tone) {}

  public SlotStore(Store store) {
    this.store = store;
  }

  /**
   * Keeps the verdicts on a slot.
   *
   * @param forget slots that began before this are no longer wanted
   */
  public void write(List<SlotRecord> records, Instant forget) {
    store.inTransaction(
        transaction -> {
          transaction.batch(
              """
              INSERT INTO sync_slot (slot, node, started_at, verdict, tone, details)
              VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT (slot, node) DO UPDATE SET
                started_at = excluded.started_at, verdict = excluded.verdict,
                tone = excluded.tone, details = excluded.details
              """,
              records,
              (row, record) ->
                  row.number(record.slot().value())
                      .text(record.node())
                      .number(record.start().toEpochMilli())
                      .text(record.verdict())
                      .text(record.tone().name())
                      .text(SlotRecordJson.text(record)));
          return transaction.update(
              "DELETE FROM sync_slot WHERE slot <= (SELECT COALESCE(MAX(slot), -1) FROM sync_slot"
                  + " WHERE started_at < ?)",
              forget.toEpochMilli());
        });
  }

  /** Every pair's verdict on a slot, by the pairs' names. */
  public List<SlotRecord> of(Slot slot) {
    return store.read(
        read ->
            read.query(
                "SELECT details FROM sync_slot WHERE slot = ? ORDER BY node",
                SlotStore::record,
                slot.value()));
  }

  /**
   * The newest verdicts, the newest first.
   *
   * @param before only slots before this one
   * @param since only slots that began then or later
   */
  public List<SlotRecord> latest(int limit, Optional<Slot> before, Instant since) {
    return store.read(
        read ->
            read.query(
                "SELECT details FROM sync_slot WHERE slot < ? AND started_at >= ?"
                    + " ORDER BY slot DESC, node LIMIT ?",
                SlotStore::record,
                before.map(Slot::value).orElse(Long.MAX_VALUE),
                since.toEpochMilli(),
                limit));
  }

  /** What of the newest verdicts is enough for a picture of hours, the oldest first. */
  public List<Brief> briefs(int limit, Instant since) {
    return store
        .read(
            read ->
                read.query(
                    "SELECT slot, node, started_at, verdict, tone FROM sync_slot"
                        + " WHERE started_at >= ? ORDER BY slot DESC, node LIMIT ?",
                    SlotStore::brief,
                    since.toEpochMilli(),
                    limit))
        .reversed();
  }

  private static SlotRecord record(Row row) {
    return SlotRecordJson.parse(row.text("details"));
  }

  private static Brief brief(Row row) {
    return new Brief(
        new Slot(row.number("slot")),
        row.text("node"),
        Instant.ofEpochMilli(row.number("started_at")),
        row.text("verdict"),
        Verdict.Tone.valueOf(row.text("tone")));
  }
}
