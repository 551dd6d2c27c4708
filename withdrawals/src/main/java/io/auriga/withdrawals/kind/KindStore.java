package io.auriga.withdrawals.kind;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.LoadedWalk.Stretch;
import io.auriga.withdrawals.kind.KindWork.Judgement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of kinds. What is judged of a block depends only on that block and its ancestors, or
 * on what is final, so that no reorg makes it wrong.
 */
final class KindStore {
  private static final String COLUMNS =
      """
      SELECT b.block_id, b.slot, b.fork, b.state_root, b.finalized_at, b.first_index,
        b.withdrawal_count, p.block_id AS parent_id, p.first_index AS parent_first,
        p.withdrawal_count AS parent_count
      """;

  private final Store store;
  private final ChainSpec spec;
  private final BasisBook bases;
  private final KeptRequests requests;
  private final long fullPayload;

  KindStore(Store store, ChainSpec spec) {
    this.store = store;
    this.spec = spec;
    this.bases = new BasisBook(spec);
    this.requests = new KeptRequests(store);
    this.fullPayload = spec.number("MAX_WITHDRAWALS_PER_PAYLOAD");
  }

  /** Canonical blocks with withdrawals in these slots that were never judged, oldest first. */
  List<KindWork> unjudged(Slot from, Slot to, int limit) {
    return unjudged(
        "b.canonical = 1 AND b.block_id > 0 AND b.slot >= ? AND b.slot <= ?",
        "b.slot",
        from.value(),
        to.value(),
        limit);
  }

  /** Loaded blocks of a stretch with withdrawals that were never judged, newest first. */
  List<KindWork> unjudged(Stretch stretch, int limit) {
    return unjudged(
        "b.block_id >= ? AND b.block_id <= ?",
        "b.block_id DESC",
        stretch.first(),
        stretch.last(),
        limit);
  }

  private List<KindWork> unjudged(String which, String order, Object... values) {
    return store.read(
        read ->
            works(
                read,
                COLUMNS
                    + """
                    FROM withdrawals_block b LEFT JOIN withdrawals_block p ON p.root = b.parent_root
                    WHERE %s AND b.withdrawal_count > 0
                      AND NOT EXISTS (SELECT 1 FROM withdrawals_kind k WHERE k.block_id = b.block_id)
                    ORDER BY %s LIMIT ?
                    """
                        .formatted(which, order),
                values));
  }

  /** Blocks that were judged before they were final, could not be settled, and are final now. */
  List<KindWork> reopened(int limit) {
    return store.read(
        read ->
            works(
                read,
                COLUMNS
                    + """
                    FROM withdrawals_kind k CROSS JOIN withdrawals_block b
                      LEFT JOIN withdrawals_block p ON p.root = b.parent_root
                    WHERE k.settled = 0 AND b.block_id = k.block_id AND b.finalized_at IS NOT NULL
                    ORDER BY k.block_id LIMIT ?
                    """,
                limit));
  }

  private record Line(
      long id,
      Slot slot,
      ForkName fork,
      Optional<Root> stateRoot,
      boolean isFinal,
      long first,
      long count,
      OptionalLong parent,
      OptionalLong parentFirst,
      OptionalLong parentCount) {
    static Line of(Row row) {
      return new Line(
          row.number("block_id"),
          new Slot(row.number("slot")),
          ForkName.find(row.text("fork")).orElseThrow(),
          row.findBytes("state_root").map(Root::of),
          row.findNumber("finalized_at").isPresent(),
          row.number("first_index"),
          row.number("withdrawal_count"),
          row.findNumber("parent_id"),
          row.findNumber("parent_first"),
          row.findNumber("parent_count"));
    }
  }

  private List<KindWork> works(Read read, String sql, @Nullable Object... parameters) {
    return read.query(sql, Line::of, parameters).stream().map(line -> work(read, line)).toList();
  }

  private KindWork work(Read read, Line line) {
    return new KindWork(
        line.id(),
        line.slot(),
        line.fork(),
        line.stateRoot(),
        line.isFinal(),
        withdrawals(read, line),
        cursor(read, line),
        switched(read, line.id()));
  }

  private static List<Withdrawal> withdrawals(Read read, Line line) {
    return read.query(
        """
        SELECT withdrawal_index, validator_index, address, amount_gwei FROM withdrawals_entry
        WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id = ?
        ORDER BY withdrawal_index
        """,
        row ->
            new Withdrawal(
                new WithdrawalIndex(row.number("withdrawal_index")),
                new ValidatorIndex(row.number("validator_index")),
                Address.of(row.bytes("address")),
                new Gwei(row.number("amount_gwei"))),
        line.first(),
        line.first() + line.count(),
        line.id());
  }

  /** A full payload ends with the sweep, which goes on behind that validator. */
  private OptionalLong cursor(Read read, Line line) {
    if (line.parentCount().orElse(0) != fullPayload) {
      return OptionalLong.empty();
    }
    long last = line.parentFirst().orElseThrow() + fullPayload - 1;
    return read.first(
            "SELECT validator_index FROM withdrawals_entry WHERE withdrawal_index = ? AND block_id"
                + " = ?",
            row -> row.number("validator_index"),
            last,
            line.parent().orElseThrow())
        .map(validator -> OptionalLong.of(validator + 1))
        .orElse(OptionalLong.empty());
  }

