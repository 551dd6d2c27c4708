package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.StageTotals.Amount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One load inside one transaction: what is held already must be the same, what is new must fit what
 * lies beside it, and comes in with a record of its own.
 */
final class HistoryLoad {
  private final Transaction transaction;
  private final HistoryBatch batch;
  private final Instant at;
  private Coverage coverage;
  private long blocks;
  private long withdrawals;

  HistoryLoad(Transaction transaction, HistoryBatch batch, Instant at) {
    this.transaction = transaction;
    this.batch = batch;
    this.at = at;
    this.coverage = look();
  }

  private Coverage look() {
    return Coverage.of(transaction, LedgerState.load(transaction));
  }

  HistoryOutcome run() {
    removeDamaged();
    long from = batch.first().value();
    for (Span held : coverage.parts()) {
      if (held.last().value() < from || held.first().isAfter(batch.last())) {
        continue;
      }
      if (held.first().value() > from) {
        piece(from, held.first().value() - 1);
      }
      long last = Math.min(held.last().value(), batch.last().value());
      requireSame(Math.max(from, held.first().value()), last);
      from = Math.max(from, held.last().value() + 1);
    }
    if (from <= batch.last().value()) {
      piece(from, batch.last().value());
    }
    return blocks == 0
        ? new HistoryOutcome.AlreadyHeld()
        : new HistoryOutcome.Loaded(blocks, withdrawals);
  }

  /** A load whose rows were lost is put in again; what is left of it must go first. */
  private void removeDamaged() {
    boolean removed = false;
    for (HistoryUnit unit : coverage.units()) {
      if (batch.covers(unit) && !HistoryRows.areWhole(transaction, unit)) {
        HistoryRows.delete(transaction, unit);
        removed = true;
      }
    }
    if (removed) {
      coverage = look();
    }
  }

  private List<HistoryBlock> blocks(long first, long last) {
    return batch.blocks().stream()
        .filter(block -> block.slot() >= first && block.slot() <= last)
        .toList();
  }

  private void requireSame(long first, long last) {
    List<BlockRef> ours = HistoryRows.canonical(transaction, first, last);
    List<BlockRef> theirs = blocks(first, last).stream().map(HistoryBlock::ref).toList();
    if (ours.equals(theirs)) {
      return;
    }
    List<BlockRef> onlyTheirs = new ArrayList<>(theirs);
    onlyTheirs.removeAll(ours);
    List<BlockRef> onlyOurs = new ArrayList<>(ours);
    onlyOurs.removeAll(theirs);
    throw failure(
        HistoryError.CONTRADICTION,
        "in the slots %d to %d the ledger holds %s and the load %s"
            .formatted(first, last, shown(onlyOurs), shown(onlyTheirs)));
  }

  private static String shown(List<BlockRef> blocks) {
    return switch (blocks.size()) {
      case 0 -> "no other block";
      case 1 -> "block " + blocks.getFirst();
      default -> "block " + blocks.getFirst() + " and " + (blocks.size() - 1) + " others";
    };
  }

  private void piece(long first, long last) {
    List<HistoryBlock> piece = blocks(first, last);
    if (piece.isEmpty()) {
      return;
    }
    OptionalLong firstIndex = HistoryCheck.firstIndex(piece);
    Span span = span(first, last, piece, firstIndex);
    @Nullable Span before = null;
    @Nullable Span after = null;
    for (Span held : coverage.parts()) {
      if (held.last().value() < first) {
        before = before == null || held.last().isAfter(before.last()) ? held : before;
      } else if (after == null) {
        after = held;
      }
    }
    if (before != null) {
      requireFit(before, span);
    }
    if (after != null) {
      requireFit(span, after);
    }
    if (firstIndex.isEmpty()) {
      firstIndex = indexFromNeighbours(before, span, after);
    }
    requireNotUndone(piece);
    HistoryRows.insert(transaction, piece, firstIndex, at);
    record(unit(span, piece, firstIndex));
    blocks += piece.size();
    withdrawals += HistoryCheck.count(piece);
    coverage = look();
  }

