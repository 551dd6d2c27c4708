/**
 * Accounting statements: what a period paid, for whom, and what of it was principal and income.
 *
 * <p>Good starting point: {@link io.auriga.withdrawals.statement.StatementQueries}; {@link
 * io.auriga.withdrawals.statement.Split} is the rule.
 */
@NullMarked
package io.auriga.withdrawals.statement;

import org.jspecify.annotations.NullMarked;
