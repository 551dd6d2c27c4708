package io.auriga.clients.execution;

import io.auriga.clients.http.JsonView;
import io.auriga.crypto.execution.ByteString;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.TransactionHash;
import io.auriga.types.UInt64;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Logs from the answer to {@code eth_getLogs}; streams, skipping what nobody asked for. */
final class LogJson {
  private LogJson() {}

  /** Reads the list on whose opening bracket the parser stands. */
  static List<ExecutionLog> readAll(JsonParser parser, int max) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonView.Unexpected("result is not a list of logs");
    }
    List<ExecutionLog> logs = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (logs.size() == max) {
        throw new JsonView.Unexpected("more than " + max + " logs came");
      }
      logs.add(read(parser));
    }
    return List.copyOf(logs);
  }

  private static ExecutionLog read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonView.Unexpected("a log is not an object");
    }
    Map<String, String> texts = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return new ExecutionLog(
        new BlockNumber(value(texts, "blockNumber", UInt64::parseQuantity)),
        value(texts, "blockHash", BlockHash::fromHex),
        value(texts, "transactionHash", TransactionHash::fromHex),
        value(texts, "logIndex", UInt64::parseQuantity),
        value(texts, "data", ByteString::fromHex));
  }

  private static <T> T value(Map<String, String> texts, String name, Function<String, T> parser) {
    return ExecutionBlockJson.value(name, texts.get(name), parser);
  }
}
