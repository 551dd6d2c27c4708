/**
 * Whether the validators did their duty, and whether one is in danger: attestations, proposals and
 * sync committee seats counted from blocks, objectives with error budgets, and the slashing watch.
 *
 * <p>Nothing here signs, and nothing here asks a node for what a block already says.
 */
@NullMarked
package io.auriga.validators;

import org.jspecify.annotations.NullMarked;
