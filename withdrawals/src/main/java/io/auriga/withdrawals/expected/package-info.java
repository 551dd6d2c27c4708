/**
 * Which withdrawals the next block must carry, recomputed from a beacon state.
 *
 * <p>Good starting points: {@link io.auriga.withdrawals.expected.WithdrawalRules}, the rules of
 * each fork, and {@link io.auriga.withdrawals.expected.ValidatorStates}, the little that they need
 * to know of a state, whether that lies in one piece or was fetched from a node.
 *
 * <p>Two concepts to know. The <em>sweep</em> goes round all validators, a bounded step in each
 * block, and pays out who has left or has more than counts. Before it, from Electra on, come the
 * <em>pending partials</em>: withdrawals that somebody asked for (EIP-7002), in a queue.
 */
@NullMarked
package io.auriga.withdrawals.expected;

import org.jspecify.annotations.NullMarked;
