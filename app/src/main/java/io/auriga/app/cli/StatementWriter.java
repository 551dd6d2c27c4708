package io.auriga.app.cli;

import io.auriga.withdrawals.statement.Statement;
import io.auriga.withdrawals.statement.StatementLine;
import java.io.IOException;

/** Writes a statement line by line as its lines come, and then what they add up to. */
interface StatementWriter {
  void line(StatementLine line) throws IOException;

  /** After the last line; what is behind is flushed and not closed. */
  void end(Statement statement) throws IOException;
}
