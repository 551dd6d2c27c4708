package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One interchange on its way into the store, within one transaction. */
final class RecordImport {
  private static final Comparator<SignedAttestation> NEWEST_VOTE =
      Comparator.comparing(SignedAttestation::target)
          .thenComparing(SignedAttestation::source)
          .reversed();

  private static final Comparator<SignedBlock> NEWEST_BLOCK =
      Comparator.comparing(SignedBlock::slot).reversed();

  private final Transaction transaction;
  private final KeyReport.Told told;
  private final Map<BlsPublicKey, KeyReport> reports = new HashMap<>();
  private long blocks;
  private long votes;

  RecordImport(Transaction transaction, String source) {
    this.transaction = transaction;
    this.told = new KeyReport.Told(source, Optional.empty(), Instant.EPOCH);
  }

  void take(KeyRecord record) {
    reports.merge(record.key(), KeyReport.of(record, told), KeyReport::beside);
    if (reports.size() > SigningRecords.KEYS_MAX) {
      throw tooMany();
    }
    byte[] key = record.key().toBytes();
    Merged<SignedBlock> mergedBlocks =
        Merged.of(SigningRecords.blocks(transaction, key), record.blocks(), NEWEST_BLOCK);
    transaction.batch(
        "INSERT INTO slashing_signed_block (pubkey, slot, signing_root) VALUES (?, ?, ?)",
        mergedBlocks.added(),
        (to, one) -> to.bytes(key).number(one.slot().value()).bytes(bytes(one.signingRoot())));
    transaction.batch(
        "DELETE FROM slashing_signed_block WHERE pubkey = ? AND slot = ? AND signing_root = ?",
        mergedBlocks.dropped(),
        (to, one) -> to.bytes(key).number(one.slot().value()).bytes(bytes(one.signingRoot())));
    Merged<SignedAttestation> mergedVotes =
        Merged.of(SigningRecords.votes(transaction, key), record.attestations(), NEWEST_VOTE);
    transaction.batch(
        "INSERT INTO slashing_signed_vote (pubkey, source_epoch, target_epoch, signing_root)"
            + " VALUES (?, ?, ?, ?)",
        mergedVotes.added(),
        (to, one) ->
            to.bytes(key)
                .number(one.source().value())
                .number(one.target().value())
                .bytes(bytes(one.signingRoot())));
    transaction.batch(
        "DELETE FROM slashing_signed_vote WHERE pubkey = ? AND source_epoch = ?"
            + " AND target_epoch = ? AND signing_root = ?",
        mergedVotes.dropped(),
        (to, one) ->
            to.bytes(key)
                .number(one.source().value())
                .number(one.target().value())
                .bytes(bytes(one.signingRoot())));
    blocks += mergedBlocks.added().size();
    votes += mergedVotes.added().size();
  }

  SigningRecords.Imported end(Function<Optional<Epoch>, Optional<Instant>> asOf, Instant readAt) {
    Optional<Epoch> newest =
        reports.values().stream()
            .flatMap(report -> report.lastTarget().stream())
            .max(Comparator.naturalOrder());
    KeyReport.Told whole = new KeyReport.Told(told.source(), asOf.apply(newest), readAt);
    transaction.batch(
        """
        INSERT INTO slashing_record
          (pubkey, source, as_of, read_at, dense_from, last_target, last_slot)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (pubkey, source) DO UPDATE SET as_of = excluded.as_of,
          read_at = excluded.read_at, dense_from = excluded.dense_from,
          last_target = excluded.last_target, last_slot = excluded.last_slot
        """,
        reports.values(),
        (to, report) -> report.bind(to, whole));
    long keys =
        transaction
            .first(
                "SELECT COUNT(DISTINCT pubkey) AS keys FROM slashing_record",
                row -> row.number("keys"))
            .orElse(0L);
    if (keys > SigningRecords.KEYS_MAX) {
      throw tooMany();
    }
    return new SigningRecords.Imported(reports.size(), blocks, votes);
  }

  private AurigaException tooMany() {
    return new AurigaException(
        SlashingError.TOO_MANY_KEYS,
        "keep what " + told.source() + " says was signed",
        "there would be records of more than " + SigningRecords.KEYS_MAX + " keys");
  }

  /** What changes for one key. */
  private record Merged<T>(Collection<T> added, Collection<T> dropped) {
    static <T> Merged<T> of(List<T> known, List<T> more, Comparator<T> newest) {
      Set<T> before = new HashSet<>(known);
      Set<T> all = new HashSet<>(known);
      all.addAll(more);
      Set<T> kept =
          all.size() <= SigningRecords.RECORDS_MAX
              ? all
              : new HashSet<>(
                  all.stream().sorted(newest).limit(SigningRecords.RECORDS_MAX).toList());
      return new Merged<>(
          kept.stream().filter(one -> !before.contains(one)).toList(),
          before.stream().filter(one -> !kept.contains(one)).toList());
    }
  }

  private static byte[] bytes(@Nullable Root root) {
    return root == null ? new byte[0] : root.toBytes();
  }
}
