package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The range of withdrawal indices in which every canonical match of a filter lies, both ends
 * inclusive. On the canonical chain slots, block numbers, times and indices all grow together, so
 * that a bound on one is a bound on the others: found with one look at an index over blocks, and
 * then every filter is a range of an index over withdrawals.
 */
record IndexRange(long first, long last) {
  private static final IndexRange ALL = new IndexRange(0, Long.MAX_VALUE);

  boolean isAll() {
    return equals(ALL);
  }

  /** Empty where nothing canonical can match. */
  static Optional<IndexRange> of(Read read, WithdrawalFilter filter) {
    Search search = new Search(read);
    filter.fromIndex().ifPresent(index -> search.from(lower(index.value())));
    filter.toIndex().ifPresent(index -> search.to(upper(index.value())));
    filter.fromSlot().ifPresent(slot -> search.fromBlock("slot", lower(slot.value())));
    filter.toSlot().ifPresent(slot -> search.toBlock("slot", upper(slot.value())));
    filter.fromBlock().ifPresent(block -> search.fromBlock("block_number", lower(block.value())));
    filter.toBlock().ifPresent(block -> search.toBlock("block_number", upper(block.value())));
    filter
        .fromTime()
        .ifPresent(time -> search.fromBlock("slot_time", OptionalLong.of(secondsUp(time))));
    filter.toTime().ifPresent(time -> search.toBlock("slot_time", secondsUp(time) - 1));
    filter.blockRoot().ifPresent(root -> search.block("root", root.toBytes()));
    filter.blockHash().ifPresent(hash -> search.block("block_hash", hash.toBytes()));
    search.stages(filter);
    return search.first > search.last
        ? Optional.empty()
        : Optional.of(new IndexRange(search.first, search.last));
  }

  /** The first whole second that is not before {@code time}. */
  static long secondsUp(Instant time) {
    return time.getNano() == 0 ? time.getEpochSecond() : time.getEpochSecond() + 1;
  }

  /** Empty where the bound is above all that is stored. */
  static OptionalLong lower(long unsigned) {
    return unsigned < 0 ? OptionalLong.empty() : OptionalLong.of(unsigned);
  }

  static long upper(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  /** Narrows a range step by step; {@code first} above {@code last} is the empty range. */
  private static final class Search {
    private final Read read;
    private long first;
    private long last = Long.MAX_VALUE;

    Search(Read read) {
      this.read = read;
    }

    void nothing() {
      first = 1;
      last = 0;
    }

    void from(OptionalLong index) {
      if (index.isEmpty()) {
        nothing();
      } else {
        first = Math.max(first, index.getAsLong());
      }
    }

    void to(long index) {
      last = Math.min(last, index);
    }

    void fromBlock(String column, OptionalLong bound) {
      if (bound.isEmpty()) {
        nothing();
        return;
      }
      // A block without an index comes before every withdrawal, and bounds nothing.
      from(
          find(
              "canonical = 1 AND " + column + " >= ? ORDER BY " + column + " LIMIT 1",
              "COALESCE(first_index, 0)",
              bound.getAsLong()));
    }

    void toBlock(String column, long bound) {
      OptionalLong end =
          find(
              "canonical = 1 AND " + column + " <= ? ORDER BY " + column + " DESC LIMIT 1",
              "COALESCE(first_index + withdrawal_count, 0)",
              bound);
      to(end.orElse(0) - 1);
    }

    void block(String column, byte[] value) {
      String where = column + " = ? AND canonical = 1";
      from(find(where, "COALESCE(first_index, 0)", value));
      to(find(where, "COALESCE(first_index + withdrawal_count, 0)", value).orElse(0) - 1);
    }

    void stages(WithdrawalFilter filter) {
      boolean any = filter.stages().isEmpty();
      if (!any && !filter.stages().contains(Stage.FINALIZED)) {
        from(
            find(
                "canonical = 1 AND finalized_at IS NULL AND slot >= ? ORDER BY slot LIMIT 1",
                "COALESCE(first_index, 0)",
                0L));
      } else if (!any && filter.stages().stream().noneMatch(Search::moves)) {
        lastFinal().ifPresentOrElse(slot -> toBlock("slot", slot), this::nothing);
      }
    }

    /** The last slot that can hold a final block: followed or loaded. */
    private Optional<Long> lastFinal() {
      Optional<Long> followed =
          Optional.ofNullable(LedgerState.load(read).finalized).map(block -> block.slot().value());
      Optional<Long> loaded =
          read.first(
              "SELECT last_slot FROM withdrawals_history ORDER BY last_slot DESC LIMIT 1",
              row -> row.number("last_slot"));
      return followed.isPresent() && loaded.isPresent()
          ? Optional.of(Math.max(followed.get(), loaded.get()))
          : followed.or(() -> loaded);
    }

    private static boolean moves(Stage stage) {
      return stage != Stage.FINALIZED && stage != Stage.ORPHANED;
    }

    private OptionalLong find(String where, String expression, Object value) {
      Optional<Long> found =
          read.first(
              "SELECT " + expression + " AS bound FROM withdrawals_block WHERE " + where,
              row -> row.number("bound"),
              value);
      return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
    }
  }
}
