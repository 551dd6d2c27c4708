package io.auriga.withdrawals.statement;

import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.HeldRange;
import io.auriga.withdrawals.WithdrawalFilter;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Statements over the ledger, each from one consistent state of the store. Every canonical
 * withdrawal of the period is counted once; works on a store that another process writes.
 */
public final class StatementQueries {
  private final Store store;

  public StatementQueries(Store store) {
    this.store = store;
  }

  /** How many withdrawals a statement of this period has to read. */
  public long count(Instant from, Instant to) {
    return store
        .read(
            read ->
                read.first(
                    """
                    SELECT COALESCE(SUM(withdrawal_count), 0) AS n FROM withdrawals_block
                    WHERE canonical = 1 AND slot_time >= ? AND slot_time < ?
                    """,
                    row -> row.number("n"),
                    seconds(from),
                    seconds(to)))
        .orElse(0L);
  }

  /**
   * The statement of a period.
   *
   * @param from slots beginning then or later
   * @param to slots beginning before
   * @param by what the lines are for; none for a single line
   * @param progress hears now and then how many withdrawals were read
   * @param lines takes the lines by day, group, address and validator, as far as they are for them:
   *     the same ledger gives the same order. Those of a day come before the next day is read
   * @return what the lines add up to
   * @throws AurigaException {@code AUR-HISTORY-NOT-HELD} if a part of the period was not loaded:
   *     never a statement with a hole in it
   */
  public Statement statement(
      Instant from,
      Instant to,
      Set<StatementKey> by,
      Groups groups,
      LongConsumer progress,
      Consumer<StatementLine> lines) {
    Tallies tallies = new Tallies(by, groups, progress, lines);
    boolean _ =
        store.read(
            read -> {
              HeldRange.require(read, WithdrawalFilter.ALL.withFromTime(from).withToTime(to));
              new PeriodRead(read, tallies).run(seconds(from), seconds(to));
              return true;
            });
    tallies.handOn();
    return new Statement(tallies.total(), tallies.reasons(), tallies.open());
  }

  /** The first second that is not before an instant, as slots begin on whole seconds. */
  private static long seconds(Instant instant) {
    return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
  }
}
