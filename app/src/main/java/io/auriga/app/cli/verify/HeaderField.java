package io.auriga.app.cli.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an execution header in the order of its RLP, under their names in JSON. How many of
 * them there are names the fork: 15 before London, 16 before Shanghai, then 17, 20 and 21.
 */
enum HeaderField {
  PARENT_HASH("parentHash", 32),
  OMMERS_HASH("sha3Uncles", 32),
  FEE_RECIPIENT("miner", 20),
  STATE_ROOT("stateRoot", 32),
  TRANSACTIONS_ROOT("transactionsRoot", 32),
  RECEIPTS_ROOT("receiptsRoot", 32),
  LOGS_BLOOM("logsBloom", 256),
  DIFFICULTY("difficulty", Form.QUANTITY),
  NUMBER("number", Form.QUANTITY),
  GAS_LIMIT("gasLimit", Form.QUANTITY),
  GAS_USED("gasUsed", Form.QUANTITY),
  TIMESTAMP("timestamp", Form.QUANTITY),
  EXTRA_DATA("extraData", Form.BYTES),
  PREV_RANDAO("mixHash", 32),
  NONCE("nonce", 8),
  BASE_FEE("baseFeePerGas", Form.QUANTITY),
  WITHDRAWALS_ROOT("withdrawalsRoot", 32),
  BLOB_GAS_USED("blobGasUsed", Form.QUANTITY),
  EXCESS_BLOB_GAS("excessBlobGas", Form.QUANTITY),
  PARENT_BEACON_BLOCK_ROOT("parentBeaconBlockRoot", 32),
  REQUESTS_HASH("requestsHash", 32);

  /** How a field's value is written in JSON: {@code DATA} has a length that is fixed. */
  enum Form {
    DATA,
    BYTES,
    QUANTITY
  }

  /** Fields that drafts of Amsterdam add: a header with one of them is of an unsupported fork. */
  static final List<String> OF_LATER_FORKS = List.of("blockAccessListHash", "slotNumber");

  private static final int FRONTIER = 15;
  private static final int LONDON = 16;
  private static final int SHANGHAI = 17;
  private static final int CANCUN = 20;
  private static final int PRAGUE = 21;

  private final String json;
  private final Form form;
  private final int length;

  HeaderField(String json, int length) {
    this.json = json;
    this.form = Form.DATA;
    this.length = length;
  }

  HeaderField(String json, Form form) {
    this.json = json;
    this.form = form;
    this.length = 0;
  }

  String json() {
    return json;
  }

  Form form() {
    return form;
  }

  /** The length of a value whose form is {@code DATA}. */
  int length() {
    return length;
  }

  /** The execution layer's fork that began to write this many fields; null if none did. */
  static @Nullable String forkOf(int fieldCount) {
    return switch (fieldCount) {
      case FRONTIER -> "frontier";
      case LONDON -> "london";
      case SHANGHAI -> "shanghai";
      case CANCUN -> "cancun";
      case PRAGUE -> "prague";
      default -> null;
    };
  }

  /** Whether a header of this many fields is from Shanghai on, and of a fork that is supported. */
  static boolean isSupported(int fieldCount) {
    return fieldCount == SHANGHAI || fieldCount == CANCUN || fieldCount == PRAGUE;
  }

  static boolean isBeforeShanghai(int fieldCount) {
    return fieldCount == FRONTIER || fieldCount == LONDON;
  }
}
