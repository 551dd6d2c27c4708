package io.auriga.app.cli.verify;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpException;
import io.auriga.crypto.rlp.RlpReader;
import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an execution block as nodes exchange it: {@code [header, transactions, ommers, list?]}. */
final class ExecutionBlockRlpFile {
  /** The first byte of a list longer than 255 bytes, as every block is. */
  private static final int LONG_LIST = 0xf8;

  private ExecutionBlockRlpFile() {}

  /** Whether the bytes begin as a list that is exactly as long as they are. */
  static boolean matches(byte[] content) {
    if ((content[0] & 0xff) < LONG_LIST) {
      return false;
    }
    try {
      RlpReader reader = RlpReader.of(content);
      reader.skip();
      return !reader.hasNext();
    } catch (RlpException otherForm) {
      return false;
    }
  }

  static ExecutionBlockFile read(byte[] rlp) {
    try {
      RlpReader file = RlpReader.of(rlp);
      RlpReader block = file.list();
      file.expectEnd();
      requireBlock(block.nextIsList(), rlp);
      return block(block, rlp);
    } catch (RlpException malformed) {
      throw new UnreadableFile("RLP: " + malformed.getMessage(), malformed);
    }
  }

  private static void requireBlock(boolean beginsWithList, byte[] rlp) {
    if (!beginsWithList) {
      throw new UnreadableFile(
          "RLP: this is a header alone, without withdrawals; give the whole block");
    }
    // A body begins with the list of transactions, none of which is 32 bytes as a parent hash is.
    RlpReader first = RlpReader.of(rlp).list().list();
    if (!first.hasNext() || first.nextIsList() || first.bytes().length != 32) {
      throw new UnreadableFile("RLP: this is no block: it does not begin with a header");
    }
  }

  private static ExecutionBlockFile block(RlpReader block, byte[] rlp) {
    int start = block.position();
    RlpReader header = block.list();
    byte[] headerRlp = Arrays.copyOfRange(rlp, start, block.position());
    TransactionList transactions = transactions(block.list(), rlp);
    block.list();
    List<Withdrawal> withdrawals = block.hasNext() ? withdrawals(block.list()) : null;
    block.expectEnd();

    List<byte[]> fields = new ArrayList<>();
    while (header.hasNext()) {
      fields.add(header.bytes());
    }
    int count = fields.size();
    if (HeaderField.isSupported(count)) {
      ExecutionHeader.decode(headerRlp); // each field has its length and its one form
    } else if (!HeaderField.isBeforeShanghai(count)) {
      throw UnreadableFile.unsupportedFork(
          "the header has " + count + " fields, and 17, 20 and 21 are known");
    }
    return new ExecutionBlockFile(
        Hex.toHex(Keccak256.hash(headerRlp)),
        count,
        List.of(),
        null,
        hex(HeaderField.WITHDRAWALS_ROOT, fields),
        timestamp(fields.get(HeaderField.TIMESTAMP.position())),
        withdrawals,
        hex(HeaderField.TRANSACTIONS_ROOT, fields),
        transactions,
        ExecutionBlockFile.isOpStackHeader(
            fields.get(HeaderField.FEE_RECIPIENT.position()),
            fields.get(HeaderField.EXTRA_DATA.position())),
        List.of());
  }

  private static @Nullable String hex(HeaderField field, List<byte[]> fields) {
    return field.position() < fields.size() ? Hex.toHex(fields.get(field.position())) : null;
  }

  private static long timestamp(byte[] bytes) {
    BigInteger value = new BigInteger(1, bytes);
    if (value.bitLength() > Long.SIZE) {
      throw new UnreadableFile("RLP: the timestamp does not fit 64 bits");
    }
    return value.longValue();
  }

  /** In the trie a transaction of a type is the string's content, an older one the list itself. */
  private static TransactionList transactions(RlpReader list, byte[] rlp) {
    List<byte[]> items = new ArrayList<>();
    while (list.hasNext()) {
      if (list.nextIsList()) {
        int start = list.position();
        list.skip();
        items.add(Arrays.copyOfRange(rlp, start, list.position()));
      } else {
        byte[] typed = list.bytes();
        if (typed.length == 0) {
          throw new UnreadableFile("RLP: transaction " + items.size() + " is empty");
        }
        if (typed[0] == TransactionList.OP_STACK_DEPOSIT) {
          return new TransactionList.WithOpStackDeposit();
        }
        items.add(typed);
      }
    }
    return new TransactionList.Encoded(items, "");
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
