package io.auriga.clients.execution;

import io.auriga.types.Hex;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An error that a node answers a call with.
 *
 * @param code a number as text; 0 where there is none
 * @param message bounded and fit to be shown
 */
record RpcError(String code, String message) {
  static final String INVALID_PARAMETERS = "-32602";
  private static final String METHOD_NOT_FOUND = "-32601";
  // A proxy's error body may be an essay.
  private static final int MESSAGE_LENGTH = 200;

  /** Reads the value on whose first token the parser stands: an object by the standard, or text. */
  static RpcError read(JsonParser parser) {
    String code = "0";
    String message = "";
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      message = parser.getString();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("code") && value == JsonToken.VALUE_NUMBER_INT) {
          code = parser.getString();
        } else if (name.equals("message") && value == JsonToken.VALUE_STRING) {
          message = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
    return new RpcError(code, shown(message));
  }

  private static String shown(String message) {
    return message.length() <= MESSAGE_LENGTH
        ? Hex.printable(message)
        : Hex.printable(message.substring(0, MESSAGE_LENGTH)) + "…";
  }

  boolean isMethodNotFound() {
    return code.equals(METHOD_NOT_FOUND);
  }

  /** {@code error -32000: header not found} */
  @Override
  public String toString() {
    return "error " + code + ": " + message;
  }
}
