package io.auriga.withdrawals.expected;

import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoredTime;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.expected.ListDifference.Field;
import io.auriga.withdrawals.expected.ReplayVerdict.Confirmed;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The verdicts over blocks, kept. Safe for many threads. */
public final class ReplayRecords {
  /** The table, to open a {@link Store} with. */
  public static final Migrations MIGRATIONS =
      Migrations.of("expected", ReplayRecords.class, "001-expected.sql");

  private static final String SAVE =
      """
      INSERT INTO expected_block
        (root, slot, verdict, entry, field, expected, found, reason, detail, replayed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (root) DO UPDATE SET verdict = excluded.verdict, entry = excluded.entry,
        field = excluded.field, expected = excluded.expected, found = excluded.found,
        reason = excluded.reason, detail = excluded.detail, replayed_at = excluded.replayed_at
      """;

  private final Store store;

  public ReplayRecords(Store store) {
    this.store = store;
  }

  /** Keeps a verdict, in place of an older one over the same block. */
  public void save(ReplayRecord record) {
    @Nullable ListDifference difference =
        record.verdict() instanceof Differs(ListDifference found) ? found : null;
    @Nullable NotProvable nothing =
        record.verdict() instanceof NotProvable notProvable ? notProvable : null;
    int _ =
        store.inTransaction(
            transaction ->
                transaction.update(
                    SAVE,
                    record.root().toBytes(),
                    record.slot().value(),
                    record.verdict().text(),
                    difference == null ? null : (long) difference.entry(),
                    difference == null ? null : difference.field().text(),
                    difference == null ? null : difference.expected(),
                    difference == null ? null : difference.found(),
                    nothing == null ? null : nothing.reason().text(),
                    nothing == null ? null : nothing.detail(),
                    StoredTime.micros(record.at())));
  }

  /** The verdict over a block; empty if it was never replayed. */
  public Optional<ReplayRecord> find(Root root) {
    return store.read(
        read ->
            read.first(
                "SELECT * FROM expected_block WHERE root = ?",
                ReplayRecords::record,
                (Object) root.toBytes()));
  }

  /** Blocks that carry something else than the rules give, newest first. */
  public List<ReplayRecord> differing(int limit) {
    return store.read(
        read ->
            read.query(
                "SELECT * FROM expected_block WHERE verdict = 'differs' ORDER BY slot DESC LIMIT ?",
                ReplayRecords::record,
                limit));
  }

  private static ReplayRecord record(Row row) {
    return new ReplayRecord(
        new Slot(row.number("slot")),
        Root.of(row.bytes("root")),
        verdict(row),
        row.time("replayed_at"));
  }

  private static ReplayVerdict verdict(Row row) {
    return switch (row.text("verdict")) {
      case "reproduced" -> new Reproduced();
      case "confirmed" -> new Confirmed();
      case "differs" ->
          new Differs(
              new ListDifference(
                  Math.toIntExact(row.number("entry")),
                  field(row.text("field")),
                  row.text("expected"),
                  row.text("found")));
      case "not-provable" -> new NotProvable(reason(row.text("reason")), row.text("detail"));
      default ->
          throw new IllegalStateException("The store holds the verdict " + row.text("verdict"));
    };
  }

  private static Field field(String text) {
    return Arrays.stream(Field.values())
        .filter(field -> field.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The store holds the field " + text));
  }

  private static Reason reason(String text) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The store holds the reason " + text));
  }
}
