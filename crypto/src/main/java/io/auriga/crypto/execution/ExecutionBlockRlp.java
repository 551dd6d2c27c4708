package io.auriga.crypto.execution;

import io.auriga.crypto.rlp.RlpReader;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Auriga reads of a whole execution block in RLP: {@code [header, transactions, ommers,
 * withdrawals]}. Nothing is verified yet.
 *
 * @param withdrawals null if the block has no such list at all, which is not the same as an empty
 *     one
 */
public record ExecutionBlockRlp(ExecutionHeader header, @Nullable List<Withdrawal> withdrawals) {
  public ExecutionBlockRlp {
    withdrawals = withdrawals == null ? null : List.copyOf(withdrawals);
  }

  /**
   * Reads a block; transactions and ommers are skipped.
   *
   * @throws AurigaException as {@link ExecutionHeader#decode}
   */
  public static ExecutionBlockRlp decode(byte[] rlp) {
    RlpReader reader = RlpReader.of(rlp);
    RlpReader block = reader.list();
    ExecutionHeader header = ExecutionHeader.decode(block.list());
    block.list();
    block.list();
    List<Withdrawal> withdrawals = block.hasNext() ? withdrawals(block.list()) : null;
    block.expectEnd();
    reader.expectEnd();
    return new ExecutionBlockRlp(header, withdrawals);
  }

  private static List<Withdrawal> withdrawals(RlpReader list) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    while (list.hasNext()) {
      RlpReader fields = list.list();
      withdrawals.add(
          new Withdrawal(
              new WithdrawalIndex(fields.uint64()),
              new ValidatorIndex(fields.uint64()),
              Address.of(fields.bytes(Address.LENGTH)),
              new Gwei(fields.uint64())));
      fields.expectEnd();
    }
    return withdrawals;
  }
}
