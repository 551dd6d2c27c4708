package io.auriga.withdrawals.statement;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a period paid, all lines together.
 *
 * @param total of what is final: the sum of the lines
 * @param unattributed why some of the total could not be told, and how much of it in Gwei, by
 *     reason: {@code kind}, or a doubt about what was put in
 * @param open of what the period paid and is not final yet; in no line
 */
public record Statement(Sums total, Map<String, BigInteger> unattributed, Sums open) {
  public Statement {
    unattributed = Collections.unmodifiableMap(new TreeMap<>(unattributed));
  }
}
