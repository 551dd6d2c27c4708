package io.auriga.runtime.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A file of SQL statements, each ended by a semicolon. Knows quotes and {@code --} comments, which
 * is all that the common subset has.
 */
final class SqlScript {
  private SqlScript() {}

  static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    int position = 0;
    while (position < script.length()) {
      char next = script.charAt(position);
      if (script.startsWith("--", position)) {
        int end = script.indexOf('\n', position);
        position = end < 0 ? script.length() : end;
      } else if (next == '\'' || next == '"') {
        int end = script.indexOf(next, position + 1);
        if (end < 0) {
          throw new IllegalArgumentException(
              "A quote is not closed: " + script.substring(position));
        }
        statement.append(script, position, end + 1);
        position = end + 1;
      } else if (next == ';') {
        take(statement, statements);
        position++;
      } else {
        statement.append(next);
        position++;
      }
    }
    if (!statement.toString().isBlank()) {
      throw new IllegalArgumentException("A statement has no semicolon: " + statement);
    }
    return statements;
  }

  private static void take(StringBuilder statement, List<String> statements) {
    String text = statement.toString().strip();
    statement.setLength(0);
    if (!text.isEmpty()) {
      statements.add(text);
    }
  }
}
