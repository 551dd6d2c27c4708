package io.auriga.clients.execution;

import static java.util.Objects.requireNonNull;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.execution.ExecutionBalances.Answer;
import io.auriga.clients.execution.ExecutionBalances.Question;
import io.auriga.clients.execution.JsonRpc.Call;
import io.auriga.clients.execution.JsonRpc.Outcome;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;
import io.auriga.types.Wei;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * {@code eth_getBalance} after blocks named by their hashes, as EIP-1898 has it.
 *
 * <p>A node that refuses this form as invalid parameters, as EthereumJS does, is asked by number
 * from then on. A number names another block after a reorg: what it names is asked before and after
 * the balances, and where that is not the block meant, the question is not answered. What remains
 * is a node that goes to another branch and back between these two answers.
 */
final class BalancesAfterBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(BalancesAfterBlocks.class);
  private static final String ADVICE =
      "Nothing if the block was just reorged; for blocks off the node's chain, use an execution"
          + " node that takes block hashes here (EIP-1898)";

  private final HttpEndpoint endpoint;
  private final ManyCalls calls;
  private volatile boolean refusesHashes;

  BalancesAfterBlocks(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    this.calls = new ManyCalls(new JsonRpc(endpoint));
  }

  /** As {@link ExecutionBalances#balances}. */
  List<Answer> of(List<Question> questions) {
    if (!refusesHashes) {
      List<Outcome<Wei>> outcomes =
          calls.ask(
              questions.stream().map(BalancesAfterBlocks::byHash).toList(),
              BalancesAfterBlocks::wei);
      if (questions.isEmpty() || !outcomes.stream().allMatch(BalancesAfterBlocks::isRefusal)) {
        return outcomes.stream().map(BalancesAfterBlocks::answer).toList();
      }
      refusesHashes = true;
      LOG.info(
          "Node takes no block hash for a balance (EIP-1898), it is asked by number node={}",
          endpoint.name());
    }
    return byNumber(questions);
  }

  private List<Answer> byNumber(List<Question> questions) {
    Map<BlockHash, Outcome<BlockNumber>> before = confirmed(numbers(questions));
    List<Question> open =
        questions.stream()
            .distinct()
            .filter(one -> before.get(one.block()) instanceof Outcome.Result)
            .toList();
    List<Outcome<Wei>> balances =
        calls.ask(
            open.stream().map(one -> byNumber(one, before)).toList(), BalancesAfterBlocks::wei);
    Map<BlockHash, Outcome<BlockNumber>> after = confirmed(before);
    Map<Question, Answer> answers = new HashMap<>();
    for (int i = 0; i < open.size(); i++) {
      answers.put(open.get(i), answer(balances.get(i)));
    }
    return questions.stream()
        .map(
            one ->
                switch (requireNonNull(after.get(one.block()))) {
                  case Outcome.Failure<BlockNumber>(NodeException reason) ->
                      new Answer.Untold(reason);
                  case Outcome.Result<BlockNumber> _ -> requireNonNull(answers.get(one));
                })
        .toList();
  }

  /** The number of each block, as the node tells it of the block itself. */
  private Map<BlockHash, Outcome<BlockNumber>> numbers(List<Question> questions) {
    List<BlockHash> blocks = questions.stream().map(Question::block).distinct().toList();
    List<Call> asked =
        blocks.stream()
            .map(
                block ->
                    new Call(
                        "eth_getBlockByHash",
                        '"' + block.toHex() + "\",false",
                        "find the number of block " + block.toHex()))
            .toList();
    List<Outcome<Optional<NewHead>>> told = calls.ask(asked, BalancesAfterBlocks::head);
    Map<BlockHash, Outcome<BlockNumber>> numbers = new LinkedHashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      numbers.put(blocks.get(i), number(blocks.get(i), told.get(i), asked.get(i)));
    }
    return numbers;
  }

  private Outcome<BlockNumber> number(
      BlockHash block, Outcome<Optional<NewHead>> told, Call asked) {
    return switch (told) {
      case Outcome.Failure<Optional<NewHead>>(NodeException reason) ->
          new Outcome.Failure<>(reason);
      case Outcome.Result<Optional<NewHead>>(Optional<NewHead> found) -> {
        if (found.isEmpty()) {
          yield elsewhere(asked, "it does not have this block");
        }
        if (!found.get().hash().equals(block)) {
          yield new Outcome.Failure<>(
              endpoint.failure(
                  ClientError.MALFORMED,
                  asked.asked(),
                  "it answers with block " + found.get().hash().toHex()));
        }
        yield new Outcome.Result<>(found.get().number());
      }
    };
  }

  /** The same, without those whose number names another block in the node's chain now. */
  private Map<BlockHash, Outcome<BlockNumber>> confirmed(
      Map<BlockHash, Outcome<BlockNumber>> numbers) {
    List<BlockHash> blocks = new ArrayList<>();
    List<Call> asked = new ArrayList<>();
    numbers.forEach(
        (block, outcome) -> {
          if (outcome instanceof Outcome.Result<BlockNumber>(BlockNumber number)) {
            blocks.add(block);
            asked.add(
                new Call(
                    "eth_getBlockByNumber",
                    '"' + UInt64.toQuantity(number.value()) + "\",false",
                    "read which block " + number + " is"));
          }
        });
    List<Outcome<Optional<NewHead>>> told = calls.ask(asked, BalancesAfterBlocks::head);
    Map<BlockHash, Outcome<BlockNumber>> confirmed = new LinkedHashMap<>(numbers);
    for (int i = 0; i < blocks.size(); i++) {
      BlockHash block = blocks.get(i);
      switch (told.get(i)) {
        case Outcome.Failure<Optional<NewHead>>(NodeException reason) ->
            confirmed.put(block, new Outcome.Failure<>(reason));
        case Outcome.Result<Optional<NewHead>>(Optional<NewHead> found) -> {
          Optional<BlockHash> named = found.map(NewHead::hash);
          if (!named.equals(Optional.of(block))) {
            String now = named.map(hash -> "block " + hash.toHex()).orElse("no block");
            confirmed.put(
                block,
                elsewhere(asked.get(i), "it is %s, and not %s".formatted(now, block.toHex())));
          }
        }
      }
    }
    return confirmed;
  }

  private Outcome<BlockNumber> elsewhere(Call asked, String problem) {
    return new Outcome.Failure<>(
        NodeException.withRemedy(
            ClientError.UNSUPPORTED_ROUTE,
            endpoint.name(),
            asked.asked(),
            problem + "; and it takes no block hash where a balance is asked",
            ADVICE));
  }

  private static Optional<NewHead> head(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(NewHeadJson.read(parser));
  }

  private static Call byHash(Question question) {
    return balance(question, "{\"blockHash\":\"" + question.block().toHex() + "\"}");
  }

  private static Call byNumber(Question question, Map<BlockHash, Outcome<BlockNumber>> numbers) {
    if (numbers.get(question.block()) instanceof Outcome.Result<BlockNumber>(BlockNumber number)) {
      return balance(question, '"' + UInt64.toQuantity(number.value()) + '"');
    }
    throw new IllegalStateException("a balance is asked of a block without a number");
  }

  private static Call balance(Question question, String at) {
    return new Call(
        "eth_getBalance",
        '"' + question.account().toHex() + "\"," + at,
        "read the balance of " + question.account().toHex() + " at " + question.block().toHex());
  }

  private static Wei wei(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new JsonView.Unexpected("result is not a string");
    }
    return new Wei(
        ExecutionBlockJson.value("result", parser.getString(), BlockFields::bigQuantity));
  }

  private static boolean isRefusal(Outcome<Wei> outcome) {
    return outcome instanceof Outcome.Failure<Wei>(NodeException reason)
        && reason.rpcCode().equals(Optional.of(RpcError.INVALID_PARAMETERS));
  }

  private static Answer answer(Outcome<Wei> outcome) {
    return switch (outcome) {
      case Outcome.Result<Wei>(Wei balance) -> new Answer.Known(balance);
      case Outcome.Failure<Wei>(NodeException reason) -> new Answer.Untold(reason);
    };
  }
}
