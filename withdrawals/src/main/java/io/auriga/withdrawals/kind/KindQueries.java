package io.auriga.withdrawals.kind;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.BlockNumber;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.TransactionHash;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which request caused a requested withdrawal. Works on a store that another process writes. */
public final class KindQueries {
  /** A validator's queue holds far fewer at a time; what is older than these is not looked at. */
  private static final int ROWS_MAX = 10_000;

  private final Store store;

  public KindQueries(Store store) {
    this.store = store;
  }

  /**
   * The request behind a requested partial withdrawal; empty for one of another kind, for an
   * orphaned one, and where no block that is kept carries such a request.
   *
   * <p>A validator's requests are paid in the order in which they were made, but the consensus
   * layer may have ignored some in silence. So the payments take the oldest request each that is
   * old enough and asks for enough, and the cause says how many others would fit as well.
   */
  public Optional<RequestCause> cause(WithdrawalRecord record) {
    return store.read(
        read -> {
          Optional<BlsPublicKey> key =
              read.first(
                  """
                  SELECT r.public_key FROM withdrawals_requested r
                    CROSS JOIN withdrawals_block b
                  WHERE r.withdrawal_index = ? AND b.block_id = r.block_id AND b.root = ?
                    AND b.canonical = 1
                  """,
                  row -> BlsPublicKey.of(row.bytes("public_key")),
                  record.withdrawal().index().value(),
                  record.blockRoot().toBytes());
          return key.flatMap(known -> cause(read, known, record.withdrawal().index()));
        });
  }

  private record Payment(WithdrawalIndex index, Gwei amount, long askedBySlot) {}

  private static Optional<RequestCause> cause(Read read, BlsPublicKey key, WithdrawalIndex wanted) {
    List<RequestCause> open = new ArrayList<>(requests(read, key));
    for (Payment payment : payments(read, key, wanted)) {
      List<RequestCause> fitting = open.stream().filter(request -> fits(request, payment)).toList();
      Optional<RequestCause> cause =
          fitting.stream().findFirst().map(one -> one.withOthers(fitting.size() - 1));
      if (payment.index().equals(wanted)) {
        return cause;
      }
      // Of one validator nothing before it can be paid after it.
      fitting.stream().findFirst().ifPresent(one -> open.subList(0, open.indexOf(one) + 1).clear());
    }
    return Optional.empty();
  }

  private static boolean fits(RequestCause request, Payment payment) {
    return request.slot().value() <= payment.askedBySlot()
        && request.amount().compareTo(payment.amount()) >= 0;
  }

  private static List<Payment> payments(Read read, BlsPublicKey key, WithdrawalIndex upTo) {
    return read.query(
        """
        SELECT r.withdrawal_index, e.amount_gwei, r.asked_by_slot FROM withdrawals_requested r
          CROSS JOIN withdrawals_block b CROSS JOIN withdrawals_entry e
        WHERE r.public_key = ? AND r.withdrawal_index <= ? AND b.block_id = r.block_id
          AND b.canonical = 1 AND e.withdrawal_index = r.withdrawal_index
          AND e.block_id = r.block_id
        ORDER BY r.withdrawal_index LIMIT ?
        """,
        row ->
            new Payment(
                new WithdrawalIndex(row.number("withdrawal_index")),
                new Gwei(row.number("amount_gwei")),
                row.number("asked_by_slot")),
        key.toBytes(),
        upTo.value(),
        ROWS_MAX);
  }

  private static List<RequestCause> requests(Read read, BlsPublicKey key) {
    return read.query(
        """
        SELECT r.source, r.public_key, r.amount_gwei, r.transaction_hash, r.log_index,
          r.log_block_number, b.slot, b.root, b.block_number
        FROM withdrawals_request r CROSS JOIN withdrawals_block b
        WHERE r.public_key = ? AND r.request_type = 1 AND r.amount_gwei <> 0
          AND b.block_id = r.block_id AND b.canonical = 1
        ORDER BY b.slot, r.position LIMIT ?
        """,
        KindQueries::request,
        key.toBytes(),
        ROWS_MAX);
  }

  private static RequestCause request(Row row) {
    return new RequestCause(
        new Slot(row.number("slot")),
        Root.of(row.bytes("root")),
        new BlockNumber(row.number("block_number")),
        Address.of(row.bytes("source")),
        BlsPublicKey.of(row.bytes("public_key")),
        new Gwei(row.number("amount_gwei")),
        row.findBytes("transaction_hash")
            .map(
                hash ->
                    new RequestCause.Log(
                        TransactionHash.of(hash),
                        row.number("log_index"),
                        new BlockNumber(row.number("log_block_number")))),
        0);
  }
}
