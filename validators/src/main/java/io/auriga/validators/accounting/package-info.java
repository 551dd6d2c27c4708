/**
 * Who did which duty, counted from canonical blocks: attestations with source, target, head and
 * delay, proposals, sync committee seats. The same bits as the participation flags of the state,
 * without asking for a state.
 *
 * <p>Good starting points: {@link io.auriga.validators.accounting.DutyAccounting}, which is given
 * blocks and takes them back in a reorg, and {@link io.auriga.validators.accounting.EpochDuties},
 * what one epoch came to.
 *
 * <p>There is no object per validator. Votes are bits in the order of the shuffle, where a slot's
 * committees are one stretch and an aggregate is copied 64 bits at a time; only a finished epoch is
 * turned into arrays by validator index.
 */
@NullMarked
package io.auriga.validators.accounting;

import org.jspecify.annotations.NullMarked;
