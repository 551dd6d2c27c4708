package io.auriga.withdrawals.prediction;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoredTime;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.prediction.Prediction.AmountInterval;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every prediction that was made, and what came of it. An outcome belongs to a canonical block: if
 * it is orphaned, the outcome is taken back, and the prediction waits again. A prediction made from
 * a block that was orphaned is not scored.
 */
public final class PredictionBook {
  /** The table, to open a {@link Store} with, beside the ledger's. */
  public static final Migrations MIGRATIONS =
      Migrations.of("prediction", PredictionBook.class, "001-predictions.sql");

  /** Half a year of mainnet: who has waited longer waits for what does not come. */
  private static final long KEPT_SLOTS = 1_300_000;

  private static final long LESSON_SLOTS = 262_144;

  /** Of each stretch of 1,024 slots and each reach. */
  private static final int LESSONS = 16;

  private final Store store;
  private final SweepRules rules;
  private long settledSlot = -1;

  PredictionBook(Store store, SweepRules rules) {
    this.store = store;
    this.rules = rules;
  }

  /** A prediction that was made, and the payment that came, if one did. */
  public record Entry(
      Prediction prediction, BlockRef madeFrom, Instant madeAt, Optional<Outcome> outcome) {
    /** How far ahead it looked, in slots. */
    public long horizon() {
      return prediction.slot().slot() - madeFrom.slot().value();
    }
  }

  /** A payment. */
  public record Outcome(long slot, long block, long index, long amount) {}

  /** Writes down what was predicted from a block, unless that was done in the same epoch. */
  void add(List<Prediction> predictions, BlockRef head, Instant at) {
    long epochStart = rules.epochOf(head.slot().value()) * rules.slotsPerEpoch();
    Set<ValidatorIndex> done =
        Set.copyOf(
            store.read(
                read ->
                    read.query(
                        "SELECT DISTINCT validator_index FROM prediction_made WHERE made_slot >= ?",
                        row -> new ValidatorIndex(row.number("validator_index")),
                        epochStart)));
    List<Prediction> fresh =
        firstOfEachKind(predictions).stream()
            .filter(one -> !done.contains(one.validator()))
            .toList();
    if (fresh.isEmpty()) {
      return;
    }
    int _ =
        store.inTransaction(
            transaction -> {
              transaction.batch(
                  """
                  INSERT INTO prediction_made (validator_index, made_slot, kind, made_root, made_at,
                    slot_low, slot_expected, slot_high, deviation, gwei_low, gwei_expected,
                    gwei_high, gwei_accrues)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  ON CONFLICT (validator_index, made_slot, kind) DO UPDATE SET
                    made_root = excluded.made_root, made_at = excluded.made_at,
                    slot_low = excluded.slot_low, slot_expected = excluded.slot_expected,
                    slot_high = excluded.slot_high, deviation = excluded.deviation,
                    gwei_low = excluded.gwei_low, gwei_expected = excluded.gwei_expected,
                    gwei_high = excluded.gwei_high, gwei_accrues = excluded.gwei_accrues,
                    outcome_slot = NULL, outcome_block = NULL, outcome_index = NULL,
                    outcome_gwei = NULL
                  """,
                  fresh,
                  (row, one) ->
                      row.number(one.validator().value())
                          .number(head.slot().value())
                          .text(one.kind().name())
                          .bytes(head.root().toBytes())
                          .number(StoredTime.micros(at))
                          .number(one.slot().low())
                          .number(one.slot().slot())
                          .number(one.slot().high())
                          .number(Math.round(1_000 * one.slot().deviation()))
                          .number(one.amount().low())
                          .number(one.amount().amount())
                          .number(one.amount().high())
                          .number(one.amount().accrues()));
              return transaction.update(
                  "DELETE FROM prediction_made WHERE made_slot < ?",
                  head.slot().value() - KEPT_SLOTS);
            });
  }

  private static List<Prediction> firstOfEachKind(List<Prediction> predictions) {
    record Key(ValidatorIndex validator, Kind kind) {}
    Map<Key, Prediction> first = new LinkedHashMap<>();
    predictions.forEach(one -> first.putIfAbsent(new Key(one.validator(), one.kind()), one));
    return List.copyOf(first.values());
  }

  /** What one look at the book changed. */
  record Changes(List<Entry> scored, int takenBack) {}

