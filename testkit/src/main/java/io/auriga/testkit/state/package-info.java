/**
 * Beacon states as plain objects, and the rules of withdrawals over them, written a second time and
 * slowly: numbers of any size, lists, nothing shared with the product but the schemas. What both
 * agree on is not one person's misreading.
 *
 * <p>Good starting points: {@link io.auriga.testkit.state.PlainState} and {@link
 * io.auriga.testkit.state.NaiveWithdrawals}; {@link io.auriga.testkit.state.RandomStates} makes
 * states from a seed.
 */
@NullMarked
package io.auriga.testkit.state;

import org.jspecify.annotations.NullMarked;
