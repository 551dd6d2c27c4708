package io.auriga.withdrawals;

import io.auriga.runtime.store.Transaction;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.WithdrawalRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the requests of the execution layer that blocks carry, beside the blocks. */
final class RequestWriter {
  /** The type bytes of EIP-7685. */
  static final long WITHDRAWAL = 1;

  static final long CONSOLIDATION = 2;

  /** Only requests to pay out have a log that is looked for. */
  private static final String INSERT =
      """
      INSERT INTO withdrawals_request (block_id, request_type, position, source, public_key,
        target_key, amount_gwei, log_asked)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (block_id, request_type, position) DO NOTHING
      """;

  private RequestWriter() {}

  private record Line(
      long blockId,
      long type,
      long position,
      Address source,
      BlsPublicKey key,
      @Nullable BlsPublicKey target,
      @Nullable Gwei amount) {}

  /** The requests of the block of a row. */
  record OfBlock(long id, ForkName fork, BlockRequests requests) {}

  static void insert(Transaction transaction, List<OfBlock> blocks) {
    List<Line> lines = new ArrayList<>();
    for (OfBlock block : blocks) {
      for (WithdrawalRequest request : block.requests().withdrawals()) {
        lines.add(line(block.id(), request, position(lines, block.id(), WITHDRAWAL)));
      }
      for (ConsolidationRequest request : block.requests().consolidations()) {
        lines.add(line(block.id(), request, position(lines, block.id(), CONSOLIDATION)));
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    transaction.batch(
        INSERT,
        lines,
        (row, line) ->
            row.number(line.blockId())
                .number(line.type())
                .number(line.position())
                .bytes(line.source().toBytes())
                .bytes(line.key().toBytes())
                .value(line.target() == null ? null : line.target().toBytes())
                .value(line.amount() == null ? null : line.amount().value())
                .number(line.type() == WITHDRAWAL ? 0 : 1));
  }

  private static long position(List<Line> before, long block, long type) {
    Line last = before.isEmpty() ? null : before.getLast();
    return last != null && last.blockId() == block && last.type() == type ? last.position() + 1 : 0;
  }

  private static Line line(long block, WithdrawalRequest request, long position) {
    return new Line(
        block, WITHDRAWAL, position, request.source(), request.validator(), null, request.amount());
  }

  private static Line line(long block, ConsolidationRequest request, long position) {
    return new Line(
        block, CONSOLIDATION, position, request.source(), request.from(), request.into(), null);
  }
}
