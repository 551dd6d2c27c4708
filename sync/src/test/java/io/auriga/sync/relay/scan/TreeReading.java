package io.auriga.sync.relay.scan;

import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same facts, read by a full parser from a whole document: the oracle of the scanners. */
final class TreeReading {
  static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TreeReading() {}

  static RequestFacts request(JsonNode root) {
    Optional<String> method = text(root.path("method"));
    JsonNode first = root.path("params").path(0);
    boolean forkChoice =
        method.filter(name -> name.startsWith("engine_forkchoiceUpdated")).isPresent();
    boolean payload = method.filter(name -> name.startsWith("engine_newPayload")).isPresent();
    int batch = 0;
    boolean batchForkChoice = false;
    if (root.isArray()) {
      for (JsonNode call : root) {
        batch += call.isObject() ? 1 : 0;
        batchForkChoice |=
            text(call.path("method"))
                .filter(name -> name.startsWith("engine_forkchoiceUpdated"))
                .isPresent();
      }
    }
    return new RequestFacts(
        method,
        id(root),
        payload && first.isObject() ? Optional.of(payload(first)) : Optional.empty(),
        forkChoice && first.isObject()
            ? Optional.of(
                new ForkChoiceFacts(
                    hash(first, "headBlockHash"),
                    hash(first, "safeBlockHash"),
                    hash(first, "finalizedBlockHash"),
                    root.path("params").isArray() && laterObject(root.path("params"))))
            : Optional.empty(),
        root.path("params").isArray() ? text(first) : Optional.empty(),
        batch,
        batchForkChoice,
        true);
  }

  private static boolean laterObject(JsonNode parameters) {
    for (int i = 1; i < parameters.size(); i++) {
      if (parameters.get(i).isObject()) {
        return true;
      }
    }
    return false;
  }

  static AnswerFacts answer(JsonNode root) {
    JsonNode result = root.path("result");
    JsonNode status = result.has("payloadStatus") ? result.path("payloadStatus") : result;
    JsonNode payload = result.has("executionPayload") ? result.path("executionPayload") : result;
    JsonNode code = root.path("error").path("code");
    return new AnswerFacts(
        id(root),
        text(status.path("status")).flatMap(PayloadStatus::of),
        hash(status, "latestValidHash"),
        text(status.path("validationError")),
        text(result.path("payloadId")),
        code.isIntegralNumber() ? OptionalLong.of(code.longValue()) : OptionalLong.empty(),
        hash(payload, "blockHash").isPresent() && number(payload, "blockNumber").isPresent()
            ? Optional.of(payload(payload))
            : Optional.empty(),
        true);
  }

  private static PayloadFacts payload(JsonNode node) {
    return new PayloadFacts(
        hash(node, "blockHash"),
        hash(node, "parentHash"),
        number(node, "blockNumber"),
        number(node, "timestamp"),
        node.path("withdrawals").isArray()
            ? withdrawals(node.path("withdrawals"))
            : Optional.empty());
  }

  private static Optional<List<Withdrawal>> withdrawals(JsonNode list) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    for (JsonNode entry : list) {
      Withdrawal one =
          orNull(
              () ->
                  new Withdrawal(
                      new WithdrawalIndex(quantity(entry.path("index"))),
                      new ValidatorIndex(quantity(entry.path("validatorIndex"))),
                      Address.fromHex(text(entry.path("address")).orElse("")),
                      new Gwei(quantity(entry.path("amount")))));
      if (one == null) {
        return Optional.empty();
      }
      withdrawals.add(one);
    }
    return withdrawals.size() > PayloadFacts.WITHDRAWALS_MAX
        ? Optional.empty()
        : Optional.of(withdrawals);
  }

  private static Optional<String> id(JsonNode root) {
    return root.path("id").isValueNode()
        ? Optional.of(STRICT.writeValueAsString(root.path("id")))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }

  private static long quantity(JsonNode node) {
    return UInt64.parseQuantity(text(node).orElse(""));
  }

  private static Optional<BlockHash> hash(JsonNode node, String name) {
    return text(node.path(name)).map(hex -> orNull(hex, BlockHash::fromHex));
  }

  private static OptionalLong number(JsonNode node, String name) {
    Long value = orNull(() -> quantity(node.path(name)));
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static <T> @Nullable T orNull(String text, Function<String, T> parse) {
    return orNull(() -> parse.apply(text));
  }

  private static <T> @Nullable T orNull(java.util.function.Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
