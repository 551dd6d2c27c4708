package io.auriga.app.web.rpc;

import io.auriga.app.web.WebError;
import io.auriga.app.web.rpc.WithdrawalCall.Blocks;
import io.auriga.app.web.rpc.WithdrawalCall.Place;
import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.IndexGap;
import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.WithdrawalQueries;
import java.util.Optional;

/**
 * A range of canonical blocks that is kept whole.
 *
 * @param from the first block's number
 * @param to the last block
 */
record BlockRange(BlockNumber from, BlockRecord to) {

  /** Makes ranges of what a caller wrote, refusing those that could only be answered in part. */
  static final class Resolver {
    private final WithdrawalQueries queries;

    Resolver(WithdrawalQueries queries) {
      this.queries = queries;
    }

    /** Empty where a block was asked for by a hash that is not known. */
    Optional<BlockRange> resolve(Blocks blocks) {
      return switch (blocks) {
        case Blocks.ByHash(var hash) -> {
          Optional<BlockRecord> block = queries.block(hash);
          if (block.isPresent() && !block.get().canonical()) {
            throw RpcException.of(
                RpcException.INVALID_PARAMS,
                WebError.ORPHANED,
                "block " + hash + " is no longer on the canonical chain");
          }
          yield block.map(found -> new BlockRange(found.number(), found));
        }
        case Blocks.Between(Place from, Place to) -> Optional.of(between(from, to));
      };
    }

    /** Whether the last block is canonical still, so that what was read between is of one chain. */
    boolean stillHolds(BlockRange range) {
      return queries.block(range.to.root()).map(BlockRecord::canonical).orElse(false);
    }

    private BlockRange between(Place from, Place to) {
      LedgerSummary ledger = queries.summary();
      BlockRecord head = require(ledger.position().map(ChainPosition::head), "latest");
      long first = number(from, ledger, head);
      long last = number(to, ledger, head);
      if (Long.compareUnsigned(first, last) > 0) {
        throw RpcException.invalidParams(
            "fromBlock %s lies after toBlock %s"
                .formatted(UInt64.toQuantity(first), UInt64.toQuantity(last)));
      }
      long newest = head.number().value();
      if (Long.compareUnsigned(last, newest) > 0) {
        throw RpcException.of(
            RpcException.INVALID_PARAMS,
            WebError.BEYOND_HEAD,
            "block %s is beyond the last verified block, %s"
                .formatted(UInt64.toQuantity(last), UInt64.toQuantity(newest)));
      }
      requireKept(first, ledger);
      requireNoGap(first, last);
      BlockRecord end =
          queries
              .block(new BlockNumber(last))
              .filter(BlockRecord::canonical)
              .orElseThrow(
                  () ->
                      RpcException.of(
                          RpcException.SERVER_ERROR,
                          WebError.CHAIN_MOVED,
                          "block " + UInt64.toQuantity(last) + " left the canonical chain"));
      return new BlockRange(new BlockNumber(first), end);
    }

    private long number(Place place, LedgerSummary ledger, BlockRecord head) {
      return switch (place) {
        case Place.AtNumber(long value) -> value;
        case Place.AtTag(WithdrawalCall.Tag tag) ->
            switch (tag) {
              case EARLIEST -> 0;
              case LATEST -> head.number().value();
              case SAFE -> numberOf(ledger.position().flatMap(ChainPosition::safe), "safe");
              case FINALIZED ->
                  numberOf(ledger.position().flatMap(ChainPosition::finalized), "finalized");
            };
      };
    }

    private long numberOf(Optional<BlockRef> ref, String tag) {
      return require(ref, tag).number().value();
    }

    private BlockRecord require(Optional<BlockRef> ref, String tag) {
      return ref.flatMap(found -> queries.block(found.root()))
          .orElseThrow(
              () ->
                  RpcException.of(
                      RpcException.SERVER_ERROR,
                      WebError.NO_CHECKPOINT,
                      "no block is \"" + tag + "\" yet"));
    }

    private void requireKept(long first, LedgerSummary ledger) {
      Optional<BlockRecord> oldest = ledger.firstSlot().flatMap(queries::block);
      if (oldest.isPresent() && Long.compareUnsigned(first, oldest.get().number().value()) < 0) {
        throw RpcException.of(
            RpcException.HISTORY_PRUNED,
            WebError.HISTORY_NOT_KEPT,
            "block %s lies before the first block kept, %s"
                .formatted(
                    UInt64.toQuantity(first), UInt64.toQuantity(oldest.get().number().value())));
      }
    }

    private void requireNoGap(long first, long last) {
      for (LedgerGap found : queries.knownGaps()) {
        IndexGap gap = found.gap();
        long after =
            gap.after().flatMap(ref -> queries.block(ref.root())).map(Resolver::value).orElse(0L);
        Optional<Long> before = queries.block(gap.before().root()).map(Resolver::value);
        boolean missesSome =
            Long.compareUnsigned(after, last) < 0
                && before.map(end -> Long.compareUnsigned(first, end) < 0).orElse(true);
        if (missesSome) {
          throw found.lost()
              ? RpcException.of(
                  RpcException.SERVER_ERROR,
                  WebError.INDEX_GAP,
                  "withdrawals %s to %s, inside the range, are being read again"
                      .formatted(gap.first(), gap.last()))
              : RpcException.of(
                  RpcException.HISTORY_PRUNED,
                  WebError.HISTORY_NOT_KEPT,
                  "withdrawals %s to %s, inside the range, were not loaded"
                      .formatted(gap.first(), gap.last()));
        }
      }
    }

    private static long value(BlockRecord block) {
      return block.number().value();
    }
  }
}
