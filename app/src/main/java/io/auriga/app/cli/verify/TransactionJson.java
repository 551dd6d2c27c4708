package io.auriga.app.cli.verify;

import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Rebuilds transactions from {@code eth_getBlock…} with full transactions, so that the list can be
 * compared with the header's {@code transactionsRoot}. Types 0 to 4; a list with any other type, or
 * with an entry that lacks a field, is not rebuilt rather than guessed.
 */
final class TransactionJson {
  private static final int LEGACY = 0;
  private static final int ACCESS_LIST = 1;
  private static final int DYNAMIC_FEE = 2;
  private static final int BLOB = 3;
  private static final int SET_CODE = 4;
  private static final int ADDRESS_LENGTH = 20;

  private final Map<String, Object> fields;

  private TransactionJson(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** A field is missing or has another form than types 0 to 4 have. */
  private static final class NotRebuildable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRebuildable() {
      super(null, null, false, false);
    }
  }

  /** Reads the list that the parser stands before. */
  static TransactionList read(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw new UnreadableFile("transactions is not a list");
    }
    List<byte[]> items = new ArrayList<>();
    boolean whole = true;
    boolean deposits = false;
    String altered = "";
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        throw new UnreadableFile("transaction " + i + " is null");
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        whole = false;
        continue;
      }
      TransactionJson transaction = new TransactionJson(object(parser));
      deposits |= transaction.isOpStackDeposit();
      Optional<byte[]> encoded = whole ? transaction.encode() : Optional.empty();
      whole = encoded.isPresent();
      if (altered.isEmpty() && whole && !transaction.hasHashOf(encoded.get())) {
        altered = "transaction " + i + " does not have the hash that stands beside it";
      }
      encoded.ifPresent(items::add);
    }
    if (deposits) {
      return new TransactionList.WithOpStackDeposit();
    }
    return whole ? new TransactionList.Encoded(items, altered) : new TransactionList.NotRebuilt();
  }

  private boolean isOpStackDeposit() {
    return "0x7e".equals(fields.get("type"));
  }

  private boolean hasHashOf(byte[] encoded) {
    return !(fields.get("hash") instanceof String hash)
        || hash.equalsIgnoreCase(Hex.toHex(Keccak256.hash(encoded)));
  }

  private Optional<byte[]> encode() {
    try {
      int type = fields.containsKey("type") ? quantity("type").intValueExact() : LEGACY;
      // Entries that a chain adds by itself are not signed, and not in the trie.
      if (quantity("r").signum() == 0 && quantity("s").signum() == 0) {
        return Optional.empty();
      }
      RlpWriter writer = new RlpWriter();
      if (type != LEGACY) {
        writer.raw(new byte[] {(byte) type}, 0, 1);
      }
      writer.beginList();
      body(type, writer);
      writer.integer(quantity("r")).integer(quantity("s")).endList();
      return Optional.of(writer.toBytes());
    } catch (NotRebuildable | UnreadableFile | ArithmeticException other) {
      return Optional.empty();
    }
  }

  private void body(int type, RlpWriter writer) {
    switch (type) {
      case LEGACY ->
          call(writer.integer(quantity("nonce")).integer(quantity("gasPrice")))
              .integer(quantity("v"));
      case ACCESS_LIST -> {
        writer.integer(quantity("chainId")).integer(quantity("nonce"));
        call(writer.integer(quantity("gasPrice")));
        accessList(writer);
        writer.integer(yParity(fields));
      }
      case DYNAMIC_FEE, BLOB, SET_CODE -> {
        writer
            .integer(quantity("chainId"))
            .integer(quantity("nonce"))
            .integer(quantity("maxPriorityFeePerGas"))
            .integer(quantity("maxFeePerGas"));
        call(writer);
        accessList(writer);
        if (type == BLOB) {
          writer.integer(quantity("maxFeePerBlobGas")).beginList();
          list(fields, "blobVersionedHashes").forEach(hash -> writer.bytes(data(hash)));
          writer.endList();
        }
        if (type == SET_CODE) {
          authorizations(writer);
        }
        writer.integer(yParity(fields));
      }
      default -> throw new NotRebuildable();
    }
  }

  /** Gas, recipient, value and input, which all types have in this order. */
  private RlpWriter call(RlpWriter writer) {
    Object to = fields.get("to");
    byte[] recipient = to == null ? new byte[0] : data(to);
    if (recipient.length != 0 && recipient.length != ADDRESS_LENGTH) {
      throw new NotRebuildable();
    }
    return writer
        .integer(quantity("gas"))
        .bytes(recipient)
        .integer(quantity("value"))
        .bytes(data(fields.get("input")));
  }

  private void accessList(RlpWriter writer) {
    writer.beginList();
    for (Object entry : list(fields, "accessList")) {
      Map<String, Object> access = map(entry);
      writer.beginList().bytes(data(access.get("address"))).beginList();
      list(access, "storageKeys").forEach(key -> writer.bytes(data(key)));
      writer.endList().endList();
    }
    writer.endList();
  }

  private void authorizations(RlpWriter writer) {
    writer.beginList();
    for (Object entry : list(fields, "authorizationList")) {
      Map<String, Object> authorization = map(entry);
      writer
          .beginList()
          .integer(quantity(authorization, "chainId"))
          .bytes(data(authorization.get("address")))
          .integer(quantity(authorization, "nonce"))
          .integer(yParity(authorization))
          .integer(quantity(authorization, "r"))
          .integer(quantity(authorization, "s"))
          .endList();
    }
    writer.endList();
  }

  private static BigInteger yParity(Map<String, Object> fields) {
    return quantity(fields, fields.get("yParity") != null ? "yParity" : "v");
  }

  private BigInteger quantity(String name) {
    return quantity(fields, name);
  }

  private static BigInteger quantity(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return ExecutionHeaderText.quantity(name, text);
    }
    throw new NotRebuildable();
  }

  private static byte[] data(@Nullable Object value) {
    if (value instanceof String text) {
      return ExecutionHeaderText.data("a transaction's field", text);
    }
    throw new NotRebuildable();
  }

  private static List<?> list(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw new NotRebuildable();
  }

  @SuppressWarnings("unchecked") // all maps here are made by object()
  private static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new NotRebuildable();
  }

  /** The object on which the parser stands; values that are null are left out. */
  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Object value = value(parser);
          if (value != null) {
            list.add(value);
          }
        }
        yield list;
      }
      // The input may be long, so the text is taken whole here.
      case VALUE_STRING -> parser.getString();
      default -> JsonObjectText.scalar(parser);
    };
  }
}
