package io.auriga.runtime.store;

import io.auriga.runtime.store.BulkTable.Column;
import java.sql.SQLException;

/** A bulk load under way in one database: keeps the place in the row. */
abstract class BulkSink implements BulkRows {
  private final BulkTable table;
  private int place;

  BulkSink(BulkTable table) {
    this.table = table;
  }

  /** The type of the column that the next value belongs to, counted from 1. */
  final Column next(BulkTable.Type given) {
    Column column = table.columns().get(place++);
    boolean fits =
        column.type() == given
            || (column.type() == BulkTable.Type.INTEGER && given == BulkTable.Type.BIGINT);
    if (!fits) {
      throw new IllegalStateException(
          "Column %s of %s is %s, and was given %s"
              .formatted(column.name(), table.name(), column.type(), given));
    }
    return column;
  }

  final int place() {
    return place;
  }

  /** Whether that was the row's last value. */
  final boolean rowIsWhole() {
    if (place < table.columns().size()) {
      return false;
    }
    place = 0;
    return true;
  }

  /** The columns that are null are named by their place alone. */
  final void skip() {
    place++;
  }

  final void requireWholeRows() {
    if (place != 0) {
      throw new IllegalStateException("The last row of " + table.name() + " is not whole");
    }
  }

  /** Makes all rows part of the transaction. */
  abstract void finish() throws SQLException;

  /** Gives up; the transaction is lost. */
  abstract void abandon();
}
