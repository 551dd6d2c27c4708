package io.auriga.app.web.api;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.types.BlockHash;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds a block by whatever a person holds of it: a tag, a slot, a root or a block hash. */
public final class BlockLookup {
  private static final int HASH_TEXT = 66;

  private final WithdrawalQueries queries;

  public BlockLookup(WithdrawalQueries queries) {
    this.queries = queries;
  }

  /**
   * The block that the path parameter {@code id} names.
   *
   * @throws HttpException if the text names none, or none that is kept
   */
  public BlockRecord require(Request request) {
    Optional<BlockRecord> found = request.pathParameter("id", this::find);
    return found.orElseThrow(
        () ->
            new HttpException(
                HttpError.NOT_FOUND,
                "show block " + Hex.abbreviate(request.pathParameter("id")),
                "no such block is kept here"));
  }

  /** The withdrawals of this very block, in its order; an orphaned one's too. */
  public List<WithdrawalRecord> withdrawals(BlockRecord block) {
    WithdrawalFilter filter =
        WithdrawalFilter.ALL
            .withBlockRoot(block.root())
            .withOrphaned()
            .withOrder(WithdrawalFilter.Order.OLDEST_FIRST);
    return queries.list(filter, WithdrawalQueries.LIMIT_MAX, Optional.empty()).records();
  }

  private Optional<BlockRecord> find(String id) {
    return switch (id) {
      case "head" -> at(position -> Optional.of(position.head()));
      case "safe" -> at(ChainPosition::safe);
      case "finalized" -> at(ChainPosition::finalized);
      default -> {
        if (id.startsWith("0x")) {
          if (id.length() != HASH_TEXT) {
            throw new IllegalArgumentException("not 32 bytes in hex: " + Hex.abbreviate(id));
          }
          Root root = Root.fromHex(id);
          yield queries.block(root).or(() -> queries.block(BlockHash.of(root.toBytes())));
        }
        yield queries.block(slot(id));
      }
    };
  }

  private static Slot slot(String id) {
    try {
      return Slot.parseDecimal(id);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "neither head, safe, finalized, a slot, a block root nor a block hash: "
              + Hex.abbreviate(id),
          wrong);
    }
  }

  private Optional<BlockRecord> at(Function<ChainPosition, Optional<BlockRef>> place) {
    return queries.summary().position().flatMap(place).flatMap(ref -> queries.block(ref.root()));
  }
}
