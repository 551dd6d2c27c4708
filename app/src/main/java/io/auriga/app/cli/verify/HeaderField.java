package io.auriga.app.cli.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an execution header in the order of its RLP, under their names in JSON. How many of
 * them there are names the fork: 15 before London, 16 before Shanghai, then 17, 20 and 21.
 */
enum HeaderField {
  PARENT_HASH(0, "parentHash", 32),
  OMMERS_HASH(1, "sha3Uncles", 32),
  FEE_RECIPIENT(2, "miner", 20),
  STATE_ROOT(3, "stateRoot", 32),
  TRANSACTIONS_ROOT(4, "transactionsRoot", 32),
  RECEIPTS_ROOT(5, "receiptsRoot", 32),
  LOGS_BLOOM(6, "logsBloom", 256),
  DIFFICULTY(7, "difficulty", Form.QUANTITY),
  NUMBER(8, "number", Form.QUANTITY),
  GAS_LIMIT(9, "gasLimit", Form.QUANTITY),
  GAS_USED(10, "gasUsed", Form.QUANTITY),
  TIMESTAMP(11, "timestamp", Form.QUANTITY),
  EXTRA_DATA(12, "extraData", Form.BYTES),
  PREV_RANDAO(13, "mixHash", 32),
  NONCE(14, "nonce", 8),
  BASE_FEE(15, "baseFeePerGas", Form.QUANTITY),
  WITHDRAWALS_ROOT(16, "withdrawalsRoot", 32),
  BLOB_GAS_USED(17, "blobGasUsed", Form.QUANTITY),
  EXCESS_BLOB_GAS(18, "excessBlobGas", Form.QUANTITY),
  PARENT_BEACON_BLOCK_ROOT(19, "parentBeaconBlockRoot", 32),
  REQUESTS_HASH(20, "requestsHash", 32);

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

  private final int position;
  private final String json;
  private final Form form;
  private final int length;

  HeaderField(int position, String json, int length) {
    this.position = position;
    this.json = json;
    this.form = Form.DATA;
    this.length = length;
  }

  HeaderField(int position, String json, Form form) {
    this.position = position;
    this.json = json;
    this.form = form;
    this.length = 0;
  }

  /** Where it stands in the RLP, from 0. */
  int position() {
    return position;
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

  /** How many fields the oldest form of a header has that goes as far as a position. */
  static int fieldCountWith(int position) {
    for (int count : List.of(FRONTIER, LONDON, SHANGHAI, CANCUN)) {
      if (position < count) {
        return count;
      }
    }
    return PRAGUE;
  }

  /** Whether a header of this many fields is from Shanghai on, and of a fork that is supported. */
  static boolean isSupported(int fieldCount) {
    return fieldCount == SHANGHAI || fieldCount == CANCUN || fieldCount == PRAGUE;
  }

  static boolean isBeforeShanghai(int fieldCount) {
    return fieldCount == FRONTIER || fieldCount == LONDON;
  }
}
