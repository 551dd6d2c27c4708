package io.auriga.withdrawals.statement;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every canonical withdrawal of a period, oldest first: so many blocks at a time, and then the rows
 * of their indices. Each question is a range of one index in its order, and the rows find their
 * blocks here: no database has to choose how to join millions of rows.
 */
final class PeriodRead {
  /** At most 16 withdrawals each, on mainnet. */
  private static final int BLOCKS_AT_ONCE = 1_024;

  private static final String BLOCKS =
      """
      SELECT b.block_id, b.slot_time, b.first_index, b.withdrawal_count, b.finalized_at, k.evidence
      FROM withdrawals_block b LEFT JOIN withdrawals_kind k ON k.block_id = b.block_id
      WHERE b.canonical = 1 AND b.slot_time >= ? AND b.slot_time < ?
      ORDER BY b.slot_time LIMIT ?
      """;

  private static final String ENTRIES =
      """
      SELECT withdrawal_index, block_id, validator_index, address, amount_gwei
      FROM withdrawals_entry WHERE withdrawal_index >= ? AND withdrawal_index < ?
      ORDER BY withdrawal_index
      """;

  private static final String BASES =
      """
      SELECT withdrawal_index, block_id, principal_gwei, unknown_gwei, doubt
      FROM withdrawals_basis WHERE withdrawal_index >= ? AND withdrawal_index < ?
      """;

  private final Read read;
  private final Sink sink;

  PeriodRead(Read read, Sink sink) {
    this.read = read;
    this.sink = sink;
  }

  /** Takes one withdrawal. */
  interface Sink {
    /**
     * @param row the columns {@code validator_index}, {@code address}, {@code amount_gwei}
     */
    void add(Block block, Row row, Told told);
  }

  /**
   * A block of the period.
   *
   * @param time the start of its slot in seconds since 1970
   */
  record Block(
      long id, long time, long first, long count, boolean isFinal, Optional<byte[]> evidence) {
    static Block of(Row row) {
      return new Block(
          row.number("block_id"),
          row.number("slot_time"),
          row.findNumber("first_index").orElse(0),
          row.number("withdrawal_count"),
          row.findNumber("finalized_at").isPresent(),
          row.findBytes("evidence"));
    }

    long end() {
      return first + count;
    }
  }

  /**
   * What is known of a withdrawal.
   *
   * @param reason why some of it could not be told, where that is so
   */
  record Told(Split split, String reason) {
    private static final String KIND = "kind";
    private static final String HISTORY = "history";

    private static Told of(WithdrawalKind kind, long gwei, @Nullable Found found) {
      boolean bySweep = kind == WithdrawalKind.FULL || kind == WithdrawalKind.SWEEP_EXCESS;
      String doubt = found == null ? HISTORY : found.doubt().orElse(HISTORY);
      return new Told(
          bySweep && found != null ? Split.of(found.basis(), gwei) : Split.of(kind, gwei),
          kind == WithdrawalKind.UNKNOWN ? KIND : doubt);
    }
  }

  /** What was found out of a payment by the sweep, and what was not. */
  private record Found(Split.Basis basis, Optional<String> doubt) {
    static Found of(Row row) {
      return new Found(
          new Split.Basis(row.number("principal_gwei"), row.number("unknown_gwei")),
          row.findText("doubt"));
    }
  }

  /** A withdrawal, among those that compete for its index. */
  private record Place(long index, long blockId) {
    static Place of(Row row) {
      return new Place(row.number("withdrawal_index"), row.number("block_id"));
    }
  }

  /**
   * @param from in seconds since 1970
   * @param to exclusive
   */
  void run(long from, long to) {
    List<Block> blocks;
    long begin = from;
    do {
      blocks = read.query(BLOCKS, Block::of, begin, to, BLOCKS_AT_ONCE);
      entries(blocks.stream().filter(block -> block.count() > 0).toList());
      begin = blocks.isEmpty() ? to : blocks.getLast().time() + 1;
    } while (blocks.size() == BLOCKS_AT_ONCE);
  }

  private void entries(List<Block> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    long first = blocks.getFirst().first();
    long end = blocks.getLast().end();
    Map<Place, Found> found = new HashMap<>();
    read.forEach(BASES, row -> found.put(Place.of(row), Found.of(row)), first, end);
    Walk walk = new Walk(blocks);
    read.forEach(
        ENTRIES,
        row -> {
          Place place = Place.of(row);
          Block block = walk.blockOf(place.index());
          // Rows of orphaned blocks have the same indices.
          if (block.id() == place.blockId() && place.index() < block.end()) {
            int position = Math.toIntExact(place.index() - block.first());
            WithdrawalKind kind = KindEvidence.at(block.evidence(), position).kind();
            sink.add(block, row, Told.of(kind, row.number("amount_gwei"), found.get(place)));
          }
        },
        first,
        end);
  }

  /** Finds the blocks of indices that only grow. */
  private static final class Walk {
    private final List<Block> blocks;
    private int at;

    Walk(List<Block> blocks) {
      this.blocks = blocks;
    }

    /** The last block that does not begin after {@code index}. */
    Block blockOf(long index) {
      while (at + 1 < blocks.size() && blocks.get(at + 1).first() <= index) {
        at++;
      }
      return blocks.get(at);
    }
  }
}
