package io.auriga.app.cli.verify;

import io.auriga.crypto.hash.Keccak256;
import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

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
          block.hasValue("withdrawals") ? withdrawals(block.parserOf("withdrawals")) : null,
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

  private static List<Withdrawal> withdrawals(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new UnreadableFile("withdrawals is not a list");
    }
    List<Withdrawal> withdrawals = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String entry = "withdrawal " + withdrawals.size();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new UnreadableFile(
            entry + (parser.currentToken() == JsonToken.VALUE_NULL ? " is null" : " is no object"));
      }
      withdrawals.add(withdrawal(entry, parser));
    }
    return withdrawals;
  }

  private static Withdrawal withdrawal(String entry, JsonParser parser) {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, JsonObjectText.scalar(parser));
      parser.skipChildren();
    }
    String address = entry + ": address";
    return new Withdrawal(
        new WithdrawalIndex(uint64(entry, "index", fields)),
        new ValidatorIndex(uint64(entry, "validatorIndex", fields)),
        Address.of(
            ExecutionHeaderText.data(
                address, required(address, fields.get("address")), Address.LENGTH)),
        new Gwei(uint64(entry, "amount", fields)));
  }

  private static long uint64(String entry, String field, Map<String, @Nullable String> fields) {
    String name = entry + ": " + field;
    return uint64(name, ExecutionHeaderText.quantity(name, required(name, fields.get(field))));
  }

  private static long uint64(String name, BigInteger value) {
    if (value.bitLength() > Long.SIZE) {
      throw new UnreadableFile(name + " does not fit 64 bits");
    }
    return value.longValue();
  }

  private static String required(String name, @Nullable String text) {
    if (text == null) {
      throw new UnreadableFile(name + " is missing");
    }
    return text;
  }
}