  private static Span span(
      long first, long last, List<HistoryBlock> piece, OptionalLong firstIndex) {
    HistoryBlock oldest = piece.getFirst();
    Optional<WithdrawalIndex> index = index(firstIndex);
    long count = HistoryCheck.count(piece);
    return new Span(
        new Slot(first),
        new Slot(last),
        Optional.of(oldest.parentRoot()),
        oldest.ref(),
        piece.getLast().ref(),
        index,
        index.map(start -> new WithdrawalIndex(start.value() + count)));
  }

  /** Side by side they must be linked; with unknown slots between them, in order. */
  private void requireFit(Span older, Span newer) {
    boolean linked = newer.parentRoot().equals(Optional.of(older.lastBlock().root()));
    boolean touching = older.last().value() + 1 == newer.first().value();
    if (touching && !linked && newer.parentRoot().isPresent()) {
      throw failure(
          HistoryError.NOT_LINKED,
          "block %s names the parent %s, and the block before it is %s"
              .formatted(newer.firstBlock(), newer.parentRoot().get(), older.lastBlock()));
    }
    if (older.nextIndex().isEmpty() || newer.firstIndex().isEmpty()) {
      return;
    }
    long end = older.nextIndex().get().value();
    long start = newer.firstIndex().get().value();
    if (linked ? start != end : start < end) {
      throw failure(
          HistoryError.INDEX_MISMATCH,
          "after block %s withdrawal %d must follow, and from block %s on they begin with %d"
              .formatted(older.lastBlock(), end, newer.firstBlock(), start));
    }
  }

  private static OptionalLong indexFromNeighbours(
      @Nullable Span before, Span span, @Nullable Span after) {
    if (before != null && before.continuesWith(span) && before.nextIndex().isPresent()) {
      return OptionalLong.of(before.nextIndex().get().value());
    }
    if (after != null && span.continuesWith(after) && after.firstIndex().isPresent()) {
      return OptionalLong.of(after.firstIndex().get().value());
    }
    return OptionalLong.empty();
  }

  /** A row for the block itself, and what the follower undid keeps the one that it has. */
  private void requireNotUndone(List<HistoryBlock> piece) {
    Set<Root> undone =
        Set.copyOf(
            HistoryRows.orphaned(transaction, piece.getFirst().slot(), piece.getLast().slot()));
    for (HistoryBlock block : piece) {
      if (undone.contains(block.ref().root())) {
        throw failure(
            HistoryError.CONTRADICTION,
            "block %s was undone by a reorg, and what follows it was not followed yet"
                .formatted(block.ref()));
      }
    }
  }

  /** What continues a load of the same source is one with it, as if it had come at once. */
  private void record(HistoryUnit unit) {
    HistoryUnit whole = unit;
    for (HistoryUnit before : coverage.units()) {
      if (before.isContinuedBy(unit)) {
        HistoryRows.deleteRecord(transaction, before);
        whole = before.with(unit);
      }
    }
    HistoryRows.insert(transaction, whole);
  }

  private HistoryUnit unit(Span span, List<HistoryBlock> piece, OptionalLong firstIndex) {
    Optional<WithdrawalIndex> first = index(firstIndex);
    long count = HistoryCheck.count(piece);
    BigInteger gwei =
        piece.stream().map(HistoryBlock::total).reduce(BigInteger.ZERO, BigInteger::add);
    return new HistoryUnit(
        span.first(),
        span.last(),
        piece.getFirst().parentRoot(),
        span.firstBlock(),
        span.lastBlock(),
        first,
        first.map(start -> new WithdrawalIndex(start.value() + count)),
        piece.size(),
        count,
        new Amount(count, gwei).gwei(),
        batch.verification(),
        batch.source(),
        at,
        batch.anchor());
  }

  private static Optional<WithdrawalIndex> index(OptionalLong value) {
    return value.isPresent()
        ? Optional.of(new WithdrawalIndex(value.getAsLong()))
        : Optional.empty();
  }

  private AurigaException failure(HistoryError code, String problem) {
    return new AurigaException(code, "load history from " + batch.source(), problem);
  }
}
