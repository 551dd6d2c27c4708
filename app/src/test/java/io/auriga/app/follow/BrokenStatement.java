package io.auriga.app.follow;

import io.auriga.runtime.store.Store;
import java.util.List;
import java.util.random.RandomGenerator;

/** Lets a transaction die in its midst: the database itself refuses some of its rows. */
final class BrokenStatement {
  /** Where, which rows, and what must hold for a row to be refused. */
  private record Place(String table, String event, String condition) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("withdrawals_entry", "INSERT", "NEW.withdrawal_index % 5 = 2"),
          new Place("withdrawals_block", "INSERT", "NEW.slot % 2 = 1"),
          new Place("withdrawals_block", "UPDATE", "NEW.slot % 3 = 1"),
          new Place("withdrawals_position", "UPDATE", "1 = 1"));

  private final boolean postgres;
  private boolean armed;
  private String table = "";

  BrokenStatement(boolean postgres) {
    this.postgres = postgres;
  }

  void arm(Store store, RandomGenerator random) {
    disarm(store);
    Place place = PLACES.get(random.nextInt(PLACES.size()));
    table = place.table();
    run(
        store,
        postgres
            ? "ALTER TABLE %s ADD CONSTRAINT simulated_fault CHECK (NOT (%s)) NOT VALID"
                .formatted(table, place.condition().replace("NEW.", ""))
            : ("CREATE TRIGGER simulated_fault BEFORE %s ON %s WHEN %s"
                    + " BEGIN SELECT RAISE(ABORT, 'simulated fault'); END")
                .formatted(place.event(), table, place.condition()));
    armed = true;
  }

  void disarm(Store store) {
    if (armed) {
      run(
          store,
          postgres
              ? "ALTER TABLE " + table + " DROP CONSTRAINT simulated_fault"
              : "DROP TRIGGER simulated_fault");
      armed = false;
    }
  }

  private static void run(Store store, String sql) {
    int _ = store.inTransaction(transaction -> transaction.update(sql));
  }
}
