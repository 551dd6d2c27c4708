package io.auriga.app.web.rpc;

import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The one parameter of {@code eth_getWithdrawals}: an object, or in short a block number, tag or
 * hash.
 */
record WithdrawalCall(
    Blocks blocks,
    Optional<Address> address,
    Optional<ValidatorIndex> validator,
    Optional<WithdrawalIndex> index,
    int limit,
    Optional<String> cursor) {
  private static final int LIMIT_USUAL = 100;
  private static final int HASH_TEXT = 66;
  private static final int CURSOR_TEXT_MAX = 512;
  private static final Set<String> FIELDS =
      Set.of(
          "fromBlock",
          "toBlock",
          "blockHash",
          "address",
          "validatorIndex",
          "index",
          "limit",
          "cursor");

  /** Which blocks are asked for, tags not resolved yet. */
  sealed interface Blocks {
    record ByHash(BlockHash hash) implements Blocks {}

    record Between(Place from, Place to) implements Blocks {}
  }

  /** One end of a range. */
  sealed interface Place {
    record AtNumber(long value) implements Place {}

    record AtTag(Tag tag) implements Place {}
  }

  /** The tags of execution clients that name a verified block. */
  enum Tag {
    EARLIEST,
    LATEST,
    SAFE,
    FINALIZED
  }

  private static final Map<String, Tag> TAGS =
      Map.of(
          "earliest", Tag.EARLIEST,
          "latest", Tag.LATEST,
          "safe", Tag.SAFE,
          "finalized", Tag.FINALIZED);

  static WithdrawalCall parse(JsonNode param) {
    if (param.isString()) {
      String text = param.stringValue();
      Blocks blocks =
          text.length() == HASH_TEXT
              ? new Blocks.ByHash(parsed("the block", param, BlockHash::fromHex))
              : new Blocks.Between(place("the block", param), place("the block", param));
      return new WithdrawalCall(
          blocks,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          WithdrawalQueries.LIMIT_MAX,
          Optional.empty());
    }
    if (!param.isObject()) {
      throw RpcException.invalidParams(
          "the parameter is an object, or a block number, tag or hash, not "
              + RpcEndpoint.quoted(param));
    }
    for (String name : param.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw RpcException.invalidParams(
            "unknown field \"%s\"; known are %s"
                .formatted(name.length() > 40 ? "…" : name, new TreeSet<>(FIELDS)));
      }
    }
    return new WithdrawalCall(
        blocks(param),
        field(param, "address").map(node -> parsed("address", node, Address::fromHex)),
        field(param, "validatorIndex")
            .map(node -> new ValidatorIndex(quantity("validatorIndex", node))),
        field(param, "index").map(node -> new WithdrawalIndex(quantity("index", node))),
        field(param, "limit").map(WithdrawalCall::limit).orElse(LIMIT_USUAL),
        field(param, "cursor").map(WithdrawalCall::cursor));
  }

  WithdrawalFilter filter(BlockRange range) {
    WithdrawalFilter filter =
        WithdrawalFilter.ALL
            .withOrder(WithdrawalFilter.Order.OLDEST_FIRST)
            .withFromBlock(range.from())
            .withToBlock(range.to().number());
    if (address.isPresent()) {
      filter = filter.withAddress(address.get());
    }
    if (validator.isPresent()) {
      filter = filter.withValidator(validator.get());
    }
    if (index.isPresent()) {
      filter = filter.withFromIndex(index.get()).withToIndex(index.get());
    }
    return filter;
  }

  private static Blocks blocks(JsonNode param) {
    Optional<JsonNode> hash = field(param, "blockHash");
    Optional<JsonNode> from = field(param, "fromBlock");
    Optional<JsonNode> to = field(param, "toBlock");
    if (hash.isPresent()) {
      if (from.isPresent() || to.isPresent()) {
        throw RpcException.invalidParams("blockHash excludes fromBlock and toBlock");
      }
      return new Blocks.ByHash(parsed("blockHash", hash.get(), BlockHash::fromHex));
    }
    Place latest = new Place.AtTag(Tag.LATEST);
    return new Blocks.Between(
        from.map(node -> place("fromBlock", node)).orElse(latest),
        to.map(node -> place("toBlock", node)).orElse(latest));
  }

  private static Place place(String name, JsonNode node) {
    Tag tag = node.isString() ? TAGS.get(node.stringValue()) : null;
    return tag != null ? new Place.AtTag(tag) : new Place.AtNumber(quantity(name, node));
  }

  /** An unsigned number in the form {@code 0x1f}. */
  static long quantity(String name, JsonNode node) {
    return parsed(name, node, UInt64::parseQuantity);
  }

  private static int limit(JsonNode node) {
    long limit =
        node.isIntegralNumber() && node.canConvertToInt()
            ? node.intValue()
            : quantity("limit", node);
    if (limit < 1 || limit > WithdrawalQueries.LIMIT_MAX) {
      throw RpcException.invalidParams(
          "limit must be from 1 to "
              + WithdrawalQueries.LIMIT_MAX
              + ", as a number or 0x quantity");
    }
    return (int) limit;
  }

  private static String cursor(JsonNode node) {
    if (!node.isString() || node.stringValue().length() > CURSOR_TEXT_MAX) {
      throw RpcException.invalidParams("cursor must be what nextCursor was");
    }
    return node.stringValue();
  }

  private static Optional<JsonNode> field(JsonNode param, String name) {
    return Optional.ofNullable(param.get(name)).filter(node -> !node.isNull());
  }

  private static <T> T parsed(String name, JsonNode node, Function<String, T> parser) {
    if (!node.isString()) {
      throw RpcException.invalidParams(name + " must be a string: " + RpcEndpoint.quoted(node));
    }
    try {
      return parser.apply(node.stringValue());
    } catch (IllegalArgumentException wrong) {
      throw RpcException.invalidParams(name + ": " + wrong.getMessage());
    }
  }
}
