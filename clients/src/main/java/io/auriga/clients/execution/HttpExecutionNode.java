package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.ClientVersions;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.UInt64;
import io.auriga.types.Wei;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One execution client behind its JSON-RPC over HTTP, and over WebSocket for new heads where there
 * is one. Shared by any number of threads.
 */
public final class HttpExecutionNode implements ExecutionNode {
  private final HttpEndpoint endpoint;
  private final @Nullable HttpEndpoint webSocket;
  private final ExecutionNodeOptions options;
  private final RandomGenerator random;
  private final JsonRpc rpc;
  private volatile boolean refusesBatches;

  public HttpExecutionNode(HttpEndpoint endpoint) {
    this(endpoint, null, ExecutionNodeOptions.DEFAULT, RandomGenerator.getDefault());
  }

  /**
   * @param webSocket an endpoint with a {@code ws} address, or null to poll for new heads
   * @param random for the jitter of pauses between connections
   */
  public HttpExecutionNode(
      HttpEndpoint endpoint,
      @Nullable HttpEndpoint webSocket,
      ExecutionNodeOptions options,
      RandomGenerator random) {
    this.endpoint = endpoint;
    this.webSocket = webSocket;
    this.options = options;
    this.random = random;
    this.rpc = new JsonRpc(endpoint);
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  /** The address behind it, for checks that need to see whole answers. */
  public HttpEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    JsonRpc.Call call = byHash(hash);
    return supported(rpc.call(call, HttpExecutionNode::parse), call);
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    JsonRpc.Call call = byNumber(tag);
    return supported(rpc.call(call, HttpExecutionNode::parse), call);
  }

  /** As {@link #block(BlockTag)}, whatever the block turns out to be. */
  public Optional<ParsedBlock> parsedBlock(BlockTag tag) {
    return rpc.call(byNumber(tag), HttpExecutionNode::parse);
  }

  private static JsonRpc.Call byHash(BlockHash hash) {
    return new JsonRpc.Call(
        "eth_getBlockByHash",
        '"' + hash.toHex() + "\",false",
        "read execution block " + hash.toHex());
  }

  private static JsonRpc.Call byNumber(BlockTag tag) {
    return new JsonRpc.Call(
        "eth_getBlockByNumber",
        '"' + tag.wireName() + "\",false",
        "read execution block " + tag.wireName());
  }

