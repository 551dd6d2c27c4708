/**
 * Every Gwei that left the beacon chain, accounted for.
 *
 * <p>Good starting points: {@link io.auriga.withdrawals.WithdrawalLedger}, which the follower
 * writes, and {@link io.auriga.withdrawals.WithdrawalQueries}, which everything else reads.
 *
 * <p>Two concepts to know. A withdrawal is keyed by its global index <em>and</em> its block, and
 * its stages are those of the block: a block that is orphaned stays beside the one that replaced
 * it, and finalizing an epoch changes blocks only. And on the canonical chain slots, block numbers,
 * times and indices grow together, so that every filter over them is one range of indices.
 */
@NullMarked
package io.auriga.withdrawals;

import org.jspecify.annotations.NullMarked;
