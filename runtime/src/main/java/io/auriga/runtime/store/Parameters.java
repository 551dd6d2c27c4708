package io.auriga.runtime.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The values for the {@code ?} of one statement, given in order; no number is boxed. */
public final class Parameters {
  private final PreparedStatement statement;
  private final Database database;
  private int given;

  Parameters(PreparedStatement statement, Database database) {
    this.statement = statement;
    this.database = database;
  }

  public Parameters number(long value) {
    return bind((target, position) -> target.setLong(position, value));
  }

  public Parameters text(String value) {
    return bind((target, position) -> target.setString(position, value));
  }

  public Parameters bytes(byte[] value) {
    return bind((target, position) -> target.setBytes(position, value));
  }

  /** A null. */
  public Parameters nothing() {
    return bind((target, position) -> target.setNull(position, Types.NULL));
  }

  /** A value of one of the types that {@link Read} names. */
  public Parameters value(@Nullable Object value) {
    return switch (value) {
      case null -> nothing();
      case Long number -> number(number);
      case Integer number -> number(number);
      case String text -> text(text);
      case byte[] bytes -> bytes(bytes);
      default ->
          throw new IllegalArgumentException(
              "A parameter is a Long, an Integer, a String, a byte[] or null, not "
                  + value.getClass().getName());
    };
  }

  void restart() {
    given = 0;
  }

  private Parameters bind(Setter setter) {
    try {
      setter.set(statement, ++given);
    } catch (SQLException failure) {
      throw database.failure("give parameter " + given + " to a statement", failure);
    }
    return this;
  }

  @FunctionalInterface
  private interface Setter {
    void set(PreparedStatement target, int position) throws SQLException;
  }
}
