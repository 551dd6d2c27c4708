package io.auriga.withdrawals.prediction;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Store;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a {@link SweepProfile} at the head of the ledger, reading what it has not seen and taking
 * back what was orphaned. Knows nothing but the ledger, so that a restart, a reorg or a second
 * process that only reads all come to the same. For one thread at a time.
 */
final class SweepHistory {
  /** Two laps of mainnet. */
  private static final long SLOTS = 131_072;

  private static final int PIECE = 1_024;

  private final Store store;
  private final SweepRules rules;
  private final Deque<BlockRef> seen = new ArrayDeque<>();
  private SweepProfile profile;

  SweepHistory(Store store, SweepRules rules) {
    this.store = store;
    this.rules = rules;
    this.profile = new SweepProfile(rules);
  }

  SweepProfile profile() {
    return profile;
  }

  /** The block up to which the profile has come; empty while the ledger is. */
  Optional<BlockRef> head() {
    return Optional.ofNullable(seen.peekLast());
  }

  /** Reads up to the ledger's head. */
  void catchUp() {
    while (store.read(this::piece)) {
      // Each piece is one short look at the store.
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private record Block(BlockRef ref, long id, long firstIndex, long count) {}

  private record Entry(long index, long block, long validator) {}

  /** Whether there may be more. */
  private boolean piece(Read read) {
    while (!seen.isEmpty() && !isCanonical(read, seen.getLast())) {
      seen.removeLast();
      if (!profile.undone() || seen.isEmpty()) {
        startAnew();
      }
    }
    long after = seen.isEmpty() ? newest(read) - SLOTS : seen.getLast().slot().value();
    List<Block> blocks =
        read.query(
            """
            SELECT slot, root, block_id, first_index, withdrawal_count FROM withdrawals_block
            WHERE canonical = 1 AND slot > ? ORDER BY slot LIMIT ?
            """,
            row ->
                new Block(
                    new BlockRef(new Slot(row.number("slot")), Root.of(row.bytes("root"))),
                    row.number("block_id"),
                    row.findNumber("first_index").orElse(0),
                    row.number("withdrawal_count")),
            after,
            PIECE);
    apply(read, blocks);
    return blocks.size() == PIECE;
  }

  private void apply(Read read, List<Block> blocks) {
    List<Block> paying = blocks.stream().filter(block -> block.count() > 0).toList();
    List<Entry> entries =
        paying.isEmpty()
            ? List.of()
            : read.query(
                """
                SELECT withdrawal_index, block_id, validator_index FROM withdrawals_entry
                WHERE withdrawal_index >= ? AND withdrawal_index < ?
                ORDER BY withdrawal_index
                """,
                row ->
                    new Entry(
                        row.number("withdrawal_index"),
                        row.number("block_id"),
                        row.number("validator_index")),
                paying.getFirst().firstIndex(),
                paying.getLast().firstIndex() + paying.getLast().count());
    int at = 0;
    for (Block block : blocks) {
      List<Long> validators = new ArrayList<>();
      while (at < entries.size() && entries.get(at).index() < block.firstIndex() + block.count()) {
        Entry entry = entries.get(at++);
        if (entry.block() == block.id()) {
          validators.add(entry.validator());
        }
      }
      take(block.ref(), validators);
    }
  }

  private void take(BlockRef ref, List<Long> validators) {
    int[] indices = validators.stream().mapToInt(SweepHistory::index).toArray();
    if (Arrays.stream(indices).anyMatch(index -> index < 0)) {
      // No real network has so many; a builder's payment (Gloas) is no validator's.
      indices = Arrays.stream(indices).filter(index -> index >= 0).toArray();
    }
    profile.applied(ref.slot().value(), indices);
    seen.addLast(ref);
    if (seen.size() > SweepProfile.UNDO_MAX) {
      seen.removeFirst();
    }
  }

  private static int index(long validator) {
    return validator >= 0 && validator < 1 << 28 ? (int) validator : -1;
  }

  private void startAnew() {
    seen.clear();
    SweepProfile fresh = new SweepProfile(rules);
    fresh.validators(profile.count(), Math.max(0, profile.slot()));
    profile = fresh;
  }

  private static long newest(Read read) {
    return read.first(
            "SELECT slot FROM withdrawals_block WHERE canonical = 1 ORDER BY slot DESC LIMIT 1",
            row -> row.number("slot"))
        .orElse(0L);
  }

  private static boolean isCanonical(Read read, BlockRef block) {
    return read.first(
            "SELECT slot FROM withdrawals_block WHERE root = ? AND canonical = 1",
            row -> row.number("slot"),
            (Object) block.root().toBytes())
        .isPresent();
  }
}
