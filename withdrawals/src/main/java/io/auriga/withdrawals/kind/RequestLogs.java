package io.auriga.withdrawals.kind;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.execution.ExecutionLog;
import io.auriga.clients.execution.ExecutionLogs;
import io.auriga.crypto.execution.ByteString;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transaction behind each request to pay out: the request contract (EIP-7002) makes an
 * anonymous log of the very request. A block takes at most 16 requests out of the contract's queue,
 * first in first out, so that the log may be some blocks older than the block with the request.
 *
 * <p>The request is proven by its block; that this log caused it is the execution node's word.
 */
final class RequestLogs {
  /** {@code WITHDRAWAL_REQUEST_PREDEPLOY_ADDRESS}, the same on every network. */
  static final Address CONTRACT = Address.fromHex("0x00000961ef480eb55e80d19ad83579a64c007002");

  /** A queue that takes longer would hold more than a thousand requests. */
  private static final long LOOK_BACK = 64;

  private static final int ROWS = 64;

  private final Store store;
  private final ExecutionLogs logs;

  RequestLogs(Store store, ExecutionLogs logs) {
    this.store = store;
    this.logs = logs;
  }

  /** A request whose log was not looked for yet. */
  private record Asked(
      long blockId, long position, BlockHash block, BlockNumber number, ByteString logData) {
    static Asked of(Row row) {
      byte[] source = row.bytes("source");
      byte[] key = row.bytes("public_key");
      return new Asked(
          row.number("block_id"),
          row.number("position"),
          BlockHash.of(row.bytes("block_hash")),
          new BlockNumber(row.number("block_number")),
          // The log has the amount as it stood in the transaction: big endian.
          ByteString.of(
              ByteBuffer.allocate(source.length + key.length + Long.BYTES)
                  .put(source)
                  .put(key)
                  .putLong(row.number("amount_gwei"))
                  .array()));
    }
  }

  private record Found(Asked asked, Optional<ExecutionLog> log) {}

  /**
   * Looks for the logs of one block's requests.
   *
   * @return whether there may be more to do
   * @throws NodeException if no node gave a usable answer; nothing was done then
   */
  boolean step() {
    return step("r.block_id > 0 AND b.executed_at IS NOT NULL ORDER BY r.block_id, r.position");
  }

  /** The same of a block that was loaded as history, the newest first. */
  boolean loadedStep() {
    return step("r.block_id < 0 ORDER BY r.block_id DESC, r.position");
  }

  private boolean step(String which) {
    List<Asked> open =
        store.read(
            read ->
                read.query(
                    """
                    SELECT r.block_id, r.position, r.source, r.public_key, r.amount_gwei,
                      b.block_hash, b.block_number
                    FROM withdrawals_request r CROSS JOIN withdrawals_block b
                    WHERE r.log_asked = 0 AND b.block_id = r.block_id AND b.canonical = 1 AND
                    """
                        + which
                        + " LIMIT ?",
                    Asked::of,
                    ROWS));
    if (open.isEmpty()) {
      return false;
    }
    long first = open.getFirst().blockId();
    List<Asked> ofBlock = open.stream().filter(asked -> asked.blockId() == first).toList();
    List<Found> found = find(ofBlock);
    boolean _ =
        store.inTransaction(
            transaction -> {
              found.forEach(one -> save(transaction, one));
              return true;
            });
    return true;
  }

  private List<Found> find(List<Asked> requests) {
    BlockHash block = requests.getFirst().block();
    List<ExecutionLog> here = new ArrayList<>(told(() -> logs.logs(block, CONTRACT)));
    here.removeIf(log -> !log.blockHash().equals(block) || isUsed(log));
    List<Found> found = new ArrayList<>();
    @Nullable List<ExecutionLog> before = null;
    for (Asked request : requests) {
      Optional<ExecutionLog> log = take(here, request);
      if (log.isEmpty()) {
        if (before == null) {
          before = earlier(request.number());
        }
        log = take(before, request);
      }
      found.add(new Found(request, log));
    }
    return found;
  }

  private List<ExecutionLog> earlier(BlockNumber number) {
    long to = number.value() - 1;
    if (to < 0) {
      return new ArrayList<>();
    }
    BlockNumber from = new BlockNumber(Math.max(0, to - LOOK_BACK + 1));
    List<ExecutionLog> earlier =
        new ArrayList<>(told(() -> logs.logs(from, new BlockNumber(to), CONTRACT)));
    earlier.removeIf(log -> !isCanonical(log.blockHash()) || isUsed(log));
    return earlier;
  }

  /** What the node does not keep is not there; anything else is worth another try. */
  private static List<ExecutionLog> told(Supplier<List<ExecutionLog>> question) {
    try {
      return question.get();
    } catch (NodeException refused) {
      if (refused.error() == ClientError.RPC_ERROR
          || refused.error() == ClientError.UNSUPPORTED_ROUTE) {
        return List.of();
      }
      throw refused;
    }
  }

  private static Optional<ExecutionLog> take(List<ExecutionLog> logs, Asked request) {
    Optional<ExecutionLog> log =
        logs.stream().filter(one -> one.data().equals(request.logData())).findFirst();
    log.ifPresent(logs::remove);
    return log;
  }

  private boolean isCanonical(BlockHash hash) {
    return store.read(
        read ->
            read.first(
                    "SELECT block_id FROM withdrawals_block WHERE block_hash = ? AND canonical = 1",
                    row -> row.number("block_id"),
                    (Object) hash.toBytes())
                .isPresent());
  }

  private boolean isUsed(ExecutionLog log) {
    return store.read(
        read ->
            read.first(
                    """
                    SELECT r.block_id FROM withdrawals_request r CROSS JOIN withdrawals_block b
                    WHERE r.transaction_hash = ? AND r.log_index = ? AND r.log_block_number = ?
                      AND b.block_id = r.block_id AND b.canonical = 1
                    """,
                    row -> row.number("block_id"),
                    log.transaction().toBytes(),
                    log.index(),
                    log.blockNumber().value())
                .isPresent());
  }

  private static void save(Transaction transaction, Found found) {
    @Nullable ExecutionLog log = found.log().orElse(null);
    int _ =
        transaction.update(
            """
            UPDATE withdrawals_request
            SET log_asked = 1, transaction_hash = ?, log_index = ?, log_block_number = ?
            WHERE block_id = ? AND request_type = 1 AND position = ?
            """,
            log == null ? null : log.transaction().toBytes(),
            log == null ? null : log.index(),
            log == null ? null : log.blockNumber().value(),
            found.asked().blockId(),
            found.asked().position());
  }
}
