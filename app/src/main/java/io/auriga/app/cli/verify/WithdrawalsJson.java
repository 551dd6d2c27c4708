package io.auriga.app.cli.verify;

import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a list of withdrawals in JSON. */
final class WithdrawalsJson {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}");

  private final String validatorKey;
  private final boolean decimal;

  private WithdrawalsJson(String validatorKey, boolean decimal) {
    this.validatorKey = validatorKey;
    this.decimal = decimal;
  }

  /** As JSON-RPC and the Engine API have it: {@code validatorIndex}, quantities in hex. */
  static List<Withdrawal> ofExecution(JsonParser parser) {
    return new WithdrawalsJson("validatorIndex", false).list(parser);
  }

  /** As the Beacon API has it: {@code validator_index}, decimal strings. */
  static List<Withdrawal> ofBeacon(JsonParser parser) {
    return new WithdrawalsJson("validator_index", true).list(parser);
  }

  private List<Withdrawal> list(JsonParser parser) {
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

  private Withdrawal withdrawal(String entry, JsonParser parser) {
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
        new ValidatorIndex(uint64(entry, validatorKey, fields)),
        Address.of(
            ExecutionHeaderText.data(
                address, required(address, fields.get("address")), Address.LENGTH)),
        new Gwei(uint64(entry, "amount", fields)));
  }

  private long uint64(String entry, String field, Map<String, @Nullable String> fields) {
    String name = entry + ": " + field;
    String text = required(name, fields.get(field));
    return decimal && DECIMAL.matcher(text).matches()
        ? uint64(name, new BigInteger(text))
        : uint64(name, ExecutionHeaderText.quantity(name, text));
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
