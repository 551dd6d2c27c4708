package io.auriga.app.web.rpc;

import io.auriga.app.web.WebError;
import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.runtime.http.Json;
import io.auriga.types.AurigaException;
import io.auriga.types.UInt64;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalPage;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What can be called. Each answer names the blocks that its tags stood for. */
public final class RpcMethods {
  /** How often an answer is made again because a reorg replaced its last block meanwhile. */
  private static final int ATTEMPTS = 3;

  private static final JsonNodeFactory NODES = Json.nodes();

  private final WithdrawalQueries queries;
  private final BlockRange.Resolver resolver;

  public RpcMethods(WithdrawalQueries queries) {
    this.queries = queries;
    this.resolver = new BlockRange.Resolver(queries);
  }

  JsonNode call(String method, @Nullable JsonNode params) {
    return switch (method) {
      case "eth_getWithdrawals", "ewp_getWithdrawals" -> withdrawals(only(method, params));
      case "ewp_getWithdrawalByIndex" -> byIndex(only(method, params));
      case "ewp_withdrawalSummary" -> summary(params);
      default ->
          throw RpcException.of(
              RpcException.METHOD_NOT_FOUND,
              "the method %s does not exist"
                  .formatted(RpcEndpoint.quoted(NODES.stringNode(method))));
    };
  }

  private JsonNode withdrawals(JsonNode param) {
    WithdrawalCall call = WithdrawalCall.parse(param);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<BlockRange> resolved = resolver.resolve(call.blocks());
      if (resolved.isEmpty()) {
        return NODES.nullNode();
      }
      BlockRange range = resolved.get();
      WithdrawalPage page = list(call.filter(range), call);
      if (resolver.stillHolds(range)) {
        return answer(range, page);
      }
    }
    throw RpcException.of(
        RpcException.SERVER_ERROR,
        WebError.CHAIN_MOVED,
        "the chain reorganized while the answer was made");
  }

  private WithdrawalPage list(WithdrawalFilter filter, WithdrawalCall call) {
    try {
      return queries.list(filter, call.limit(), call.cursor());
    } catch (AurigaException refused) {
      if (refused.errorCode() == WithdrawalError.BAD_CURSOR) {
        throw RpcException.of(
            RpcException.INVALID_PARAMS,
            WithdrawalError.BAD_CURSOR,
            "cursor was not given out for this call");
      }
      throw refused;
    }
  }

  private static JsonNode answer(BlockRange range, WithdrawalPage page) {
    ObjectNode answer = NODES.objectNode();
    ObjectNode resolved = answer.putObject("resolvedTo");
    resolved.put("fromBlock", UInt64.toQuantity(range.from().value()));
    resolved.put("toBlock", UInt64.toQuantity(range.to().number().value()));
    resolved.put("toBlockHash", range.to().hash().toHex());
    ArrayNode items = answer.putArray("withdrawals");
    page.records().forEach(record -> items.add(item(record)));
    page.nextCursor()
        .ifPresentOrElse(
            cursor -> answer.put("nextCursor", cursor), () -> answer.putNull("nextCursor"));
    return answer;
  }

  private JsonNode byIndex(JsonNode param) {
    WithdrawalIndex index =
        new WithdrawalIndex(WithdrawalCall.quantity("the withdrawal index", param));
    return queries.show(index).stream()
        .filter(record -> record.stage() != Stage.ORPHANED)
        .findFirst()
        .map(record -> (JsonNode) item(record))
        .orElseGet(NODES::nullNode);
  }

  private JsonNode summary(@Nullable JsonNode params) {
    if (params != null && !params.isEmpty()) {
      throw RpcException.invalidParams("ewp_withdrawalSummary takes no parameter");
    }
    LedgerSummary ledger = queries.summary();
    ObjectNode answer = NODES.objectNode();
    block(answer, "head", ledger.position().map(ChainPosition::head));
    block(answer, "safe", ledger.position().flatMap(ChainPosition::safe));
    block(answer, "finalized", ledger.position().flatMap(ChainPosition::finalized));
    answer.put("count", UInt64.toQuantity(ledger.withdrawals()));
    answer.put("totalAmount", quantity(ledger.totalGwei()));
    quantity(answer, "firstIndex", ledger.firstIndex());
    quantity(answer, "lastIndex", ledger.lastIndex());
    answer.put("gaps", UInt64.toQuantity(ledger.gaps()));
    return answer;
  }

  private void block(ObjectNode answer, String name, Optional<BlockRef> ref) {
    Optional<BlockRecord> block = ref.flatMap(found -> queries.block(found.root()));
    if (block.isEmpty()) {
      answer.putNull(name);
      return;
    }
    ObjectNode node = answer.putObject(name);
    node.put("blockNumber", UInt64.toQuantity(block.get().number().value()));
    node.put("blockHash", block.get().hash().toHex());
    node.put("slot", UInt64.toQuantity(block.get().slot().value()));
  }

  private static void quantity(ObjectNode answer, String name, Optional<WithdrawalIndex> index) {
    index.ifPresentOrElse(
        value -> answer.put(name, UInt64.toQuantity(value.value())), () -> answer.putNull(name));
  }

  /** The four fields of an execution block's withdrawal, and where it stands. */
  private static ObjectNode item(WithdrawalRecord record) {
    return NODES
        .objectNode()
        .put("index", UInt64.toQuantity(record.withdrawal().index().value()))
        .put("validatorIndex", UInt64.toQuantity(record.withdrawal().validatorIndex().value()))
        .put("address", record.withdrawal().address().toHex())
        .put("amount", UInt64.toQuantity(record.withdrawal().amount().value()))
        .put("blockNumber", UInt64.toQuantity(record.blockNumber().value()))
        .put("blockHash", record.blockHash().toHex())
        .put("slot", UInt64.toQuantity(record.slot().value()))
        .put("timestamp", UInt64.toQuantity(record.time().getEpochSecond()))
        .put("finality", finality(record.stage()))
        .put("kind", record.kind().wireName());
  }

  private static String finality(Stage stage) {
    return switch (stage) {
      case CONSENSUS, EXECUTION -> "head";
      case SAFE -> "safe";
      case FINALIZED -> "finalized";
      case ORPHANED ->
          throw new IllegalStateException("An orphaned withdrawal in a canonical list");
    };
  }

  private static String quantity(BigInteger value) {
    return "0x" + value.toString(16);
  }

  private static JsonNode only(String method, @Nullable JsonNode params) {
    if (params == null || !params.isArray() || params.size() != 1) {
      throw RpcException.invalidParams(method + " takes exactly one parameter, in an array");
    }
    return params.get(0);
  }
}
