package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.Interchange;
import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clients say that their keys signed (EIP-3076), in the store. Of each key the records of all
 * sources are one set, of which the newest are kept; a client to which they are handed on refuses
 * whatever is below the oldest, so that what is let go of loses no protection.
 */
public final class SigningRecords {
  /** Votes of one key: over a month, and as many blocks. */
  static final int RECORDS_MAX = 8_192;

  /** More keys than any operator has; a file of made-up keys must not fill the disk. */
  static final long KEYS_MAX = 200_000;

  private static final String BLOCKS =
      "SELECT slot, signing_root FROM slashing_signed_block WHERE pubkey = ?";

  private static final String VOTES =
      "SELECT source_epoch, target_epoch, signing_root FROM slashing_signed_vote WHERE pubkey = ?";

  private final Store store;

  public SigningRecords(Store store) {
    this.store = store;
  }

  /** The entries of an interchange, read from their begin each time. */
  @FunctionalInterface
  public interface Entries {
    /**
     * Hands them over.
     *
     * @return which chain they are of
     */
    Root read(Consumer<KeyRecord> entries) throws IOException;
  }

  /**
   * What an import came to.
   *
   * @param blocks that were not known before
   * @param votes as {@code blocks}
   */
  public record Imported(long keys, long blocks, long votes) {}

  /**
   * Adds what a source tells: all of it, or nothing where it cannot be read to its end.
   *
   * @param source the name by which it is known; what it told of a key before is told anew
   * @param asOf tells, of the newest target that it names, the time before which everything that
   *     its keys signed is in it; empty if nobody says so
   * @param chain the genesis validators root that it must be of
   * @throws io.auriga.crypto.slashing.InterchangeException if it is malformed or of another chain
   * @throws AurigaException {@code AUR-SLASHING-KEYS} if there would be more than {@value
   *     #KEYS_MAX} keys
   * @throws IOException if it cannot be read
   */
  public Imported add(
      String source,
      Function<Optional<Epoch>, Optional<Instant>> asOf,
      Instant readAt,
      Root chain,
      Entries entries)
      throws IOException {
    try {
      return store.inTransaction(
          transaction -> {
            RecordImport run = new RecordImport(transaction, source);
            try {
              Root found = entries.read(run::take);
              new Interchange(found, List.of()).requireChain(chain);
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
            return run.end(asOf, readAt);
          });
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /** What is kept of a key; nothing in it if nothing is. */
  public KeyRecord of(BlsPublicKey key) {
    byte[] bytes = key.toBytes();
    return store.read(read -> new KeyRecord(key, blocks(read, bytes), votes(read, bytes)));
  }

  /** As {@link #of}, only what is of a target or a slot from these on. */
  KeyRecord since(BlsPublicKey key, Epoch target, Slot slot) {
    byte[] bytes = key.toBytes();
    return store.read(
        read ->
            new KeyRecord(
                key,
                read.query(BLOCKS + " AND slot >= ?", SigningRecords::block, bytes, slot.value()),
                read.query(
                    VOTES + " AND target_epoch >= ?",
                    SigningRecords::vote,
                    bytes,
                    target.value())));
  }

  /**
   * One that tells what clients signed.
   *
   * @param asOf the time before which everything is in its record; empty if nobody says so
   */
  public record Source(String name, long keys, Optional<Instant> asOf, Instant readAt) {}

  /** Who told something, the newest first. */
  public List<Source> sources(int limit) {
    return store.read(
        read ->
            read.query(
                "SELECT source, COUNT(*) AS keys, MAX(as_of) AS as_of, MAX(read_at) AS read_at"
                    + " FROM slashing_record GROUP BY source"
                    + " ORDER BY MAX(read_at) DESC, source LIMIT ?",
                row ->
                    new Source(
                        row.text("source"),
                        row.number("keys"),
                        row.findTime("as_of"),
                        row.time("read_at")),
                limit));
  }

  /** Changes whenever something was told. */
  String stamp() {
    return store.read(
        read ->
            read.first(
                    "SELECT COUNT(*) AS records, MAX(read_at) AS newest FROM slashing_record",
                    row -> row.number("records") + " " + row.findNumber("newest"))
                .orElse(""));
  }

  /** What each source last told of each key. */
  public List<KeyReport> reports() {
    Stream.Builder<KeyReport> reports = Stream.builder();
    return store.read(
        read -> {
          read.forEach(
              "SELECT pubkey, source, as_of, read_at, dense_from, last_target, last_slot"
                  + " FROM slashing_record",
              row -> reports.add(KeyReport.of(row)));
          return reports.build().toList();
        });
  }

  static List<SignedBlock> blocks(Read read, byte[] key) {
    return read.query(BLOCKS, SigningRecords::block, key);
  }

  static List<SignedAttestation> votes(Read read, byte[] key) {
    return read.query(VOTES, SigningRecords::vote, key);
  }

  private static SignedBlock block(Row row) {
    return new SignedBlock(new Slot(row.number("slot")), root(row.bytes("signing_root")));
  }

  private static SignedAttestation vote(Row row) {
    return new SignedAttestation(
        new Epoch(row.number("source_epoch")),
        new Epoch(row.number("target_epoch")),
        root(row.bytes("signing_root")));
  }

  private static @Nullable Root root(byte[] bytes) {
    return bytes.length == 0 ? null : Root.of(bytes);
  }
}