  private static Set<BlsPublicKey> switched(Read read, long block) {
    return Set.copyOf(
        read.query(
            """
            SELECT DISTINCT public_key FROM withdrawals_request
            WHERE block_id = ? AND request_type = 2 AND target_key = public_key
            """,
            row -> BlsPublicKey.of(row.bytes("public_key")),
            block));
  }

  /**
   * Which of these keys asked to be paid in a canonical block before this slot; empty if blocks
   * since {@code electra} may be missing.
   */
  Optional<Set<BlsPublicKey>> requested(Collection<BlsPublicKey> keys, Slot electra, Slot before) {
    if (!requests.areComplete(electra, before)) {
      return Optional.empty();
    }
    return store.read(
        read -> {
          Set<BlsPublicKey> requested = new HashSet<>();
          for (BlsPublicKey key : keys) {
            boolean found =
                read.first(
                        """
                        SELECT r.block_id FROM withdrawals_request r
                          CROSS JOIN withdrawals_block b
                        WHERE r.public_key = ? AND r.request_type = 1 AND r.amount_gwei <> 0
                          AND b.block_id = r.block_id AND b.canonical = 1 AND b.slot < ?
                        """,
                        row -> row.number("block_id"),
                        (Object) key.toBytes(),
                        before.value())
                    .isPresent();
            if (found) {
              requested.add(key);
            }
          }
          return Optional.of(Set.copyOf(requested));
        });
  }

  /** As {@link BasisBook#wantsQueue}. */
  boolean wantsQueue(Judgement judgement, boolean sinceWhen) {
    return store.read(read -> bases.wantsQueue(read, judgement, sinceWhen));
  }

  void save(List<Judgement> judgements, Instant at) {
    boolean _ =
        store.inTransaction(
            transaction -> {
              judgements.forEach(judgement -> save(transaction, judgement, at));
              return true;
            });
  }

  private void save(Transaction transaction, Judgement judgement, Instant at) {
    KindWork work = judgement.work();
    bases.save(transaction, judgement);
    byte[] evidence = new byte[judgement.evidence().size()];
    for (int place = 0; place < evidence.length; place++) {
      KindEvidence one = judgement.evidence().get(place);
      evidence[place] = (byte) one.code();
      Withdrawal withdrawal = work.withdrawals().get(place);
      @Nullable KnownValidator validator = judgement.validators().get(withdrawal.validatorIndex());
      switch (one.kind()) {
        case REQUESTED_PARTIAL -> saveRequested(transaction, work, withdrawal, validator);
        case FULL, SWEEP_EXCESS, BUILDER, UNKNOWN -> {}
      }
    }
    int _ =
        transaction.update(
            """
            INSERT INTO withdrawals_kind (block_id, evidence, settled, judged_at)
            VALUES (?, ?, ?, ?) ON CONFLICT (block_id) DO UPDATE SET
              evidence = excluded.evidence, settled = excluded.settled,
              judged_at = excluded.judged_at
            """,
            work.id(),
            evidence,
            judgement.isSettled() ? 1 : 0,
            at.toEpochMilli() * 1_000);
  }

  private void saveRequested(
      Transaction transaction,
      KindWork work,
      Withdrawal withdrawal,
      @Nullable KnownValidator validator) {
    if (validator == null) {
      // Proven by its place alone; without the key no request can be found.
      return;
    }
    int _ =
        transaction.update(
            """
            INSERT INTO withdrawals_requested (withdrawal_index, block_id, public_key, asked_by_slot)
            VALUES (?, ?, ?, ?) ON CONFLICT (withdrawal_index, block_id) DO NOTHING
            """,
            withdrawal.index().value(),
            work.id(),
            validator.publicKey().toBytes(),
            askedBy(work.slot()));
  }

  /**
   * The last slot for a request that is paid in this one: it gets an exit epoch of {@code
   * compute_exit_epoch_and_update_churn} at the earliest, and is withdrawable a fixed time later.
   */
  private long askedBy(Slot paid) {
    long delay =
        1 + spec.number("MAX_SEED_LOOKAHEAD") + spec.number("MIN_VALIDATOR_WITHDRAWABILITY_DELAY");
    long epoch = Math.max(-1, spec.epochOf(paid).value() - delay);
    return spec.startSlotOf(new Epoch(epoch + 1)).value() - 1;
  }

  /** Of the state that this block left, if the block was kept with it. */
  Optional<Root> stateRoot(Root block) {
    return store
        .read(
            read ->
                read.first(
                    "SELECT state_root FROM withdrawals_block WHERE root = ?",
                    row -> row.findBytes("state_root"),
                    (Object) block.toBytes()))
        .flatMap(bytes -> bytes.map(Root::of));
  }

  /** How many blocks are judged and not settled. */
  static long open(Store store) {
    return store
        .read(
            read ->
                read.first(
                    "SELECT COUNT(*) AS n FROM withdrawals_kind WHERE settled = 0",
                    row -> row.number("n")))
        .orElse(0L);
  }
}
