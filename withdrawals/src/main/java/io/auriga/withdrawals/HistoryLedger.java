package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Final history from elsewhere, beside what is followed: loads come in any order, and their record
 * is written with their blocks, so that a process that dies at any moment goes on after what it
 * finished, and nothing is loaded twice. Safe for many threads; one loads at a time.
 *
 * <p>Another process may follow the chain into the same store meanwhile. A load is one transaction
 * while nobody else writes, and otherwise several short ones, since the follower has to wait for
 * each: its record then grows with it, and is true whenever it is looked at.
 */
public final class HistoryLedger {
  /**
   * Blocks in one transaction beside a follower: some 8,000 withdrawals, and a tenth of a second.
   */
  private static final int BLOCKS_BESIDE = 512;

  private final Store store;
  private final Root network;
  private final InstantSource time;
  private final AtomicInteger loads = new AtomicInteger();
  private final LargeLoad large;

  /**
   * @param network the genesis validators root of the chain that is loaded: the store is bound to
   *     it with the first load, and not by one that turns out to be of another
   */
  public HistoryLedger(Store store, Root network, InstantSource time) {
    this.store = store;
    this.network = network;
    this.time = time;
    this.large = new LargeLoad(store);
  }

  /**
   * To be told before much is loaded, so that a load into SQLite can do without the indices that it
   * would only have to keep in order. {@link #settle} must follow.
   *
   * @param withdrawals that may come at most
   */
  public void expect(long withdrawals) {
    large.expect(withdrawals);
  }

  /**
   * After the last load: makes the indices that were left out, and has PostgreSQL look at what came
   * since it last did, which may be all of a part of a table.
   *
   * @param slow is run before, if it takes more than moments
   */
  public void settle(Runnable slow) {
    large.settle(slow);
    if (loads.get() > 0) {
      store.refreshStatistics(HistoryRows.TABLES);
    }
  }

  /**
   * Stores what is new of a load.
   *
   * @throws AurigaException with a code of {@link HistoryError} if the blocks do not belong
   *     together, or do not fit what is held; nothing is stored then, or what did fit before
   */
  public HistoryOutcome load(HistoryBatch batch) {
    HistoryCheck.require(batch);
    store.pinNetwork(network.toHex());
    OptionalLong first = HistoryCheck.firstIndex(batch.blocks());
    long count = HistoryCheck.count(batch.blocks());
    large.before(count);
    if (count > 0) {
      store.cover(HistoryRows.ENTRIES, first.getAsLong(), first.getAsLong() + count - 1);
    }
    long blocks = 0;
    long withdrawals = 0;
    for (HistoryBatch part : isLoadedAtOnce(batch) ? List.of(batch) : batch.parts(BLOCKS_BESIDE)) {
      HistoryOutcome outcome =
          store.inTransaction(
              transaction -> new HistoryLoad(transaction, part, time.instant()).run());
      if (outcome instanceof HistoryOutcome.Loaded loaded) {
        blocks += loaded.blocks();
        withdrawals += loaded.withdrawals();
      }
    }
    if (blocks == 0) {
      return new HistoryOutcome.AlreadyHeld();
    }
    // After 1, 2, 4, … loads: what is held has doubled since.
    if (Integer.bitCount(loads.incrementAndGet()) == 1) {
      store.refreshStatistics(HistoryRows.TABLES);
    }
    return new HistoryOutcome.Loaded(blocks, withdrawals);
  }

  /** What is left of a load that was damaged goes as a whole, and comes back as a whole. */
  private boolean isLoadedAtOnce(HistoryBatch batch) {
    return !store.isShared()
        || store.read(
            read ->
                Coverage.of(read, LedgerState.load(read)).units().stream()
                    .filter(unit -> batch.covers(unit))
                    .anyMatch(unit -> !HistoryRows.areWhole(read, unit)));
  }

  /** Keeps who vouches for what was loaded up to this block, if nobody does yet. */
  public void anchor(Root lastBlock, String anchor) {
    boolean _ =
        store.inTransaction(
            transaction -> {
              HistoryRows.anchor(transaction, lastBlock, anchor);
              return true;
            });
  }

  /** As {@link WithdrawalQueries#unanchored}. */
  public List<HistoryUnit> unanchored() {
    return store.read(read -> Coverage.of(read, LedgerState.load(read)).unanchored());
  }

  /** What was loaded, oldest first. */
  public List<HistoryUnit> units() {
    return store.read(read -> Coverage.of(read, LedgerState.load(read)).units());
  }

  /**
   * Whether every slot of a range is held already, and the rows of what was loaded are all there,
   * so that nothing of it needs to be read.
   */
  public boolean holds(Slot first, Slot last) {
    return store.read(read -> holds(read, first, last));
  }

  /**
   * The same where the last block of the range is known, of which nothing else was read.
   *
   * @param lastRoot of the newest block that is not after {@code last}
   * @throws AurigaException {@code AUR-HISTORY-CONTRADICTION} if the ledger holds another
   */
  public boolean holds(Slot first, Slot last, Root lastRoot) {
    return store.read(
        read -> {
          if (!holds(read, first, last)) {
            return false;
          }
          List<BlockRef> held = HistoryRows.canonical(read, first.value(), last.value());
          if (!held.isEmpty() && !held.getLast().root().equals(lastRoot)) {
            throw new AurigaException(
                HistoryError.CONTRADICTION,
                "load the history of slots %s to %s".formatted(first, last),
                "it ends with block %s, and the ledger has %s there"
                    .formatted(lastRoot, held.getLast()));
          }
          return true;
        });
  }

  private static boolean holds(Read read, Slot first, Slot last) {
    Coverage coverage = Coverage.of(read, LedgerState.load(read));
    long from = first.value();
    for (Span span : coverage.parts()) {
      if (span.first().value() <= from) {
        from = Math.max(from, span.last().value() + 1);
      }
    }
    return from > last.value()
        && coverage.units().stream()
            .filter(unit -> !unit.last().isBefore(first) && !unit.first().isAfter(last))
            .allMatch(unit -> HistoryRows.areWhole(read, unit));
  }
}
