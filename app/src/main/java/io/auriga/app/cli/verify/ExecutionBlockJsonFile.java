package io.auriga.app.cli.verify;

import io.auriga.crypto.hash.Keccak256;
import io.auriga.types.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads the block that {@code eth_getBlockByHash} and {@code eth_getBlockByNumber} answer. */
final class ExecutionBlockJsonFile {
  /** What clients send beside the header; none of it is in the hash. */
  private static final Set<String> BESIDE_HEADER =
      Set.of(
          "hash",
          "size",
          "totalDifficulty",
          "transactions",
          "uncles",
          "withdrawals",
          "author",
          "sealFields",
          "milliTimestamp",
          "l1BlockNumber",
          "sendCount",
          "sendRoot");

  private ExecutionBlockJsonFile() {}

  /** Whether the object has what no beacon block and no other answer has. */
  static boolean matches(JsonObjectText object) {
    return object.has("parentHash")
        || object.has("withdrawalsRoot")
        || object.has("sha3Uncles")
        || object.has("transactionsRoot")
        || (object.has("withdrawals") && object.has("hash"));
  }

  static ExecutionBlockFile read(JsonObjectText block) {
    for (String field : HeaderField.OF_LATER_FORKS) {
      if (block.hasValue(field)) {
        throw UnreadableFile.unsupportedFork(
            "the header has " + field + ", so that it is of a fork later than Osaka");
      }
    }
    try {
      ExecutionHeaderText header = ExecutionHeaderText.of(block);
      List<String> missing = header.missing();
      byte[] timestamp = header.bytes(HeaderField.TIMESTAMP);
      return new ExecutionBlockFile(
          missing.isEmpty() ? Hex.toHex(Keccak256.hash(header.encode())) : null,
          header.fieldCount(),
          missing,
          claimedHash(block),
          header.hex(HeaderField.WITHDRAWALS_ROOT),
          timestamp == null ? null : uint64("timestamp", new BigInteger(1, timestamp)),
          block.hasValue("withdrawals")
              ? WithdrawalsJson.ofExecution(block.parserOf("withdrawals"))
              : null,
          header.hex(HeaderField.TRANSACTIONS_ROOT),
          block.hasValue("transactions")
              ? TransactionJson.read(block.parserOf("transactions"))
              : new TransactionList.NotRebuilt(),
          ExecutionBlockFile.isOpStackHeader(
              header.bytes(HeaderField.FEE_RECIPIENT), header.bytes(HeaderField.EXTRA_DATA)),
          unknownFields(block));
    } catch (JacksonException malformed) {
      throw JsonObjectText.malformed(malformed);
    }
  }

  private static @Nullable String claimedHash(JsonObjectText block) {
    if (!block.hasValue("hash")) {
      return null;
    }
    String text =
        block.text("hash").orElseThrow(() -> new UnreadableFile("hash is not a hex string"));
    return Hex.toHex(ExecutionHeaderText.data("hash", text, 32));
  }

  private static List<String> unknownFields(JsonObjectText block) {
    List<String> unknown = new ArrayList<>(block.keys());
    unknown.removeAll(BESIDE_HEADER);
    for (HeaderField field : HeaderField.values()) {
      unknown.remove(field.json());
    }
    return unknown;
  }

  private static long uint64(String name, BigInteger value) {
    if (value.bitLength() > Long.SIZE) {
      throw new UnreadableFile(name + " does not fit 64 bits");
    }
    return value.longValue();
  }
}
