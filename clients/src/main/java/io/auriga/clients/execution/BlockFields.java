package io.auriga.clients.execution;

import io.auriga.clients.http.JsonView;
import io.auriga.crypto.execution.BlobFields;
import io.auriga.crypto.execution.ByteString;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.UInt64;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The header's fields of one block's JSON, gathered in any order. Used by one thread. */
final class BlockFields {
  /** Header fields of forks after Osaka: the hash of a header with them cannot be verified. */
  private static final Set<String> FROM_LATER_FORKS = Set.of("blockAccessListHash", "slotNumber");

  private static final Set<String> WANTED =
      Set.of(
          "hash",
          "parentHash",
          "sha3Uncles",
          "miner",
          "stateRoot",
          "transactionsRoot",
          "receiptsRoot",
          "logsBloom",
          "difficulty",
          "number",
          "gasLimit",
          "gasUsed",
          "timestamp",
          "extraData",
          "mixHash",
          "nonce",
          "baseFeePerGas",
          "withdrawalsRoot",
          "blobGasUsed",
          "excessBlobGas",
          "parentBeaconBlockRoot",
          "requestsHash");
  private static final int NONCE_BYTES = 8;
  private static final int UINT256_DIGITS = 64;

  private final Map<String, String> texts = new HashMap<>();
  private @Nullable List<Withdrawal> withdrawals;

  static boolean wants(String name) {
    return WANTED.contains(name) || FROM_LATER_FORKS.contains(name);
  }

  void put(String name, String text) {
    if (texts.put(name, text) != null) {
      throw new JsonView.Unexpected(name + " is there twice");
    }
  }

  void withdrawals(@Nullable List<Withdrawal> list) {
    withdrawals = list;
  }

  ParsedBlock toBlock() {
    BlockHash hash = required("hash", BlockHash::fromHex);
    BlockNumber number = new BlockNumber(required("number", UInt64::parseQuantity));
    if (!texts.containsKey("withdrawalsRoot")) {
      return new PreShanghaiBlock(hash, number, required("timestamp", UInt64::parseQuantity));
    }
    for (String later : FROM_LATER_FORKS) {
      if (texts.containsKey(later)) {
        return new UnsupportedBlock(
            hash, number, "its header has the field " + later + " of a fork after Osaka");
      }
    }
    return new ExecutionBlock(header(number), hash, withdrawals);
  }

  private ExecutionHeader header(BlockNumber number) {
    boolean hasBlobs = texts.containsKey("excessBlobGas") || texts.containsKey("blobGasUsed");
    boolean hasRequests = texts.containsKey("requestsHash");
    return new ExecutionHeader(
        required("parentHash", BlockHash::fromHex),
        required("sha3Uncles", Root::fromHex),
        required("miner", Address::fromHex),
        required("stateRoot", Root::fromHex),
        required("transactionsRoot", Root::fromHex),
        required("receiptsRoot", Root::fromHex),
        required("logsBloom", BlockFields::bloom),
        required("difficulty", BlockFields::bigQuantity),
        number,
        required("gasLimit", UInt64::parseQuantity),
        required("gasUsed", UInt64::parseQuantity),
        required("timestamp", UInt64::parseQuantity),
        required("extraData", ByteString::fromHex),
        required("mixHash", Root::fromHex),
        required("nonce", BlockFields::nonce),
        new Wei(required("baseFeePerGas", BlockFields::bigQuantity)),
        required("withdrawalsRoot", Root::fromHex),
        hasBlobs || hasRequests
            ? new BlobFields(
                required("blobGasUsed", UInt64::parseQuantity),
                required("excessBlobGas", UInt64::parseQuantity),
                required("parentBeaconBlockRoot", Root::fromHex))
            : null,
        hasRequests ? required("requestsHash", Root::fromHex) : null);
  }

  private <T> T required(String name, Function<String, T> parser) {
    return ExecutionBlockJson.value(name, texts.get(name), parser);
  }

  private static ByteString bloom(String text) {
    return ByteString.of(Hex.parse(text, ExecutionHeader.BLOOM_LENGTH));
  }

  private static long nonce(String text) {
    return new BigInteger(1, Hex.parse(text, NONCE_BYTES)).longValue();
  }

  static BigInteger bigQuantity(String text) {
    int digits = text.length() - 2;
    boolean wellFormed =
        digits >= 1
            && digits <= UINT256_DIGITS
            && text.startsWith("0x")
            && (text.charAt(2) != '0' || digits == 1)
            && text.substring(2).chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
    if (!wellFormed) {
      throw new IllegalArgumentException("not a 0x quantity of 256 bits: " + Hex.abbreviate(text));
    }
    return new BigInteger(text.substring(2), 16);
  }
}
