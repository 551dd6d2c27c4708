package io.auriga.validators.slashing;

import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoredTime;
import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The offences that were found, each once, however often and in whichever order it is seen. */
public final class OffenceBook {
  /** The tables of the slashing watch. */
  public static final Migrations MIGRATIONS =
      Migrations.of(
          "slashing",
          OffenceBook.class,
          "001-slashing.sql",
          "002-signed.sql",
          "003-doppelganger.sql");

  private final Store store;

  public OffenceBook(Store store) {
    this.store = store;
  }

  /**
   * An offence as it is kept.
   *
   * @param slot of the later message
   * @param earlier what it contradicts, for a person; empty for an accusation by others
   */
  public record Entry(
      String kind,
      ValidatorIndex validator,
      Slot slot,
      boolean watched,
      String earlier,
      String later,
      Instant foundAt) {}

  /**
   * A local stop as it is kept.
   *
   * @param outcome empty while it is not known
   */
  public record Stop(
      ValidatorIndex validator,
      String action,
      boolean dryRun,
      String reason,
      Instant intendedAt,
      long attempts,
      Optional<String> outcome) {}

  /** The newest local stops. */
  public List<Stop> stops(int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT validator_index, action, dry_run, reason, intended_at, attempts, outcome
                FROM slashing_stop ORDER BY intended_at DESC LIMIT ?
                """,
                row ->
                    new Stop(
                        new ValidatorIndex(row.number("validator_index")),
                        row.text("action"),
                        row.number("dry_run") == 1,
                        row.text("reason"),
                        row.time("intended_at"),
                        row.number("attempts"),
                        row.findText("outcome")),
                limit));
  }

  /** Keeps an offence durably; whether it was not known before. */
  public boolean add(Offence offence, boolean watched, Instant at) {
    String earlier = earlier(offence);
    String later = later(offence);
    // Seen again after a restart, the two may come in the other order.
    boolean inOrder = earlier.compareTo(later) < 0;
    String key =
        String.join(
            "|",
            offence.kind(),
            offence.validator().toString(),
            inOrder ? earlier : later,
            inOrder ? later : earlier);
    return store.inTransaction(
        transaction ->
            transaction.update(
                    """
                    INSERT INTO slashing_offence (offence_key, kind, validator_index, slot, watched,
                      earlier, later, found_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (offence_key) DO NOTHING
                    """,
                    key,
                    offence.kind(),
                    offence.validator().value(),
                    slot(offence).value(),
                    watched ? 1 : 0,
                    earlier,
                    later,
                    StoredTime.micros(at))
                == 1);
  }

  /** The newest offences, those of watched validators first. */
  public List<Entry> newest(int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT kind, validator_index, slot, watched, earlier, later, found_at
                FROM slashing_offence ORDER BY watched DESC, found_at DESC LIMIT ?
                """,
                OffenceBook::entry,
                limit));
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.text("kind"),
        new ValidatorIndex(row.number("validator_index")),
        new Slot(row.number("slot")),
        row.number("watched") == 1,
        row.text("earlier"),
        row.text("later"),
        row.time("found_at"));
  }

  private static Slot slot(Offence offence) {
    return switch (offence) {
      case Offence.DoubleVote vote -> vote.later().slot();
      case Offence.SurroundVote vote -> vote.later().slot();
      case Offence.DoubleProposal proposal -> proposal.slot();
      case Offence.Accused accused -> accused.slot();
    };
  }

  private static String earlier(Offence offence) {
    return switch (offence) {
      case Offence.DoubleVote vote -> text(vote.earlier());
      case Offence.SurroundVote vote -> text(vote.earlier());
      case Offence.DoubleProposal proposal -> proposal.earlier().toHex();
      case Offence.Accused _ -> "";
    };
  }

  private static String later(Offence offence) {
    return switch (offence) {
      case Offence.DoubleVote vote -> text(vote.later());
      case Offence.SurroundVote vote -> text(vote.later());
      case Offence.DoubleProposal proposal -> proposal.later().toHex();
      case Offence.Accused accused -> "slot " + accused.slot();
    };
  }

  static String text(Vote vote) {
    AttestationData data = vote.data();
    return data == null ? span(vote.source(), vote.target()) : text(data);
  }

  private static String text(AttestationData data) {
    return span(data.source(), data.target())
        + " slot "
        + data.slot()
        + " index "
        + data.index()
        + " head "
        + data.beaconBlockRoot();
  }

  private static String span(Checkpoint source, Checkpoint target) {
    return "source %s %s target %s %s"
        .formatted(source.epoch(), source.root(), target.epoch(), target.root());
  }
}
