/**
 * What watched validators earned, what a perfect validator would have, and what is missing between
 * the two: asked of a node once an epoch, bound to the branch that was followed, compared with the
 * duties that were counted from blocks, and kept.
 *
 * <p>Good starting points: {@link io.auriga.validators.rewards.RewardKeeper} for when it is asked,
 * {@link io.auriga.validators.rewards.RewardCollector} for what, {@link
 * io.auriga.validators.rewards.RewardCheck} for what it is compared with. What no node said is
 * unknown, and nowhere a zero.
 */
@NullMarked
package io.auriga.validators.rewards;

import org.jspecify.annotations.NullMarked;
