package io.auriga.withdrawals.statement;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a period paid.
 *
 * @param from slots beginning then or later
 * @param to slots beginning before
 * @param lines of what is final, in a fixed order
 * @param total of what is final: the sum of the lines
 * @param open of what the period paid and is not final yet; in no line
 */
public record Statement(
    Instant from,
    Instant to,
    Set<StatementKey> by,
    List<StatementLine> lines,
    Sums total,
    Sums open) {
  public Statement {
    by = Set.copyOf(by);
    lines = List.copyOf(lines);
  }
}
