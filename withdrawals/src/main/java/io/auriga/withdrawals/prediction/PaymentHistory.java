package io.auriga.withdrawals.prediction;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger says of past payments, as far as a forecast needs it. */
final class PaymentHistory {
  /** More than this is no income of a lap but a requested part, or all of an exit. */
  private static final long INCOME_MAX = 2_000_000_000;

  /** Enough to see past requested partials. */
  private static final int LOOK_BACK = 8;

  /** Payments that tell what validators earn: an hour of mainnet. */
  private static final int SAMPLE = 4_000;

  private static final long MIN_ACTIVATION = 32_000_000_000L;

  private final Store store;

  PaymentHistory(Store store) {
    this.store = store;
  }

  private record Payment(long slot, long amount) {}

  /** The slot of the ledger's head; 0 while it is empty. */
  Slot headSlot() {
    return new Slot(
        store.read(
            read ->
                read.first(
                        "SELECT head_slot FROM withdrawals_position WHERE id = 1",
                        row -> row.findNumber("head_slot").orElse(0))
                    .orElse(0L)));
  }

  /** The block that the ledger has come to. */
  Optional<BlockRef> head() {
    return store.read(
        read ->
            read.first(
                """
                SELECT slot, root FROM withdrawals_block WHERE canonical = 1
                ORDER BY slot DESC LIMIT 1
                """,
                row -> new BlockRef(new Slot(row.number("slot")), Root.of(row.bytes("root")))));
  }

  /** The last payment of each that looks like the sweep's, and the one before. */
  Map<ValidatorIndex, Income.Past> of(Collection<ValidatorIndex> validators, Slot head) {
    return store.read(
        read -> {
          Map<ValidatorIndex, Income.Past> past = new HashMap<>();
          validators.forEach(one -> of(read, one, head).ifPresent(found -> past.put(one, found)));
          return past;
        });
  }

  private static Optional<Income.Past> of(Read read, ValidatorIndex validator, Slot head) {
    List<Payment> last =
        read.query(
            """
            SELECT b.slot, e.amount_gwei FROM withdrawals_entry e
            JOIN withdrawals_block b ON b.block_id = e.block_id
            WHERE e.validator_index = ? AND b.canonical = 1
            ORDER BY e.withdrawal_index DESC LIMIT ?
            """,
            row -> new Payment(row.number("slot"), row.number("amount_gwei")),
            validator.value(),
            LOOK_BACK);
    List<Payment> income =
        last.stream()
            .filter(one -> one.amount() < INCOME_MAX && one.slot() <= head.value())
            .toList();
    if (income.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Income.Past(
            income.getFirst().slot(),
            income.size() < 2 ? Optional.empty() : Optional.of(income.get(1).slot()),
            income.getFirst().amount()));
  }

  /** What validators earn, from those whose last two payments are in the ledger. */
  Optional<Income> income(Slot head) {
    record Sum(long gwei, long slots) {}
    return store.read(
        read ->
            read.first(
                    """
                    SELECT SUM(now.amount_gwei) AS gwei, SUM(b.slot - before.slot) AS slots
                    FROM (SELECT e.validator_index, e.withdrawal_index, e.block_id, e.amount_gwei
                        FROM withdrawals_entry e ORDER BY e.withdrawal_index DESC LIMIT ?) now
                    JOIN withdrawals_block b ON b.block_id = now.block_id AND b.canonical = 1
                    JOIN withdrawals_entry last ON last.validator_index = now.validator_index
                      AND last.withdrawal_index = (
                        SELECT MAX(p.withdrawal_index) FROM withdrawals_entry p
                        JOIN withdrawals_block pb ON pb.block_id = p.block_id AND pb.canonical = 1
                        WHERE p.validator_index = now.validator_index
                          AND p.withdrawal_index < now.withdrawal_index)
                    JOIN withdrawals_block before ON before.block_id = last.block_id
                      AND before.canonical = 1
                    WHERE now.amount_gwei < ?
                    """,
                    row ->
                        new Sum(
                            row.findNumber("gwei").orElse(0), row.findNumber("slots").orElse(0)),
                    SAMPLE,
                    INCOME_MAX)
                .filter(sum -> sum.slots() > 0)
                .map(sum -> new Income((double) sum.gwei() / sum.slots() / MIN_ACTIVATION)));
  }

  /** Validators that were paid to the address, in the order of their indices. */
  List<ValidatorIndex> validatorsOf(Address address, int limit) {
    return store.read(
        read ->
            read.query(
                """
                SELECT DISTINCT validator_index FROM withdrawals_entry WHERE address = ?
                ORDER BY validator_index LIMIT ?
                """,
                row -> new ValidatorIndex(row.number("validator_index")),
                address.toBytes(),
                limit));
  }
}