  private static Optional<ParsedBlock> parse(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT -> Optional.of(ExecutionBlockJson.read(parser));
      default -> throw new JsonView.Unexpected("result is no block");
    };
  }

  private Optional<ExecutionBlock> supported(Optional<ParsedBlock> parsed, JsonRpc.Call call) {
    return parsed.map(
        block ->
            switch (block) {
              case ExecutionBlock supported -> supported;
              case PreShanghaiBlock old ->
                  throw endpoint.failure(
                      ClientError.NOT_SHANGHAI,
                      call.asked(),
                      "block " + old.number() + " has no withdrawalsRoot");
              case UnsupportedBlock newer ->
                  throw endpoint.failure(
                      ClientError.UNSUPPORTED_FORK, call.asked(), newer.reason());
            });
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    List<BlockAnswer> answers = new ArrayList<>(hashes.size());
    NodeException lost = null;
    for (int from = 0; from < hashes.size(); from += options.batchSize()) {
      List<BlockHash> part =
          hashes.subList(from, Math.min(hashes.size(), from + options.batchSize()));
      if (lost != null) {
        NodeException reason = lost;
        part.forEach(hash -> answers.add(new BlockAnswer.Failed(hash, reason)));
        continue;
      }
      try {
        answers.addAll(part(part));
      } catch (NodeException failed) {
        if (from == 0) {
          throw failed;
        }
        // The first exchanges succeeded; what they brought must not be thrown away.
        lost = failed;
        part.forEach(hash -> answers.add(new BlockAnswer.Failed(hash, failed)));
      }
    }
    return answers;
  }

  private List<BlockAnswer> part(List<BlockHash> hashes) {
    if (hashes.size() == 1 || refusesBatches) {
      return oneByOne(hashes);
    }
    List<JsonRpc.Call> calls = hashes.stream().map(HttpExecutionNode::byHash).toList();
    List<JsonRpc.Outcome<Optional<ParsedBlock>>> outcomes;
    try {
      outcomes = rpc.batch(calls, HttpExecutionNode::parse);
    } catch (NodeException failed) {
      if (!concernsTheBatch(failed.error())) {
        throw failed;
      }
      List<BlockAnswer> answers = oneByOne(hashes);
      refusesBatches = answers.stream().noneMatch(BlockAnswer.Failed.class::isInstance);
      return answers;
    }
    List<BlockAnswer> answers = new ArrayList<>(hashes.size());
    for (int i = 0; i < hashes.size(); i++) {
      answers.add(answer(hashes.get(i), calls.get(i), outcomes.get(i)));
    }
    return answers;
  }

  /** Whether single calls may succeed where the batch failed. */
  private static boolean concernsTheBatch(ClientError error) {
    return switch (error) {
      case RPC_ERROR, MALFORMED, TOO_LARGE, STATUS, UNSUPPORTED_ROUTE -> true;
      default -> false;
    };
  }

  private List<BlockAnswer> oneByOne(List<BlockHash> hashes) {
    List<BlockAnswer> answers = new ArrayList<>(hashes.size());
    for (BlockHash hash : hashes) {
      try {
        answers.add(
            block(hash)
                .<BlockAnswer>map(block -> new BlockAnswer.Found(hash, block))
                .orElseGet(() -> new BlockAnswer.Unknown(hash)));
      } catch (NodeException failed) {
        if (concernsTheBlock(failed.error())) {
          answers.add(new BlockAnswer.Failed(hash, failed));
          continue;
        }
        if (answers.isEmpty()) {
          throw failed;
        }
        // A node that hangs would take a whole deadline for each of the rest.
        for (BlockHash rest : hashes.subList(answers.size(), hashes.size())) {
          answers.add(new BlockAnswer.Failed(rest, failed));
        }
        return answers;
      }
    }
    return answers;
  }

  /** Whether another block may succeed where this one failed. */
  private static boolean concernsTheBlock(ClientError error) {
    return switch (error) {
      case NOT_SHANGHAI, UNSUPPORTED_FORK, TOO_DEEP -> true;
      default -> concernsTheBatch(error);
    };
  }

  private BlockAnswer answer(
      BlockHash hash, JsonRpc.Call call, JsonRpc.Outcome<Optional<ParsedBlock>> outcome) {
    return switch (outcome) {
      case JsonRpc.Outcome.Failure<Optional<ParsedBlock>>(NodeException failure) ->
          new BlockAnswer.Failed(hash, failure);
      case JsonRpc.Outcome.Result<Optional<ParsedBlock>>(Optional<ParsedBlock> parsed) -> {
        try {
          yield supported(parsed, call)
              .<BlockAnswer>map(block -> new BlockAnswer.Found(hash, block))
              .orElseGet(() -> new BlockAnswer.Unknown(hash));
        } catch (NodeException unsupported) {
          yield new BlockAnswer.Failed(hash, unsupported);
        }
      }
    };
  }

  @Override
  public long chainId() {
    return rpc.call(
        new JsonRpc.Call("eth_chainId", "", "read the chain id"),
        parser -> text(parser, UInt64::parseQuantity));
  }

  @Override
  public boolean syncing() {
    return rpc.call(
        new JsonRpc.Call("eth_syncing", "", "read the sync status"),
        parser -> {
          boolean syncing = parser.currentToken() != JsonToken.VALUE_FALSE;
          parser.skipChildren();
          return syncing;
        });
  }

  @Override
  public String clientVersion() {
    return rpc.call(
        new JsonRpc.Call("web3_clientVersion", "", "read the version"),
        parser -> text(parser, ClientVersions::shown));
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    return rpc.call(
        new JsonRpc.Call(
            "eth_getBalance",
            "\"%s\",\"%s\"".formatted(address.toHex(), at.wireName()),
            "read the balance of " + address.toHex() + " at " + at.wireName()),
        parser -> new Wei(text(parser, BlockFields::bigQuantity)));
  }

  private static <T> T text(JsonParser parser, Function<String, T> meaning) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new JsonView.Unexpected("result is not a string");
    }
    return ExecutionBlockJson.value("result", parser.getString(), meaning);
  }

  /** The head's identity, whatever fork it is of; empty while the node has none. */
  Optional<NewHead> head() {
    return rpc.call(
        byNumber(BlockTag.latest()),
        parser ->
            parser.currentToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(NewHeadJson.read(parser)));
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    return new NewHeadsStream(this, webSocket, options, random, listener).start();
  }

  @Override
  public String toString() {
    return "HttpExecutionNode[" + name() + "]";
  }
}
