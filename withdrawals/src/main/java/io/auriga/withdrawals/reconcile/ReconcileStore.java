package io.auriga.withdrawals.reconcile;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.IndexGap;
import io.auriga.runtime.store.Parameters;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoredTime;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.LoadedWalk.Stretch;
import io.auriga.withdrawals.reconcile.CheckResult.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows that reconciling writes. */
final class ReconcileStore {
  private static final String UPSERT =
      """
      INSERT INTO withdrawals_divergence (divergence_key, code, slot, root, subject, expected,
        found, found_at, looked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (divergence_key) DO UPDATE SET
        expected = excluded.expected, found = excluded.found, looked_at = excluded.looked_at,
        resolved_at = NULL
      """;

  private final Store store;

  ReconcileStore(Store store) {
    this.store = store;
  }

  List<BlockFacts> unchecked(Slot from, Slot to, int limit) {
    return store.read(read -> BlockFacts.unchecked(read, from, to, limit));
  }

  List<BlockFacts> unchecked(Stretch stretch, int limit) {
    return store.read(read -> BlockFacts.unchecked(read, stretch, limit));
  }

  Optional<BlockFacts> block(Root root) {
    return store.read(read -> BlockFacts.of(read, root));
  }

  /** Keeps what came of a block, in place of what came of it before. */
  void save(BlockFacts block, List<CheckResult> results, Instant at) {
    boolean _ =
        store.inTransaction(
            transaction -> {
              saveBlock(transaction, block, results, at);
              int _ =
                  transaction.update(
                      """
                      UPDATE withdrawals_divergence SET looked_at = ?
                      WHERE root = ? AND resolved_at IS NULL
                      """,
                      StoredTime.micros(at),
                      block.root().toBytes());
              for (CheckResult result : results) {
                if (result.outcome() instanceof Outcome.Diverged(String expected, String found)) {
                  upsert(
                      transaction,
                      new Found(
                          result.code(),
                          block.slot().value(),
                          block.root(),
                          result.subject(),
                          expected,
                          found),
                      at);
                } else if (result.isProven()) {
                  resolve(transaction, key(result.code(), block.root(), result.subject()), at);
                }
              }
              return true;
            });
  }

  private static void saveBlock(
      Transaction transaction, BlockFacts block, List<CheckResult> results, Instant at) {
    @Nullable String reason =
        results.stream()
            .filter(one -> one.outcome() instanceof Outcome.NotProvable)
            .map(one -> one.subject() + ": " + ((Outcome.NotProvable) one.outcome()).reason())
            .findFirst()
            .orElse(null);
    int _ =
        transaction.update(
            """
            INSERT INTO withdrawals_reconciled (block_id, proven, unprovable, diverged, reason,
              checked_at)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (block_id) DO UPDATE SET
              proven = excluded.proven, unprovable = excluded.unprovable,
              diverged = excluded.diverged, reason = excluded.reason,
              checked_at = excluded.checked_at
            """,
            block.id(),
            results.stream().filter(CheckResult::isProven).count(),
            results.stream().filter(one -> one.outcome() instanceof Outcome.NotProvable).count(),
            results.stream().filter(CheckResult::isDiverged).count(),
            reason,
            StoredTime.micros(at));
  }

  /** Keeps the gaps that there are, and resolves those that there are not any more. */
  void saveGaps(List<IndexGap> gaps, Instant at) {
    Set<String> keys =
        gaps.stream()
            .map(ReconcileStore::subject)
            .map(ReconcileStore::gapKey)
            .collect(Collectors.toSet());
    List<String> before = openGaps();
    if (gaps.isEmpty() && before.isEmpty()) {
      return;
    }
    boolean _ =
        store.inTransaction(
            transaction -> {
              for (IndexGap gap : gaps) {
                upsert(
                    transaction,
                    new Found(
                        ReconcileError.INDEX_GAP,
                        null,
                        null,
                        subject(gap),
                        gap.count() + " withdrawals before slot " + gap.before().slot(),
                        "none"),
                    at);
              }
              for (String key : before) {
                if (!keys.contains(key)) {
                  resolve(transaction, key, at);
                  repaired(transaction, key, "the blocks were read again");
                }
              }
              return true;
            });
  }

  private List<String> openGaps() {
    return store.read(
        read ->
            read.query(
                """
                SELECT divergence_key FROM withdrawals_divergence
                WHERE code = ? AND resolved_at IS NULL
                """,
                row -> row.text("divergence_key"),
                ReconcileError.INDEX_GAP.code()));
  }

