package io.auriga.withdrawals.statement;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a period paid.
 *
 * @param from slots beginning then or later
 * @param to slots beginning before
 * @param lines of what is final, in a fixed order
 * @param total of what is final: the sum of the lines
 * @param unattributed why some of the total could not be told, and how much of it in Gwei, by
 *     reason: {@code kind}, or a doubt about what was put in
 * @param open of what the period paid and is not final yet; in no line
 */
public record Statement(
    Instant from,
    Instant to,
    Set<StatementKey> by,
    List<StatementLine> lines,
    Sums total,
    Map<String, BigInteger> unattributed,
    Sums open) {
  public Statement {
    by = Set.copyOf(by);
    lines = List.copyOf(lines);
    unattributed = Collections.unmodifiableMap(new TreeMap<>(unattributed));
  }
}
