package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Execution blocks from the JSON of {@code eth_getBlockByHash} and its like. Streams: transactions
 * and everything else that nobody asked for are skipped without making an object of them.
 */
public final class ExecutionBlockJson {
  private static final String ASKED = "read an execution block's JSON";

  private ExecutionBlockJson() {}

  /**
   * Reads a block, bare or as the {@code result} of a JSON-RPC response.
   *
   * @param source whom to name in messages: a node or a file
   * @throws NodeException naming the source and the field that is wrong
   */
  public static ParsedBlock parse(NodeJson json, byte[] body, String source) {
    // Within this length, no string can be longer than the parser allows.
    ParsedBlock plain =
        body.length <= json.maxBytes() ? PlainBlockJson.parse(body, json.maxDepth()) : null;
    return plain != null ? plain : parseFully(json, body, source);
  }

  /** As {@link #parse}, with the parser that reads all JSON and says what is wrong. */
  static ParsedBlock parseFully(NodeJson json, byte[] body, String source) {
    try (JsonParser parser = json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected("it is not an object");
      }
      BlockFields fields = new BlockFields();
      ParsedBlock result = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        if (parser.currentName().equals("result")) {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonView.Unexpected("result is no block");
          }
          result = read(parser);
        } else {
          field(parser, fields);
        }
      }
      if (parser.nextToken() != null) {
        throw new JsonView.Unexpected("something follows the block");
      }
      return result != null ? result : fields.toBlock();
    } catch (JacksonException malformed) {
      throw new NodeException(
          NodeJson.errorOf(malformed), source, ASKED, NodeJson.describe(malformed), malformed);
    } catch (JsonView.Unexpected malformed) {
      throw new NodeException(
          ClientError.MALFORMED, source, ASKED, String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /**
   * Reads the block on whose opening brace the parser stands.
   *
   * @throws JsonView.Unexpected naming the field that is wrong
   */
  static ParsedBlock read(JsonParser parser) {
    BlockFields fields = new BlockFields();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      field(parser, fields);
    }
    return fields.toBlock();
  }

  private static void field(JsonParser parser, BlockFields fields) {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    if (name.equals("withdrawals")) {
      fields.withdrawals(value == JsonToken.VALUE_NULL ? null : withdrawals(parser));
    } else if (value == JsonToken.VALUE_STRING && BlockFields.wants(name)) {
      fields.put(name, parser.getString());
    } else {
      parser.skipChildren();
    }
  }

  private static List<Withdrawal> withdrawals(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonView.Unexpected("withdrawals is not a list");
    }
    List<Withdrawal> withdrawals = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String path = "withdrawals[" + withdrawals.size() + "]";
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected(path + " is not an object");
      }
      withdrawals.add(withdrawal(parser, path));
    }
    return withdrawals;
  }

  private static Withdrawal withdrawal(JsonParser parser, String path) {
    WithdrawalTexts texts = new WithdrawalTexts();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return texts.toWithdrawal(path);
  }

  static <T> T value(String path, @Nullable String text, Function<String, T> parser) {
    if (text == null) {
      throw new JsonView.Unexpected(path + " is missing or not a string");
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException malformed) {
      throw new JsonView.Unexpected(path + ": " + malformed.getMessage());
    }
  }
}
