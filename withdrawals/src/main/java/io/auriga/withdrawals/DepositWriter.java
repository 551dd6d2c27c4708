package io.auriga.withdrawals;

import io.auriga.runtime.store.Transaction;
import io.auriga.types.Deposit;
import io.auriga.types.ForkName;
import io.auriga.withdrawals.RequestWriter.OfBlock;
import java.util.ArrayList;
import java.util.List;

/** Keeps the deposits that blocks carry, beside the blocks. */
final class DepositWriter {
  private static final String INSERT =
      """
      INSERT INTO withdrawals_deposit (block_id, position, public_key, amount_gwei, at_once)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (block_id, position) DO NOTHING
      """;

  private DepositWriter() {}

  private record Line(long blockId, int position, Deposit deposit, boolean atOnce) {}

  static void insert(Transaction transaction, List<OfBlock> blocks) {
    List<Line> lines = new ArrayList<>();
    for (OfBlock block : blocks) {
      // Since Electra all of them wait, those of the old bridge, too.
      boolean atOnce = !block.fork().isAtLeast(ForkName.ELECTRA);
      List<Deposit> deposits = block.requests().deposits();
      for (int i = 0; i < deposits.size(); i++) {
        lines.add(new Line(block.id(), i, deposits.get(i), atOnce));
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
                .number(line.position())
                .bytes(line.deposit().validator().toBytes())
                .number(line.deposit().amount().value())
                .number(line.atOnce() ? 1 : 0));
  }
}
