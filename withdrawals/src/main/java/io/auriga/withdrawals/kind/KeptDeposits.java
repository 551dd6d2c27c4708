package io.auriga.withdrawals.kind;

import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.util.List;
import java.util.Optional;

/**
 * The deposits that the ledger keeps, and how much of a validator's had been credited at a time.
 *
 * @param firstBlock the first block whose deposits are kept, and {@code start} its slot
 * @param queueSlot from where on all deposits that wait are kept ones; empty if that was not seen
 * @param complete whether no block is missing since
 */
record KeptDeposits(
    ChainSpec spec, long firstBlock, Slot start, Optional<Slot> queueSlot, boolean complete) {
  /** A deposit is credited at the earliest when the second epoch after its own begins. */
  private static final long QUEUE_EPOCHS = 2;

  /** How much had been credited, in Gwei: at the least, and at the most. */
  record Credited(long least, long most) {
    static final Credited NONE = new Credited(0, 0);

    boolean isExact() {
      return least == most;
    }
  }

  private record Line(Slot slot, long gwei, boolean atOnce) {}

  /** Empty while no block was kept. */
  static Optional<KeptDeposits> read(Read read, ChainSpec spec) {
    return read.first(
        """
        SELECT s.first_block_id, s.queue_slot, p.gap_count, b.slot
        FROM withdrawals_deposit_start s CROSS JOIN withdrawals_position p
          CROSS JOIN withdrawals_block b
        WHERE s.id = 1 AND p.id = 1 AND b.block_id >= s.first_block_id
        ORDER BY b.block_id LIMIT 1
        """,
        row ->
            new KeptDeposits(
                spec,
                row.number("first_block_id"),
                new Slot(row.number("slot")),
                row.findNumber("queue_slot").isPresent()
                    ? Optional.of(new Slot(row.number("queue_slot")))
                    : Optional.empty(),
                row.number("gap_count") == 0));
  }

  /** Whether a payment in this slot came after all that may have waited before the ledger began. */
  boolean holdsTheQueueOf(Slot slot) {
    Slot electra = spec.startSlotOf(new Epoch(spec.number("ELECTRA_FORK_EPOCH")));
    return start.compareTo(electra) <= 0
        || queueSlot.filter(known -> slot.compareTo(known) >= 0).isPresent();
  }

  /** Before the block in this slot paid; as far as the rules tell without the chain's queue. */
  Credited credited(Read read, BlsPublicKey key, Slot slot) {
    return bounds(deposits(read, key, slot), slot);
  }

  /** The same, and by the chain's queue in the state that the block of the slot left. */
  Credited credited(Read read, BlsPublicKey key, Slot slot, PendingDeposits.Listed queue) {
    List<Line> deposits = deposits(read, key, slot);
    Credited bounds = bounds(deposits, slot);
    List<PendingDeposits.Entry> waiting =
        queue.entries().stream()
            .filter(entry -> entry.publicKey().equals(key) && !entry.moved())
            .toList();
    if (waiting.stream().anyMatch(entry -> entry.slot().value() == 0)) {
      // One of the old bridge: which one of them is not told.
      return bounds;
    }
    long queued =
        waiting.stream()
            .filter(entry -> entry.slot().compareTo(start) >= 0 && slot.isAfter(entry.slot()))
            .mapToLong(entry -> capped(entry.amount().value()))
            .reduce(0, (one, other) -> capped(one + other));
    long exact = sum(deposits) - queued;
    return exact < bounds.least() || exact > bounds.most() ? bounds : new Credited(exact, exact);
  }

  /** Of blocks before a slot: a block pays before it takes deposits. */
  private List<Line> deposits(Read read, BlsPublicKey key, Slot before) {
    return read.query(
        """
        SELECT b.slot, d.amount_gwei, d.at_once
        FROM withdrawals_deposit d CROSS JOIN withdrawals_block b
        WHERE d.public_key = ? AND b.block_id = d.block_id AND b.canonical = 1 AND b.slot < ?
          AND (b.block_id >= ? OR (b.block_id < 0 AND b.slot >= ?))
        """,
        row ->
            new Line(
                new Slot(row.number("slot")),
                capped(row.number("amount_gwei")),
                row.number("at_once") == 1),
        key.toBytes(),
        before.value(),
        firstBlock,
        // What was loaded as history is part of it where the follower went over it.
        start.value());
  }

  private Credited bounds(List<Line> deposits, Slot slot) {
    long epoch = spec.epochOf(slot).value();
    return new Credited(
        sum(deposits.stream().filter(Line::atOnce).toList()),
        sum(
            deposits.stream()
                .filter(
                    line ->
                        line.atOnce() || spec.epochOf(line.slot()).value() + QUEUE_EPOCHS <= epoch)
                .toList()));
  }

  private static long sum(List<Line> deposits) {
    return deposits.stream().mapToLong(Line::gwei).reduce(0, (one, other) -> capped(one + other));
  }

  /** No chain has as much ether, and two of them do not overflow. */
  private static long capped(long gwei) {
    return gwei < 0 ? Long.MAX_VALUE >> 2 : Math.min(gwei, Long.MAX_VALUE >> 2);
  }

  /**
   * Looks at the chain's queue in the state that the block of the slot left: once nothing waits
   * that is older than what is kept, all that ever waits is kept.
   */
  void noteQueue(Transaction transaction, PendingDeposits.Listed queue, Slot slot) {
    boolean kept =
        queue.entries().stream()
            .allMatch(entry -> entry.moved() || entry.slot().compareTo(start) >= 0);
    if (kept && queueSlot.isEmpty()) {
      // Two epochs on, so that no reorg of what was asked about matters.
      Epoch later = new Epoch(spec.epochOf(slot).value() + QUEUE_EPOCHS);
      int _ =
          transaction.update(
              "UPDATE withdrawals_deposit_start SET queue_slot = ? WHERE id = 1",
              spec.startSlotOf(later).value());
    }
  }
}
