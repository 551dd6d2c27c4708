package io.auriga.withdrawals;

import io.auriga.chain.ChainPosition;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger in a few figures. Counts and amounts are those of the blocks held; what the sequence
 * of indices says is missing is in {@code gaps}. All are kept with the ledger and not counted anew:
 * rows that are lost behind its back show in them once {@link WithdrawalLedger#gaps} was asked, as
 * the follower does when it begins.
 *
 * @param position empty until the first commit
 * @param withdrawals on the canonical chain
 * @param totalGwei what those amount to
 * @param byStage withdrawals by the stage they are in, every stage present; their sum without
 *     {@link Stage#ORPHANED} is {@code withdrawals}
 * @param gaps how many holes there are in what is followed, which the follower repairs
 * @param notLoaded how many holes there are between loads of history, and between them and what is
 *     followed
 * @param lastBlockTime the start of the last canonical slot
 */
public record LedgerSummary(
    Optional<ChainPosition> position,
    long withdrawals,
    BigInteger totalGwei,
    Optional<WithdrawalIndex> firstIndex,
    Optional<WithdrawalIndex> lastIndex,
    Map<Stage, Long> byStage,
    long gaps,
    long notLoaded,
    Optional<Slot> firstSlot,
    Optional<Slot> lastSlot,
    Optional<Instant> lastBlockTime) {
  public LedgerSummary {
    byStage = Collections.unmodifiableMap(new EnumMap<>(byStage));
  }
}
