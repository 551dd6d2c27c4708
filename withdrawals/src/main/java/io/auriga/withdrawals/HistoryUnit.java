package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Row;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.StageTotals.Amount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One load of history, as it was recorded with its blocks.
 *
 * @param first the first slot that was looked at
 * @param last the last slot that was looked at
 * @param parentRoot the root that the first block names as its parent
 * @param firstIndex the index of the first withdrawal; empty where no block had any and no
 *     neighbour said
 * @param nextIndex the index that follows the last withdrawal
 * @param source where the blocks came from
 * @param anchor who vouches for the last block, and so for all before it, beside the source
 */
public record HistoryUnit(
    Slot first,
    Slot last,
    Root parentRoot,
    BlockRef firstBlock,
    BlockRef lastBlock,
    Optional<WithdrawalIndex> firstIndex,
    Optional<WithdrawalIndex> nextIndex,
    long blocks,
    long withdrawals,
    BigInteger gwei,
    Verification verification,
    String source,
    Instant loadedAt,
    Optional<String> anchor) {

  static HistoryUnit of(Row row) {
    return new HistoryUnit(
        new Slot(row.number("first_slot")),
        new Slot(row.number("last_slot")),
        Root.of(row.bytes("parent_root")),
        ref(row, "first_block"),
        ref(row, "last_block"),
        index(row.findNumber("first_index")),
        index(row.findNumber("next_index")),
        row.number("blocks"),
        row.number("withdrawals"),
        Amount.joined(row.number("gwei_high"), row.number("gwei_low")),
        Verification.valueOf(row.text("verification").toUpperCase(Locale.ROOT)),
        row.text("source"),
        row.time("loaded_at"),
        row.findText("anchor"));
  }

  private static BlockRef ref(Row row, String prefix) {
    return new BlockRef(
        new Slot(row.number(prefix + "_slot")), Root.of(row.bytes(prefix + "_root")));
  }

  private static Optional<WithdrawalIndex> index(OptionalLong value) {
    return value.isPresent()
        ? Optional.of(new WithdrawalIndex(value.getAsLong()))
        : Optional.empty();
  }

  /** Whether {@code later} is the next part of the same load. */
  boolean isContinuedBy(HistoryUnit later) {
    return last.next().equals(later.first)
        && later.parentRoot.equals(lastBlock.root())
        && source.equals(later.source)
        && anchor.equals(later.anchor)
        && verification == later.verification;
  }

  /** Both as one. */
  HistoryUnit with(HistoryUnit later) {
    return new HistoryUnit(
        first,
        later.last,
        parentRoot,
        firstBlock,
        later.lastBlock,
        firstIndex.or(() -> later.firstIndex),
        later.nextIndex.or(() -> nextIndex),
        blocks + later.blocks,
        withdrawals + later.withdrawals,
        gwei.add(later.gwei),
        verification,
        source,
        later.loadedAt,
        anchor);
  }

  /** Whether a slot is one of those that were looked at. */
  boolean covers(Slot slot) {
    return !slot.isBefore(first) && !slot.isAfter(last);
  }

  Amount amount() {
    return new Amount(withdrawals, gwei);
  }

  Span span() {
    return new Span(
        first, last, Optional.of(parentRoot), firstBlock, lastBlock, firstIndex, nextIndex);
  }
}