  private static String subject(IndexGap gap) {
    return "indices " + gap.first() + " to " + gap.last();
  }

  private static String gapKey(String subject) {
    return ReconcileError.INDEX_GAP.code() + "/" + subject;
  }

  /** Blocks with an open divergence, those looked at longest ago first. */
  List<Root> openBlocks(Instant notLookedAtSince, int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT root, MIN(looked_at) AS looked FROM withdrawals_divergence
                WHERE resolved_at IS NULL AND root IS NOT NULL
                GROUP BY root HAVING MIN(looked_at) < ? ORDER BY looked LIMIT ?
                """,
                row -> Root.of(row.bytes("root")),
                StoredTime.micros(notLookedAtSince),
                limit));
  }

  /** What is open of a block that is not canonical any more is left as it was found. */
  void leave(Root root, Instant at) {
    boolean _ =
        store.inTransaction(
            transaction -> {
              int _ =
                  transaction.update(
                      """
                      UPDATE withdrawals_divergence SET resolved_at = ?, repair = ?
                      WHERE root = ? AND resolved_at IS NULL
                      """,
                      StoredTime.micros(at),
                      "none: a reorg undid the block",
                      root.toBytes());
              return true;
            });
  }

  /**
   * Replaces the rows of a block's withdrawals by those of the block itself, if it still is what
   * the ledger says.
   */
  boolean repair(BlockFacts block, ChainBlock whole) {
    return store.inTransaction(
        transaction -> {
          boolean same =
              whole.root().equals(block.root())
                  && whole.withdrawals().size() == block.count()
                  && BlockFacts.of(transaction, block.root())
                      .filter(now -> now.id() == block.id())
                      .isPresent();
          if (!same) {
            return false;
          }
          int _ =
              transaction.update(
                  """
                  DELETE FROM withdrawals_entry
                  WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id = ?
                  """,
                  block.firstIndex(),
                  block.firstIndex() + block.count(),
                  block.id());
          transaction.batch(
              """
              INSERT INTO withdrawals_entry (withdrawal_index, block_id, validator_index, address,
                amount_gwei)
              VALUES (?, ?, ?, ?, ?) ON CONFLICT (withdrawal_index, block_id) DO NOTHING
              """,
              whole.withdrawals(),
              (row, withdrawal) -> bind(row, block.id(), withdrawal));
          repaired(
              transaction,
              key(ReconcileError.STORED_LIST, block.root(), "block"),
              "the block was read again and its rows were replaced");
          return true;
        });
  }

  private static void bind(Parameters row, long block, Withdrawal withdrawal) {
    row.number(withdrawal.index().value())
        .number(block)
        .number(withdrawal.validatorIndex().value())
        .bytes(withdrawal.address().toBytes())
        .number(withdrawal.amount().value());
  }

  private record Found(
      ReconcileError code,
      @Nullable Long slot,
      @Nullable Root root,
      String subject,
      String expected,
      String found) {}

  private static void upsert(Transaction transaction, Found found, Instant at) {
    @Nullable Root root = found.root();
    int _ =
        transaction.update(
            UPSERT,
            root == null ? gapKey(found.subject()) : key(found.code(), root, found.subject()),
            found.code().code(),
            found.slot(),
            root == null ? null : root.toBytes(),
            found.subject(),
            found.expected(),
            found.found(),
            StoredTime.micros(at),
            StoredTime.micros(at));
  }

  private static void resolve(Transaction transaction, String key, Instant at) {
    int _ =
        transaction.update(
            """
            UPDATE withdrawals_divergence SET resolved_at = ?
            WHERE divergence_key = ? AND resolved_at IS NULL
            """,
            StoredTime.micros(at),
            key);
  }

  private static void repaired(Transaction transaction, String key, String repair) {
    int _ =
        transaction.update(
            "UPDATE withdrawals_divergence SET repair = ? WHERE divergence_key = ?", repair, key);
  }

  private static String key(ReconcileError code, Root root, String subject) {
    return code.code() + "/" + root.toHex() + "/" + subject;
  }

  static Divergence divergence(Row row) {
    String code = row.text("code");
    return new Divergence(
        Arrays.stream(ReconcileError.values())
            .filter(one -> one.code().equals(code))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The store holds the code " + code)),
        row.findNumber("slot").isPresent()
            ? Optional.of(new Slot(row.number("slot")))
            : Optional.empty(),
        row.findBytes("root").map(Root::of),
        row.text("subject"),
        row.text("expected"),
        row.text("found"),
        row.time("found_at"),
        row.time("looked_at"),
        row.findTime("resolved_at"),
        row.findText("repair"));
  }
}
