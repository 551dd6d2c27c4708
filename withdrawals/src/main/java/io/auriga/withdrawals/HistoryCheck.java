package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.UInt64;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What can be said of a load without looking at the ledger: whether it is one piece of a chain. */
final class HistoryCheck {
  private final HistoryBatch batch;

  private HistoryCheck(HistoryBatch batch) {
    this.batch = batch;
  }

  static void require(HistoryBatch batch) {
    new HistoryCheck(batch).run();
  }

  private void run() {
    if (batch.blocks().isEmpty()) {
      throw failure(HistoryError.EMPTY, "slots %s to %s".formatted(batch.first(), batch.last()));
    }
    @Nullable BlockRef before = null;
    OptionalLong next = OptionalLong.empty();
    for (HistoryBlock block : batch.blocks()) {
      requireStorable(block);
      if (block.ref().slot().isBefore(batch.first()) || block.ref().slot().isAfter(batch.last())) {
        throw new IllegalStateException(
            "Block %s is outside the slots %s to %s"
                .formatted(block.ref(), batch.first(), batch.last()));
      }
      if (before != null) {
        requireChild(block, before);
      }
      next = next(block, next);
      before = block.ref();
    }
  }

  private void requireChild(HistoryBlock block, BlockRef before) {
    Root parent = block.parentRoot();
    if (!parent.equals(before.root()) || !block.ref().slot().isAfter(before.slot())) {
      throw failure(
          HistoryError.NOT_LINKED,
          "block %s names the parent %s, and the block before it is %s"
              .formatted(block.ref(), parent, before));
    }
  }

  private OptionalLong next(HistoryBlock block, OptionalLong expected) {
    OptionalLong next = expected;
    for (int i = 0; i < block.count(); i++) {
      long index = block.index(i);
      if (next.isPresent() && next.getAsLong() != index) {
        throw failure(
            HistoryError.INDEX_MISMATCH,
            "block %s has withdrawal %d where %d must follow"
                .formatted(block.ref(), index, next.getAsLong()));
      }
      next = OptionalLong.of(index + 1);
    }
    return next;
  }

  /** The index of the first withdrawal of these blocks. */
  static OptionalLong firstIndex(List<HistoryBlock> blocks) {
    for (HistoryBlock block : blocks) {
      if (block.count() > 0) {
        return OptionalLong.of(block.index(0));
      }
    }
    return OptionalLong.empty();
  }

  static long count(List<HistoryBlock> blocks) {
    return blocks.stream().mapToLong(HistoryBlock::count).sum();
  }

  /** Refuses what a signed column would turn into a negative number. */
  private void requireStorable(HistoryBlock block) {
    require(block, "slot", block.slot(), Integer.MAX_VALUE);
    require(block, "block number", block.number().value(), Long.MAX_VALUE);
    require(block, "timestamp", block.timestamp(), Long.MAX_VALUE);
    long total = 0;
    for (int i = 0; i < block.count(); i++) {
      require(block, "withdrawal index", block.index(i), Long.MAX_VALUE - 1);
      require(block, "validator index", block.validator(i), Long.MAX_VALUE);
      require(block, "amount", block.amount(i), Long.MAX_VALUE - total);
      total += block.amount(i);
    }
  }

  private void require(HistoryBlock block, String what, long value, long max) {
    if (value < 0 || value > max) {
      throw failure(
          WithdrawalError.VALUE_TOO_LARGE,
          "the %s %s of block %s is above %d"
              .formatted(what, UInt64.toDecimal(value), block.ref(), max));
    }
  }

  private AurigaException failure(io.auriga.types.ErrorCode code, String problem) {
    return new AurigaException(code, "load history from " + batch.source(), problem);
  }
}
