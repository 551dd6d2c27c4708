package io.auriga.app.cli;

import io.auriga.withdrawals.statement.StatementKey;
import java.time.Instant;
import java.util.Set;

/**
 * What a statement is asked for.
 *
 * @param from slots beginning then or later
 * @param to slots beginning before
 * @param by what its lines are for
 */
record StatementPeriod(Instant from, Instant to, Set<StatementKey> by) {
  StatementPeriod {
    by = Set.copyOf(by);
  }
}
