package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.runtime.store.Parameters;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.StoredTime;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far the record goes that a source told of a key.
 *
 * @param denseFrom from this target on the record names the votes one by one: it is not one of
 *     those that hold the highest numbers only. Empty if it may be
 * @param lastTarget the highest that it names
 * @param lastSlot the highest that it names a block of
 */
public record KeyReport(
    BlsPublicKey key,
    Told told,
    Optional<Epoch> denseFrom,
    Optional<Epoch> lastTarget,
    Optional<Slot> lastSlot) {
  /** A validator votes once an epoch; with more than this left out, votes may be missing. */
  static final long GAP_MAX = 4;

  /** So many in a row are no accident of several minimal files put together. */
  static final int DENSE_MIN = 8;

  /**
   * By whom and when it was told.
   *
   * @param asOf the time before which all that was signed is in it; empty if nobody says so
   */
  public record Told(String source, Optional<Instant> asOf, Instant readAt) {}

  static KeyReport of(KeyRecord record, Told told) {
    Comparator<Epoch> order = Comparator.naturalOrder();
    List<Epoch> targets =
        record.attestations().stream()
            .map(SignedAttestation::target)
            .distinct()
            .sorted(order.reversed())
            .toList();
    return new KeyReport(
        record.key(),
        told,
        denseFrom(targets),
        targets.stream().findFirst(),
        record.blocks().stream().map(SignedBlock::slot).max(Comparator.naturalOrder()));
  }

  private static Optional<Epoch> denseFrom(List<Epoch> newestFirst) {
    int run = newestFirst.isEmpty() ? 0 : 1;
    while (run < newestFirst.size()
        && newestFirst.get(run - 1).value() - newestFirst.get(run).value() <= GAP_MAX) {
      run++;
    }
    return run < DENSE_MIN ? Optional.empty() : Optional.of(newestFirst.get(run - 1));
  }

  /**
   * With another entry that the same source has of the key, which tells less of what is left out.
   */
  KeyReport beside(KeyReport other) {
    return new KeyReport(
        key,
        told,
        Optional.empty(),
        later(lastTarget, other.lastTarget),
        later(lastSlot, other.lastSlot));
  }

  private static <T extends Comparable<T>> Optional<T> later(Optional<T> one, Optional<T> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().compareTo(other.get()) >= 0 ? one.get() : other.get())
        : one.or(() -> other);
  }

  void bind(Parameters to, Told told) {
    var _ = to.bytes(key.toBytes()).text(told.source());
    var _ = to.value(told.asOf().map(StoredTime::micros).orElse(null));
    var _ = to.number(StoredTime.micros(told.readAt()));
    var _ = to.value(denseFrom.map(Epoch::value).orElse(null));
    var _ = to.value(lastTarget.map(Epoch::value).orElse(null));
    var _ = to.value(lastSlot.map(Slot::value).orElse(null));
  }

  static KeyReport of(Row row) {
    return new KeyReport(
        BlsPublicKey.of(row.bytes("pubkey")),
        new Told(row.text("source"), row.findTime("as_of"), row.time("read_at")),
        epoch(row, "dense_from"),
        epoch(row, "last_target"),
        Optional.ofNullable(number(row, "last_slot")).map(Slot::new));
  }

  private static Optional<Epoch> epoch(Row row, String column) {
    return Optional.ofNullable(number(row, column)).map(Epoch::new);
  }

  private static @Nullable Long number(Row row, String column) {
    OptionalLong number = row.findNumber(column);
    return number.isPresent() ? number.getAsLong() : null;
  }
}
