package io.auriga.validators.slo;

import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Parameters;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The counts in the store. Writing an epoch again replaces it, so that nothing counts twice. */
public final class SloStore {
  /** The tables, to open a {@link Store} with. */
  public static final Migrations MIGRATIONS = Migrations.of("slo", SloStore.class, "001-slo.sql");

  private static final List<String> FIELDS = List.of("total", "missed", "shared");
  private static final List<String> COLUMNS =
      Arrays.stream(Indicator.values())
          .flatMap(one -> FIELDS.stream().map(field -> one.lowerName() + "_" + field))
          .toList();

  private static final String INSERT =
      "INSERT INTO slo_epoch (epoch, scope, "
          + String.join(", ", COLUMNS)
          + ") VALUES (?, ?"
          + ", ?".repeat(COLUMNS.size())
          + ") ON CONFLICT (epoch, scope) DO UPDATE SET "
          + COLUMNS.stream()
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));

  private final Store store;

  public SloStore(Store store) {
    this.store = store;
  }

  /** How long an epoch lasts, and when one was last counted. */
  public record Clock(Duration epoch, Instant countedAt) {}

  public Optional<Clock> clock() {
    return store.read(
        read ->
            read.first(
                "SELECT epoch_millis, counted_at FROM slo_clock WHERE id = 1",
                row ->
                    new Clock(
                        Duration.ofMillis(row.number("epoch_millis")),
                        Instant.ofEpochSecond(row.number("counted_at")))));
  }

  /** Hands over what is kept of the newest epochs, the older first. */
  public void read(int epochs, Consumer<EpochCounts> consumer) {
    store.read(
        read -> {
          OptionalLong newest =
              read.first(
                      "SELECT MAX(epoch) AS newest FROM slo_epoch", row -> row.findNumber("newest"))
                  .orElse(OptionalLong.empty());
          if (newest.isPresent()) {
            read.forEach(
                "SELECT * FROM slo_epoch WHERE epoch > ? ORDER BY epoch",
                row -> consumer.accept(counts(row)),
                newest.getAsLong() - epochs);
          }
          return epochs;
        });
  }

  private static EpochCounts counts(Row row) {
    Map<Indicator, Count> counts = new EnumMap<>(Indicator.class);
    for (Indicator one : Indicator.values()) {
      String name = one.lowerName();
      counts.put(
          one,
          new Count(
              row.number(name + "_total"),
              row.number(name + "_missed"),
              row.number(name + "_shared")));
    }
    return new EpochCounts(new Epoch(row.number("epoch")), row.text("scope"), counts);
  }

  /**
   * Keeps the counts of one epoch, all scopes together; what was kept of it before is gone.
   *
   * @param forget epochs before this one are no longer needed
   */
  void write(Epoch epoch, List<EpochCounts> scopes, Epoch forget, Clock clock) {
    store.inTransaction(
        transaction -> {
          transaction.update("DELETE FROM slo_epoch WHERE epoch = ?", epoch.value());
          transaction.update("DELETE FROM slo_epoch WHERE epoch < ?", forget.value());
          transaction.batch(INSERT, scopes, SloStore::bind);
          return transaction.update(
              """
              INSERT INTO slo_clock (id, epoch_millis, counted_at) VALUES (1, ?, ?)
              ON CONFLICT (id) DO UPDATE SET
                epoch_millis = excluded.epoch_millis, counted_at = excluded.counted_at
              """,
              clock.epoch().toMillis(),
              clock.countedAt().getEpochSecond());
        });
  }

  private static void bind(Parameters row, EpochCounts counts) {
    row.number(counts.epoch().value()).text(counts.scope());
    for (Indicator one : Indicator.values()) {
      Count count = counts.of(one);
      row.number(count.total()).number(count.missed()).number(count.shared());
    }
  }
}
