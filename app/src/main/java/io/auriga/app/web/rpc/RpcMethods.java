package io.auriga.app.web.rpc;

import io.auriga.app.web.WebError;
import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.runtime.http.Json;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What can be called. Each answer names the blocks that its tags stood for. */
public final class RpcMethods {
  /** How often an answer is made again because a reorg replaced its last block meanwhile. */
  private static final int ATTEMPTS = 3;

  private final WithdrawalQueries queries;
  private final BlockRange.Resolver resolver;

  public RpcMethods(WithdrawalQueries queries) {
    this.queries = queries;
    this.resolver = new BlockRange.Resolver(queries);
  }

  /** The result as it will be written: a tree of a thousand withdrawals would be large. */
  Json.JsonWriter call(String method, @Nullable JsonNode params) {
    return switch (method) {
      case "eth_getWithdrawals", "ewp_getWithdrawals" -> withdrawals(only(method, params));
      case "ewp_getWithdrawalByIndex" -> byIndex(only(method, params));
      case "ewp_withdrawalSummary" -> summary(params);
      default ->
          throw RpcException.of(
              RpcException.METHOD_NOT_FOUND,
              "the method %s does not exist".formatted(Hex.abbreviate(method)));
    };
  }

  private Json.JsonWriter withdrawals(JsonNode param) {
    WithdrawalCall call = WithdrawalCall.parse(param);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<BlockRange> resolved = resolver.resolve(call.blocks());
      if (resolved.isEmpty()) {
        return JsonGenerator::writeNull;
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

  private static Json.JsonWriter answer(BlockRange range, WithdrawalPage page) {
    return json -> {
      json.writeStartObject();
      json.writeObjectPropertyStart("resolvedTo");
      quantity(json, "fromBlock", range.from().value());
      quantity(json, "toBlock", range.to().number().value());
      json.writeStringProperty("toBlockHash", range.to().hash().toHex());
      json.writeEndObject();
      json.writeArrayPropertyStart("withdrawals");
      page.records().forEach(record -> item(json, record));
      json.writeEndArray();
      textOrNull(json, "nextCursor", page.nextCursor());
      json.writeEndObject();
    };
  }

  private Json.JsonWriter byIndex(JsonNode param) {
    WithdrawalIndex index =
        new WithdrawalIndex(WithdrawalCall.quantity("the withdrawal index", param));
    return queries.show(index).stream()
        .filter(record -> record.stage() != Stage.ORPHANED)
        .findFirst()
        .<Json.JsonWriter>map(record -> json -> item(json, record))
        .orElse(JsonGenerator::writeNull);
  }

  private Json.JsonWriter summary(@Nullable JsonNode params) {
    if (params != null && !params.isEmpty()) {
      throw RpcException.invalidParams("ewp_withdrawalSummary takes no parameter");
    }
    LedgerSummary ledger = queries.summary();
    Optional<BlockRecord> head = block(ledger.position().map(ChainPosition::head));
    Optional<BlockRecord> safe = block(ledger.position().flatMap(ChainPosition::safe));
    Optional<BlockRecord> finalized = block(ledger.position().flatMap(ChainPosition::finalized));
    return json -> {
      json.writeStartObject();
      block(json, "head", head);
      block(json, "safe", safe);
      block(json, "finalized", finalized);
      quantity(json, "count", ledger.withdrawals());
      json.writeStringProperty("totalAmount", "0x" + ledger.totalGwei().toString(16));
      index(json, "firstIndex", ledger.firstIndex());
      index(json, "lastIndex", ledger.lastIndex());
      quantity(json, "gaps", ledger.gaps() + ledger.notLoaded());
      json.writeEndObject();
    };
  }

  private Optional<BlockRecord> block(Optional<BlockRef> ref) {
    return ref.flatMap(found -> queries.block(found.root()));
  }

  private static void block(JsonGenerator json, String name, Optional<BlockRecord> block) {
    if (block.isEmpty()) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    quantity(json, "blockNumber", block.get().number().value());
    json.writeStringProperty("blockHash", block.get().hash().toHex());
    quantity(json, "slot", block.get().slot().value());
    json.writeEndObject();
  }

  /** The four fields of an execution block's withdrawal, and where it stands. */
  private static void item(JsonGenerator json, WithdrawalRecord record) {
    json.writeStartObject();
    quantity(json, "index", record.withdrawal().index().value());
    quantity(json, "validatorIndex", record.withdrawal().validatorIndex().value());
    json.writeStringProperty("address", record.withdrawal().address().toHex());
    quantity(json, "amount", record.withdrawal().amount().value());
    quantity(json, "blockNumber", record.blockNumber().value());
    json.writeStringProperty("blockHash", record.blockHash().toHex());
    quantity(json, "slot", record.slot().value());
    quantity(json, "timestamp", record.time().getEpochSecond());
    json.writeStringProperty("finality", finality(record.stage()));
    json.writeStringProperty("kind", record.kind().wireName());
    json.writeEndObject();
  }

  private static void quantity(JsonGenerator json, String name, long unsigned) {
    json.writeStringProperty(name, UInt64.toQuantity(unsigned));
  }

  private static void index(JsonGenerator json, String name, Optional<WithdrawalIndex> index) {
    textOrNull(json, name, index.map(known -> UInt64.toQuantity(known.value())));
  }

  private static void textOrNull(JsonGenerator json, String name, Optional<String> text) {
    if (text.isPresent()) {
      json.writeStringProperty(name, text.get());
    } else {
      json.writeNullProperty(name);
    }
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

  private static JsonNode only(String method, @Nullable JsonNode params) {
    if (params == null || !params.isArray() || params.size() != 1) {
      throw RpcException.invalidParams(method + " takes exactly one parameter, in an array");
    }
    return params.get(0);
  }
}
