package io.auriga.app.history;

import io.auriga.chain.BlockSource;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.OrderedPipeline;
import io.auriga.clients.consensus.BlockId;
import io.auriga.types.Slot;
import io.auriga.withdrawals.HistoryBatch;
import io.auriga.withdrawals.HistoryBlock;
import io.auriga.withdrawals.HistoryLedger;
import io.auriga.withdrawals.HistoryOutcome;
import io.auriga.withdrawals.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.LongStream;

/**
 * A range of slots from a beacon node. That a slot is empty is what the node says; the parent that
 * the next block names has to prove it.
 *
 * @param readers run the reading of single blocks
 * @param window blocks that are read and verified at once
 */
public record RangeWork(
    Slot first,
    Slot last,
    BlockSource blocks,
    ExecutorService readers,
    int window,
    String node,
    HistoryLedger ledger)
    implements HistoryImport.Work {
  /** Slots in one load: some minutes of a slow node, and little to read again after a kill. */
  private static final long SLOTS = 1_024;

  private static final Duration WAIT = Duration.ofSeconds(1);

  /**
   * A range in pieces that are the same whatever the range is, so that one begun before goes on.
   */
  public static List<RangeWork> pieces(
      Slot first,
      Slot last,
      BlockSource blocks,
      ExecutorService readers,
      int window,
      String node,
      HistoryLedger ledger) {
    List<RangeWork> pieces = new ArrayList<>();
    long from = first.value();
    while (from <= last.value()) {
      long to = Math.min(last.value(), from - from % SLOTS + SLOTS - 1);
      pieces.add(
          new RangeWork(new Slot(from), new Slot(to), blocks, readers, window, node, ledger));
      from = to + 1;
    }
    return pieces;
  }

  @Override
  public String source() {
    return "slots %s to %s".formatted(first, last);
  }

  @Override
  public HistoryOutcome load() throws InterruptedException {
    if (ledger.holds(first, last)) {
      return new HistoryOutcome.AlreadyHeld();
    }
    return ledger.load(
        new HistoryBatch(
            first, last, read(), Verification.FULL, source() + " of " + node, Optional.of(node)));
  }

  private List<HistoryBlock> read() throws InterruptedException {
    Iterator<Slot> slots =
        LongStream.rangeClosed(first.value(), last.value()).mapToObj(Slot::new).iterator();
    OrderedPipeline<Slot, Optional<ChainBlock>> pipeline =
        new OrderedPipeline<>(readers, window, slots, slot -> blocks.load(BlockId.of(slot)));
    List<HistoryBlock> found = new ArrayList<>();
    try {
      while (true) {
        OrderedPipeline.Step<Optional<ChainBlock>> step = pipeline.next(WAIT);
        if (step.finished()) {
          return found;
        }
        step.result().flatMap(block -> block).map(HistoryBlock::of).ifPresent(found::add);
      }
    } finally {
      pipeline.cancel();
    }
  }
}
