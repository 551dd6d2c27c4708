package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.IndexGap;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.StageTotals.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Which parts of the chain the ledger holds: what was loaded, and what is followed. */
final class Coverage {
  private static final String UNITS = "SELECT * FROM withdrawals_history ORDER BY first_slot";

  private final List<HistoryUnit> units;
  private final Optional<Span> followed;

  private Coverage(List<HistoryUnit> units, Optional<Span> followed) {
    this.units = units;
    this.followed = followed;
  }

  static Coverage of(Read read, LedgerState state) {
    return new Coverage(read.query(UNITS, HistoryUnit::of), followed(read, state));
  }

  private static Optional<Span> followed(Read read, LedgerState state) {
    if (state.head == null || state.startSlot.isEmpty()) {
      return Optional.empty();
    }
    long start = state.startSlot.getAsLong();
    record First(BlockRef ref, Root parent) {
      static First of(Row row) {
        return new First(BlockRow.ref(row), Root.of(row.bytes("parent_root")));
      }
    }
    Optional<First> first =
        read.first(
            "SELECT slot, root, parent_root FROM withdrawals_block WHERE canonical = 1 AND slot ="
                + " ?",
            First::of,
            start);
    return Optional.of(
        new Span(
            new Slot(start),
            state.head.slot(),
            first.map(First::parent),
            // Where the row was lost, some block of the range stands for it.
            first.map(First::ref).orElse(state.head),
            state.head,
            index(state.startIndex),
            index(state.nextIndex)));
  }

  private static Optional<WithdrawalIndex> index(OptionalLong value) {
    return value.isPresent()
        ? Optional.of(new WithdrawalIndex(value.getAsLong()))
        : Optional.empty();
  }

  /** What was loaded, oldest first. */
  List<HistoryUnit> units() {
    return units;
  }

  /** What is followed, from its first block to the head. */
  Optional<Span> followed() {
    return followed;
  }

  /** What was loaded and what is followed, each by itself, oldest first. */
  List<Span> parts() {
    List<Span> parts = new ArrayList<>(units.stream().map(HistoryUnit::span).toList());
    followed.ifPresent(parts::add);
    parts.sort(Comparator.comparing(Span::first).thenComparing(Span::last));
    return parts;
  }

  /** The same, joined where one continues the other. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (Span part : parts()) {
      if (!spans.isEmpty() && spans.getLast().continuesWith(part)) {
        spans.add(spans.removeLast().with(part));
      } else {
        spans.add(part);
      }
    }
    return spans;
  }

  /** As {@link WithdrawalQueries#unanchored} says. */
  List<HistoryUnit> unanchored() {
    List<HistoryUnit> open = new ArrayList<>();
    @Nullable Span anchored = null;
    for (HistoryUnit unit : units.reversed()) {
      boolean isLinked = anchored != null && unit.span().continuesWith(anchored);
      if (unit.anchor().isPresent() || isFollowedOver(unit) || isLinked) {
        anchored = unit.span();
      } else {
        anchored = null;
        open.add(unit);
      }
    }
    return open.reversed();
  }

  /** What is followed descends from what was loaded, if it ends with it or goes through it. */
  private boolean isFollowedOver(HistoryUnit unit) {
    return followed.isPresent()
        && !unit.last().isAfter(followed.get().last())
        && unit.span().continuesWith(followed.get());
  }

  /** The withdrawals that lie between the spans. */
  static List<IndexGap> between(List<Span> spans) {
    List<IndexGap> gaps = new ArrayList<>();
    for (int i = 1; i < spans.size(); i++) {
      spans.get(i - 1).gapBefore(spans.get(i)).ifPresent(gaps::add);
    }
    return gaps;
  }

  /** What all loads add up to. */
  Amount loaded() {
    return units.stream().map(HistoryUnit::amount).reduce(Amount.NONE, Amount::plus);
  }

  /** How many of the withdrawals from {@code first} up to and without {@code end} were loaded. */
  long loadedWithin(long first, long end) {
    long sum = 0;
    for (HistoryUnit unit : units) {
      if (unit.firstIndex().isPresent() && unit.nextIndex().isPresent()) {
        long from = Math.max(first, unit.firstIndex().get().value());
        long to = Math.min(end, unit.nextIndex().get().value());
        sum += Math.max(0, to - from);
      }
    }
    return sum;
  }

  /** Whether all these withdrawals are those of one load, whether or not their rows are there. */
  boolean loaded(IndexGap gap) {
    return loadedWithin(gap.first().value(), gap.last().value() + 1) == gap.count();
  }
}
