package io.auriga.app.cli.verify;

import io.auriga.crypto.execution.ExecutionBlockRlp;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpException;
import io.auriga.crypto.rlp.RlpReader;
import io.auriga.types.Hex;
import java.math.BigInteger;
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
      requireBlock(rlp);
      return file(ExecutionBlockRlp.decode(rlp));
    } catch (RlpException malformed) {
      throw new UnreadableFile("RLP: " + malformed.getMessage(), malformed);
    }
  }

  private static void requireBlock(byte[] rlp) {
    RlpReader block = RlpReader.of(rlp).list();
    if (!block.nextIsList()) {
      throw new UnreadableFile(
          "RLP: this is a header alone, without withdrawals; give the whole block");
    }
    // A body begins with the list of transactions, none of which is 32 bytes as a parent hash is.
    RlpReader first = block.list();
    if (!first.hasNext() || first.nextIsList() || first.bytes().length != 32) {
      throw new UnreadableFile("RLP: this is no block: it does not begin with a header");
    }
  }

  private static ExecutionBlockFile file(ExecutionBlockRlp block) {
    List<byte[]> fields = block.headerFields();
    int count = fields.size();
    if (HeaderField.isSupported(count)) {
      block.header(); // each field has its length and its one form
    } else if (!HeaderField.isBeforeShanghai(count)) {
      throw UnreadableFile.unsupportedFork(
          "the header has " + count + " fields, and 17, 20 and 21 are known");
    }
    return new ExecutionBlockFile(
        Hex.toHex(Keccak256.hash(block.headerRlp())),
        count,
        List.of(),
        null,
        hex(HeaderField.WITHDRAWALS_ROOT, fields),
        timestamp(fields.get(HeaderField.TIMESTAMP.position())),
        block.withdrawals(),
        hex(HeaderField.TRANSACTIONS_ROOT, fields),
        transactions(block.transactions()),
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

  private static TransactionList transactions(List<byte[]> items) {
    return items.stream().anyMatch(item -> item[0] == TransactionList.OP_STACK_DEPOSIT)
        ? new TransactionList.WithOpStackDeposit()
        : new TransactionList.Encoded(items, "");
  }
}
