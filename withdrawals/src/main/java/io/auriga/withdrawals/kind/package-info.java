/**
 * What kind each withdrawal is, which request caused it, and what of it is principal.
 *
 * <p>Good starting point: {@link io.auriga.withdrawals.kind.KindRules}, which proves the kinds of
 * one block from what is known. {@link io.auriga.withdrawals.kind.KindJudge} gets to know it, from
 * the ledger and a little from nodes, and {@link io.auriga.withdrawals.kind.KindWorker} keeps that
 * going beside the follower.
 */
@NullMarked
package io.auriga.withdrawals.kind;

import org.jspecify.annotations.NullMarked;
