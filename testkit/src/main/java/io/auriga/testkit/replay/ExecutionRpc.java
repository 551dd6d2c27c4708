package io.auriga.testkit.replay;

import io.auriga.testkit.replay.Recording.ExecutionBlock;
import io.auriga.testkit.time.PacedTime;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Answers JSON-RPC requests, single ones and batches, out of a recording. The execution client
 * knows the payloads of the blocks that the consensus client knows, and what is older than those.
 */
final class ExecutionRpc {
  static final int BATCH_MAX = 100;

  private static final String VERSION = "Auriga-replay/v1";
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Recording recording;
  private final PacedTime time;
  private final Map<BlockHash, ExecutionBlock> byHash = new HashMap<>();
  private final Map<BlockNumber, ExecutionBlock> olderThanRecorded = new HashMap<>();

  ExecutionRpc(Recording recording, PacedTime time) {
    this.recording = recording;
    this.time = time;
    Set<BlockHash> payloads = new HashSet<>();
    recording.timeline().blocks().forEach(block -> payloads.add(block.blockHash()));
    for (ExecutionBlock block : recording.executionBlocks()) {
      byHash.put(block.hash(), block);
      if (!payloads.contains(block.hash())) {
        olderThanRecorded.put(block.number(), block);
      }
    }
  }

  /** The answer's body; JSON-RPC tells failures there, with status 200. */
  String answer(String body) {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JacksonException malformed) {
      return failure(NullNode.getInstance(), PARSE_ERROR, "parse error").toString();
    }
    if (!request.isArray()) {
      return answer(request).toString();
    }
    if (request.isEmpty() || request.size() > BATCH_MAX) {
      return failure(
              NullNode.getInstance(),
              INVALID_REQUEST,
              "a batch has 1 to " + BATCH_MAX + " requests")
          .toString();
    }
    ArrayNode answers = JSON.createArrayNode();
    request.forEach(one -> answers.add(answer(one)));
    return answers.toString();
  }

  private JsonNode answer(JsonNode request) {
    JsonNode id = request.path("id").isMissingNode() ? NullNode.getInstance() : request.path("id");
    if (!request.path("method").isString()) {
      return failure(id, INVALID_REQUEST, "invalid request");
    }
    JsonNode params = request.path("params");
    try {
      Optional<JsonNode> result = result(request.path("method").asString(), params);
      return result.isPresent()
          ? success(id, result.get())
          : failure(
              id,
              METHOD_NOT_FOUND,
              "the method " + request.path("method").asString() + " does not exist");
    } catch (IllegalArgumentException malformed) {
      return failure(id, INVALID_PARAMS, String.valueOf(malformed.getMessage()));
    }
  }

  private Optional<JsonNode> result(String method, JsonNode params) {
    NodeState state = recording.timeline().at(time.instant());
    return switch (method) {
      case "web3_clientVersion" -> Optional.of(StringNode.valueOf(VERSION));
      case "eth_chainId" -> Optional.of(quantity(recording.spec().chainId()));
      case "net_version" ->
          Optional.of(StringNode.valueOf(UInt64.toDecimal(recording.spec().chainId())));
      case "eth_syncing" -> Optional.of(JSON.getNodeFactory().booleanNode(false));
      case "eth_blockNumber" ->
          Optional.of(quantity(state.head().map(head -> head.number().value()).orElse(0L)));
      case "eth_getBlockByHash" -> Optional.of(json(byHash(state, text(params, 0)), params));
      case "eth_getBlockByNumber" -> Optional.of(json(byTag(state, text(params, 0)), params));
      default -> Optional.empty();
    };
  }

  private Optional<ExecutionBlock> byHash(NodeState state, String hex) {
    return Optional.ofNullable(byHash.get(BlockHash.fromHex(hex)))
        .filter(
            block ->
                block.equals(olderThanRecorded.get(block.number()))
                    || !state
                        .knownWhere(known -> known.blockHash().equals(block.hash()))
                        .isEmpty());
  }

  private Optional<ExecutionBlock> byTag(NodeState state, String tag) {
    return switch (tag) {
      case "latest", "pending" -> payload(state.head());
      case "safe" -> payload(state.justified());
      case "finalized" -> payload(state.finalized());
      case "earliest" -> Optional.ofNullable(olderThanRecorded.get(new BlockNumber(0)));
      default -> {
        BlockNumber number = new BlockNumber(UInt64.parseQuantity(tag));
        yield payload(state.canonicalAt(number))
            .or(() -> Optional.ofNullable(olderThanRecorded.get(number)));
      }
    };
  }

  private Optional<ExecutionBlock> payload(Optional<RecordedBlock> block) {
    return block.map(present -> byHash.get(present.blockHash()));
  }

  private static JsonNode json(Optional<ExecutionBlock> found, JsonNode params) {
    if (found.isEmpty()) {
      return NullNode.getInstance();
    }
    JsonNode block = JSON.readTree(found.get().json());
    if (params.path(1).asBoolean(false) && !block.path("transactions").isEmpty()) {
      throw new IllegalArgumentException("whole transactions are not recorded; ask with false");
    }
    return block;
  }

  private static String text(JsonNode params, int position) {
    JsonNode value = params.path(position);
    if (!value.isString()) {
      throw new IllegalArgumentException("parameter " + position + " must be a string");
    }
    return value.asString();
  }

  private static JsonNode quantity(long value) {
    return StringNode.valueOf(UInt64.toQuantity(value));
  }

  private static ObjectNode success(JsonNode id, JsonNode result) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.set("result", result);
    return answer;
  }

  private static ObjectNode failure(JsonNode id, int code, String message) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }
}
