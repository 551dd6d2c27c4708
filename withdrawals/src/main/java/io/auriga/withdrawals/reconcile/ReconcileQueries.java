package io.auriga.withdrawals.reconcile;

import io.auriga.runtime.store.Store;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What reconciling found, and a check on demand. Works on a store that another process writes. */
public final class ReconcileQueries {
  /** Blocks looked up at once; each costs nodes some questions. */
  private static final int BATCH = 32;

  private final Store store;

  public ReconcileQueries(Store store) {
    this.store = store;
  }

  /** Divergences, those still open first, then the newest first. */
  public List<Divergence> divergences(int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT * FROM withdrawals_divergence
                ORDER BY CASE WHEN resolved_at IS NULL THEN 0 ELSE 1 END, found_at DESC,
                  divergence_key
                LIMIT ?
                """,
                ReconcileStore::divergence,
                limit));
  }

  /** How many are open, by their code; every code is there. */
  public Map<ReconcileError, Long> open() {
    Map<ReconcileError, Long> open = new TreeMap<>();
    for (ReconcileError code : ReconcileError.values()) {
      open.put(code, 0L);
    }
    store.read(
        read -> {
          for (ReconcileError code : ReconcileError.values()) {
            read.first(
                    """
                    SELECT COUNT(*) AS n FROM withdrawals_divergence
                    WHERE code = ? AND resolved_at IS NULL
                    """,
                    row -> row.number("n"),
                    code.code())
                .ifPresent(count -> open.put(code, count));
          }
          return open;
        });
    return open;
  }

  /** Checked blocks that are canonical, the newest first. */
  public List<ReconciledBlock> blocks(int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT r.*, b.slot, b.root FROM withdrawals_block b
                  CROSS JOIN withdrawals_reconciled r
                WHERE b.canonical = 1 AND r.block_id = b.block_id
                ORDER BY b.slot DESC LIMIT ?
                """,
                row ->
                    new ReconciledBlock(
                        new Slot(row.number("slot")),
                        Root.of(row.bytes("root")),
                        row.number("proven"),
                        row.number("unprovable"),
                        row.number("diverged"),
                        row.findText("reason"),
                        row.time("checked_at")),
                limit));
  }

  /** How many canonical blocks of these slots there are to check. */
  public long count(Slot from, Slot to) {
    return store
        .read(
            read ->
                read.first(
                    """
                    SELECT COUNT(*) AS n FROM withdrawals_block
                    WHERE canonical = 1 AND slot >= ? AND slot <= ?
                    """,
                    row -> row.number("n"),
                    from.value(),
                    to.value()))
        .orElse(0L);
  }

  /** The canonical slots of a period: the first and the last; empty if there are none. */
  public Optional<List<Slot>> slots(Instant from, Instant to) {
    return store
        .read(
            read ->
                read.first(
                    """
                    SELECT MIN(slot) AS first_slot, MAX(slot) AS last_slot FROM withdrawals_block
                    WHERE canonical = 1 AND slot_time >= ? AND slot_time < ?
                    """,
                    row ->
                        row.findNumber("first_slot").isPresent()
                            ? Optional.of(
                                List.of(
                                    new Slot(row.number("first_slot")),
                                    new Slot(row.number("last_slot"))))
                            : Optional.<List<Slot>>empty(),
                    from.getEpochSecond(),
                    to.getEpochSecond()))
        .flatMap(found -> found);
  }

  /**
   * Checks every canonical block of these slots now, oldest first, and writes nothing. What nodes
   * do not answer is not provable, and says why.
   *
   * @param nodes empty to check only what the store itself can prove
   */
  public void check(
      Slot from,
      Slot to,
      Optional<ReconcileNodes> nodes,
      BiConsumer<Checked, List<CheckResult>> sink) {
    BlockReconciler reconciler = new BlockReconciler(nodes);
    Slot next = from;
    while (next.compareTo(to) <= 0) {
      Slot start = next;
      List<BlockFacts> blocks = store.read(read -> BlockFacts.between(read, start, to, BATCH));
      for (BlockFacts block : blocks) {
        sink.accept(new Checked(block.slot(), block.root()), reconciler.check(block, false));
      }
      if (blocks.size() < BATCH) {
        return;
      }
      next = blocks.getLast().slot().next();
    }
  }

  /** A block that was checked. */
  public record Checked(Slot slot, Root root) {}
}
