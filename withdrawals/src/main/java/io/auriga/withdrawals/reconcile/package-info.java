/**
 * Do the books balance? Each block's withdrawals against its own root, the execution layer's copy,
 * the balances of who was paid and of who paid.
 *
 * <p>Good starting point: {@link io.auriga.withdrawals.reconcile.BlockReconciler}. Every check ends
 * in one of three ways: proven, diverged, or not provable with the reason. Diverged is said only
 * where nothing else can explain the difference.
 */
@NullMarked
package io.auriga.withdrawals.reconcile;

import org.jspecify.annotations.NullMarked;
