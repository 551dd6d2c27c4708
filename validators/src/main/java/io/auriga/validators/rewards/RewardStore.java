package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Rewards in the store, an epoch a row. Writing an epoch again replaces it. */
public final class RewardStore {
  /** The tables, to open a {@link Store} with. */
  public static final Migrations MIGRATIONS =
      Migrations.of("rewards", RewardStore.class, "001-rewards.sql");

  private final Store store;

  public RewardStore(Store store) {
    this.store = store;
  }

  /** How long an epoch lasts, and when one was last asked for. */
  public record Clock(Duration epoch, Instant collectedAt) {}

  public Optional<Clock> clock() {
    return store.read(
        read ->
            read.first(
                "SELECT epoch_millis, collected_at FROM rewards_clock WHERE id = 1",
                row ->
                    new Clock(
                        Duration.ofMillis(row.number("epoch_millis")),
                        Instant.ofEpochSecond(row.number("collected_at")))));
  }

  /** The newest epoch that is kept. */
  public Optional<Epoch> newest() {
    return bound("MAX");
  }

  Optional<Epoch> oldest() {
    return bound("MIN");
  }

  private Optional<Epoch> bound(String which) {
    OptionalLong found =
        store.read(
            read ->
                read.first(
                        "SELECT " + which + "(epoch) AS bound FROM rewards_epoch",
                        row -> row.findNumber("bound"))
                    .orElse(OptionalLong.empty()));
    return found.isPresent() ? Optional.of(new Epoch(found.getAsLong())) : Optional.empty();
  }

  public Optional<EpochRewards> find(Epoch epoch) {
    return store.read(
        read ->
            read.first(
                "SELECT * FROM rewards_epoch WHERE epoch = ?",
                RewardStore::rewards,
                epoch.value()));
  }

  /** Hands over what is kept of some epochs, both ends inclusive, the older first. */
  public void read(Epoch from, Epoch to, Consumer<EpochRewards> consumer) {
    store.read(
        read -> {
          read.forEach(
              "SELECT * FROM rewards_epoch WHERE epoch BETWEEN ? AND ? ORDER BY epoch",
              row -> consumer.accept(rewards(row)),
              from.value(),
              to.value());
          return from;
        });
  }

  /** The epochs that are kept from one on, ascending. */
  List<Long> keptSince(Epoch from) {
    return store.read(
        read ->
            read.query(
                "SELECT epoch FROM rewards_epoch WHERE epoch >= ? ORDER BY epoch",
                row -> row.number("epoch"),
                from.value()));
  }

  /** An epoch that may still become another one, and what it is bound to. */
  record Open(Epoch epoch, BlockRef asOf) {}

  /** The epochs up to one that are not final yet, ascending. */
  List<Open> open(Epoch upTo, int limit) {
    return store.read(
        read ->
            read.query(
                "SELECT epoch, as_of_slot, as_of_root FROM rewards_epoch"
                    + " WHERE is_final = 0 AND epoch <= ? ORDER BY epoch LIMIT ?",
                row -> new Open(new Epoch(row.number("epoch")), asOf(row)),
                upTo.value(),
                limit));
  }

  private static BlockRef asOf(Row row) {
    return new BlockRef(new Slot(row.number("as_of_slot")), Root.of(row.bytes("as_of_root")));
  }

  private static EpochRewards rewards(Row row) {
    return new EpochRewards(
        new Epoch(row.number("epoch")),
        asOf(row),
        row.number("is_final") != 0,
        RewardCodec.decode(row.bytes("validators")),
        new EpochRewards.Comparison(
            row.number("parts_equal"),
            row.number("parts_explained"),
            row.number("parts_different"),
            row.findText("difference")));
  }

  /**
   * Keeps an epoch; what was kept of it before is gone.
   *
   * @param forget epochs before this one are no longer needed
   */
  public void write(EpochRewards rewards, Epoch forget, Clock clock) {
    store.inTransaction(
        transaction -> {
          transaction.update("DELETE FROM rewards_epoch WHERE epoch = ?", rewards.epoch().value());
          transaction.update("DELETE FROM rewards_epoch WHERE epoch < ?", forget.value());
          transaction.update(
              """
              INSERT INTO rewards_epoch (epoch, as_of_slot, as_of_root, is_final, parts_equal,
                parts_explained, parts_different, difference, validators)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
              rewards.epoch().value(),
              rewards.asOf().slot().value(),
              rewards.asOf().root().toBytes(),
              rewards.isFinal() ? 1 : 0,
              rewards.comparison().equal(),
              rewards.comparison().explained(),
              rewards.comparison().different(),
              rewards.comparison().difference().orElse(null),
              RewardCodec.encode(rewards.rows()));
          return transaction.update(
              """
              INSERT INTO rewards_clock (id, epoch_millis, collected_at) VALUES (1, ?, ?)
              ON CONFLICT (id) DO UPDATE SET
                epoch_millis = excluded.epoch_millis, collected_at = excluded.collected_at
              """,
              clock.epoch().toMillis(),
              clock.collectedAt().getEpochSecond());
        });
  }

  void settle(Epoch epoch) {
    store.inTransaction(
        transaction ->
            transaction.update(
                "UPDATE rewards_epoch SET is_final = 1 WHERE epoch = ?", epoch.value()));
  }

  void forget(Epoch epoch) {
    store.inTransaction(
        transaction ->
            transaction.update("DELETE FROM rewards_epoch WHERE epoch = ?", epoch.value()));
  }
}
