package io.auriga.runtime.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The current row of a result, by the names of its columns. Valid only inside the callback. */
public final class Row {
  private final ResultSet result;
  private final Database database;

  Row(ResultSet result, Database database) {
    this.result = result;
    this.database = database;
  }

  /**
   * @throws IllegalStateException if the column is null
   */
  public long number(String column) {
    try {
      long value = result.getLong(column);
      if (result.wasNull()) {
        throw isNull(column);
      }
      return value;
    } catch (SQLException failure) {
      throw unreadable(column, failure);
    }
  }

  /**
   * @throws IllegalStateException if the column is null
   */
  public String text(String column) {
    return findText(column).orElseThrow(() -> isNull(column));
  }

  /**
   * @throws IllegalStateException if the column is null
   */
  public byte[] bytes(String column) {
    return findBytes(column).orElseThrow(() -> isNull(column));
  }

  public OptionalLong findNumber(String column) {
    try {
      long value = result.getLong(column);
      return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    } catch (SQLException failure) {
      throw unreadable(column, failure);
    }
  }

  /**
   * A moment, as {@link StoredTime} keeps it.
   *
   * @throws IllegalStateException if the column is null
   */
  public Instant time(String column) {
    return StoredTime.of(number(column));
  }

  public Optional<Instant> findTime(String column) {
    OptionalLong micros = findNumber(column);
    return micros.isPresent() ? Optional.of(StoredTime.of(micros.getAsLong())) : Optional.empty();
  }

  public Optional<String> findText(String column) {
    try {
      return Optional.ofNullable(result.getString(column));
    } catch (SQLException failure) {
      throw unreadable(column, failure);
    }
  }

  public Optional<byte[]> findBytes(String column) {
    try {
      return Optional.ofNullable(result.getBytes(column));
    } catch (SQLException failure) {
      throw unreadable(column, failure);
    }
  }

  private static IllegalStateException isNull(String column) {
    return new IllegalStateException("Column " + column + " is null where a value was expected");
  }

  private StoreException unreadable(String column, SQLException failure) {
    return database.failure("read column " + column, failure);
  }
}
