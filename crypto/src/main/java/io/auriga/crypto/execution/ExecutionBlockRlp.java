package io.auriga.crypto.execution;

import io.auriga.crypto.rlp.RlpException;
import io.auriga.crypto.rlp.RlpReader;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole execution block in RLP, as nodes exchange it, taken apart: {@code [header, transactions,
 * ommers, withdrawals]}. Of any fork; nothing is verified yet.
 *
 * @param headerRlp the header as it stands, whose Keccak is the block hash; not copied
 * @param transactions each as it stands in the trie: with a type, the string's content; of the
 *     oldest kind, the list itself
 * @param withdrawals null if the block has no such list at all, which is not the same as an empty
 *     one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ExecutionBlockRlp(
    byte[] headerRlp, List<byte[]> transactions, @Nullable List<Withdrawal> withdrawals) {
  public ExecutionBlockRlp {
    transactions = List.copyOf(transactions);
    withdrawals = withdrawals == null ? null : List.copyOf(withdrawals);
  }

  /**
   * Takes a block apart; ommers are skipped, and the header's fields are not looked at.
   *
   * @throws RlpException if it is not a block
   */
  public static ExecutionBlockRlp decode(byte[] rlp) {
    RlpReader reader = RlpReader.of(rlp);
    RlpReader block = reader.list();
    reader.expectEnd();
    int start = block.position();
    block.list();
    byte[] header = Arrays.copyOfRange(rlp, start, block.position());
    List<byte[]> transactions = transactions(block.list(), rlp);
    block.list();
    List<Withdrawal> withdrawals = block.hasNext() ? withdrawals(block.list()) : null;
    block.expectEnd();
    return new ExecutionBlockRlp(header, transactions, withdrawals);
  }

  /**
   * The header.
   *
   * @throws AurigaException as {@link ExecutionHeader#decode}
   */
  public ExecutionHeader header() {
    return ExecutionHeader.decode(headerRlp);
  }

  /**
   * The bytes of the header's fields, in order and however many there are.
   *
   * @throws RlpException if one is a list
   */
  public List<byte[]> headerFields() {
    RlpReader header = RlpReader.of(headerRlp).list();
    List<byte[]> fields = new ArrayList<>();
    while (header.hasNext()) {
      fields.add(header.bytes());
    }
    return fields;
  }

  private static List<byte[]> transactions(RlpReader list, byte[] rlp) {
    List<byte[]> items = new ArrayList<>();
    while (list.hasNext()) {
      int start = list.position();
      if (list.nextIsList()) {
        list.skip();
        items.add(Arrays.copyOfRange(rlp, start, list.position()));
      } else {
        byte[] typed = list.bytes();
        if (typed.length == 0) {
          throw new RlpException(start, "transaction " + items.size() + " is empty");
        }
        items.add(typed);
      }
    }
    return items;
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
