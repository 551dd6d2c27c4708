package io.auriga.withdrawals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement put together from conditions, with the values of its parameters in order. */
final class SelectSql {
  private final StringBuilder text;
  private final List<Object> parameters = new ArrayList<>();

  /**
   * @param beginning up to and with a first condition after {@code WHERE}
   */
  SelectSql(String beginning) {
    this.text = new StringBuilder(beginning.strip());
  }

  SelectSql and(String condition, Object... values) {
    text.append(" AND ").append(condition);
    Collections.addAll(parameters, values);
    return this;
  }

  /** No condition where there are no values. */
  SelectSql andIn(String column, List<? extends Object> values) {
    if (values.size() == 1) {
      return and(column + " = ?", values.getFirst());
    }
    if (!values.isEmpty()) {
      and(
          column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
          values.toArray());
    }
    return this;
  }

  SelectSql then(String clause, Object... values) {
    text.append(' ').append(clause);
    Collections.addAll(parameters, values);
    return this;
  }

  String text() {
    return text.toString();
  }

  Object[] parameters() {
    return parameters.toArray();
  }
}
