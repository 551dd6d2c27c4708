/**
 * When the next withdrawals come, how large they are, and how far off earlier answers were.
 *
 * <p>Good starting points: {@link io.auriga.withdrawals.prediction.Forecast}, which answers for a
 * validator, and {@link io.auriga.withdrawals.prediction.SweepProfile}, which learns from blocks.
 *
 * <p>Two concepts to know. The sweep visits validators in the order of their indices, so the time
 * until it reaches one is the number of payments on the way over the places in a block: whom it
 * paid a lap ago is the best guess of whom it pays now. And the model's own errors, measured on
 * every prediction that came true or not, set the width of the next intervals.
 */
@NullMarked
package io.auriga.withdrawals.prediction;

import org.jspecify.annotations.NullMarked;