  /** Takes back what the chain took back, and scores what came since the last time. */
  Changes settle() {
    long from = store.read(this::unsettled);
    Changes changes =
        store.read(read -> open(read, from).isEmpty() && orphaned(read).isEmpty())
            ? new Changes(List.of(), 0)
            : store.inTransaction(transaction -> settle(transaction, from));
    settledSlot = store.read(PredictionBook::headSlot);
    return changes;
  }

  private Changes settle(Transaction transaction, long from) {
    int takenBack =
        transaction.update(
            """
            UPDATE prediction_made SET outcome_slot = NULL, outcome_block = NULL,
              outcome_index = NULL, outcome_gwei = NULL
            """
                + "WHERE "
                + ORPHANED,
            finalSlot(transaction));
    List<Entry> scored = new ArrayList<>();
    for (Entry open : open(transaction, from)) {
      outcome(transaction, open)
          .ifPresent(
              outcome -> {
                record(transaction, open, outcome);
                scored.add(
                    new Entry(
                        open.prediction(), open.madeFrom(), open.madeAt(), Optional.of(outcome)));
              });
    }
    return new Changes(scored, takenBack);
  }

  /** The slot behind which payments were not looked at yet, or may have changed since. */
  private long unsettled(Read read) {
    long last =
        settledSlot >= 0
            ? settledSlot
            : read.first(
                    "SELECT MIN(made_slot) AS oldest FROM prediction_made"
                        + " WHERE outcome_slot IS NULL",
                    row -> row.findNumber("oldest").orElse(Long.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
    return Math.min(last, finalSlot(read));
  }

  /** Open predictions of canonical blocks whose validators were paid behind a slot. */
  private static List<Entry> open(Read read, long fromSlot) {
    OptionalLong index =
        read.first(
                """
                SELECT first_index FROM withdrawals_block
                WHERE canonical = 1 AND slot > ? AND first_index IS NOT NULL
                ORDER BY slot LIMIT 1
                """,
                row -> row.findNumber("first_index"),
                fromSlot)
            .orElse(OptionalLong.empty());
    return index.isEmpty() ? List.of() : read.query(OPEN, PredictionBook::entry, index.getAsLong());
  }

  private static final String OPEN =
      """
      SELECT DISTINCT p.* FROM withdrawals_entry e
      JOIN withdrawals_block b ON b.block_id = e.block_id AND b.canonical = 1
      JOIN prediction_made p ON p.validator_index = e.validator_index
        AND p.outcome_slot IS NULL AND p.made_slot < b.slot
      JOIN withdrawals_block made ON made.root = p.made_root AND made.canonical = 1
      WHERE e.withdrawal_index >= ?
      """;

  /** The block of the outcome, or that of the prediction, is not canonical any more. */
  private static final String ORPHANED =
      """
      outcome_slot > ? AND (
        NOT EXISTS (SELECT 1 FROM withdrawals_block b
          WHERE b.block_id = prediction_made.outcome_block AND b.canonical = 1)
        OR NOT EXISTS (SELECT 1 FROM withdrawals_block b
          WHERE b.root = prediction_made.made_root AND b.canonical = 1))
      """;

  private static Optional<Boolean> orphaned(Read read) {
    return read.first(
        "SELECT 1 AS one FROM prediction_made WHERE " + ORPHANED + " LIMIT 1",
        row -> true,
        finalSlot(read));
  }

  /** What came up to here stays. */
  private static long finalSlot(Read read) {
    return position(read, "finalized_slot");
  }

  private static long headSlot(Read read) {
    return position(read, "head_slot");
  }

  private static long position(Read read, String column) {
    return read.first(
            "SELECT head_slot, finalized_slot FROM withdrawals_position WHERE id = 1",
            row -> row.findNumber(column).orElse(-1))
        .orElse(-1L);
  }

  private static final String PAYMENTS =
      """
      SELECT e.withdrawal_index, e.amount_gwei, b.slot, b.block_id, b.first_index,
        b.withdrawal_count
      FROM withdrawals_entry e JOIN withdrawals_block b ON b.block_id = e.block_id
      WHERE e.validator_index = ? AND b.canonical = 1 AND b.slot > ?
      ORDER BY e.withdrawal_index LIMIT 64
      """;

  private record Payment(Outcome outcome, long firstIndex, long count) {}

  private Optional<Outcome> outcome(Read read, Entry open) {
    List<Payment> payments =
        read.query(
            PAYMENTS,
            row ->
                new Payment(
                    new Outcome(
                        row.number("slot"),
                        row.number("block_id"),
                        row.number("withdrawal_index"),
                        row.number("amount_gwei")),
                    row.number("first_index"),
                    row.number("withdrawal_count")),
            open.prediction().validator().value(),
            open.madeFrom().slot().value());
    for (Payment payment : payments) {
      if (isOf(read, open.prediction(), payment)) {
        return Optional.of(payment.outcome());
      }
    }
    return Optional.empty();
  }

  private boolean isOf(Read read, Prediction predicted, Payment payment) {
    int[] validators =
        read
            .query(
                """
                SELECT validator_index FROM withdrawals_entry
                WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id = ?
                ORDER BY withdrawal_index
                """,
                row -> row.number("validator_index"),
                payment.firstIndex(),
                payment.firstIndex() + payment.count(),
                payment.outcome().block())
            .stream()
            .mapToInt(index -> (int) Math.min(index, Integer.MAX_VALUE))
            .toArray();
    int position = (int) (payment.outcome().index() - payment.firstIndex());
    boolean asked = position < PayloadSplit.partials(validators, Integer.MAX_VALUE, rules);
    return switch (predicted.kind()) {
      case PARTIAL -> asked;
      case SWEEP -> !asked;
      // A last excess may come before all is paid.
      case FULL -> !asked && payment.outcome().amount() >= predicted.amount().low() / 2;
    };
  }

  private static void record(Transaction transaction, Entry open, Outcome outcome) {
    int _ =
        transaction.update(
            """
            UPDATE prediction_made SET outcome_slot = ?, outcome_block = ?, outcome_index = ?,
              outcome_gwei = ?
            WHERE validator_index = ? AND made_slot = ? AND kind = ?
            """,
            outcome.slot(),
            outcome.block(),
            outcome.index(),
            outcome.amount(),
            open.prediction().validator().value(),
            open.madeFrom().slot().value(),
            open.prediction().kind().name());
  }

  /**
   * Outcomes to learn from, oldest first: a few of each stretch of the last four laps of mainnet
   * and of each reach, so that the thousand of one day do not stand for all.
   */
  static List<Entry> lessons(Store store) {
    return store.read(
        read ->
            read.query(
                """
                SELECT * FROM (
                  SELECT p.*, ROW_NUMBER() OVER (
                    PARTITION BY outcome_slot / 1024, CASE
                      WHEN slot_expected - made_slot < 1024 THEN 0
                      WHEN slot_expected - made_slot < 16384 THEN 1 ELSE 2 END
                    ORDER BY (made_slot * 31 + validator_index * 17) % 1021, made_slot,
                      validator_index, kind) AS place
                  FROM prediction_made p WHERE outcome_slot > ?) sorted
                WHERE place <= ? ORDER BY outcome_slot, place
                """,
                PredictionBook::entry, headSlot(read) - LESSON_SLOTS, LESSONS));
  }

  /** The latest outcomes, oldest first. */
  public List<Entry> outcomes(int limit) {
    List<Entry> newest =
        store.read(
            read ->
                read.query(
                    """
                    SELECT * FROM prediction_made WHERE outcome_slot IS NOT NULL
                    ORDER BY outcome_slot DESC LIMIT ?
                    """,
                    PredictionBook::entry,
                    limit));
    return newest.reversed();
  }

  /** How many predictions wait for their outcome. */
  public long open() {
    return store.read(
        read ->
            read.first(
                    "SELECT COUNT(*) AS open FROM prediction_made WHERE outcome_slot IS NULL",
                    row -> row.number("open"))
                .orElse(0L));
  }

  private static Entry entry(Row row) {
    Prediction prediction =
        new Prediction(
            new ValidatorIndex(row.number("validator_index")),
            Kind.valueOf(row.text("kind")),
            new SlotInterval(
                row.number("slot_low"),
                row.number("slot_expected"),
                row.number("slot_high"),
                row.number("deviation") / 1_000.0),
            new AmountInterval(
                row.number("gwei_low"),
                row.number("gwei_expected"),
                row.number("gwei_high"),
                row.number("gwei_accrues")));
    Optional<Outcome> outcome =
        row.findNumber("outcome_slot").isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Outcome(
                    row.number("outcome_slot"),
                    row.number("outcome_block"),
                    row.number("outcome_index"),
                    row.number("outcome_gwei")));
    return new Entry(
        prediction,
        new BlockRef(new Slot(row.number("made_slot")), Root.of(row.bytes("made_root"))),
        row.time("made_at"),
        outcome);
  }
}
