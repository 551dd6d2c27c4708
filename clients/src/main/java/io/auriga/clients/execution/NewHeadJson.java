package io.auriga.clients.execution;

import io.auriga.clients.http.JsonView;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A head's identity from a header's or a block's JSON; streams, skipping all else. */
final class NewHeadJson {
  private NewHeadJson() {}

  /** Reads the object on whose opening brace the parser stands. */
  static NewHead read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonView.Unexpected("the head is not an object");
    }
    String number = null;
    String hash = null;
    String parentHash = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        continue;
      }
      switch (name) {
        case "number" -> number = parser.getString();
        case "hash" -> hash = parser.getString();
        case "parentHash" -> parentHash = parser.getString();
        default -> {}
      }
    }
    return new NewHead(
        new BlockNumber(ExecutionBlockJson.value("number", number, UInt64::parseQuantity)),
        ExecutionBlockJson.value("hash", hash, BlockHash::fromHex),
        ExecutionBlockJson.value("parentHash", parentHash, BlockHash::fromHex));
  }
}
