package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.chain.IndexGap;
import io.auriga.chain.UnmatchedBlock;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the ledger should hold, kept as plain lists and answered by looking at everything. */
final class LedgerModel {
  /** Every block ever applied. */
  final Map<Root, Entry> all = new LinkedHashMap<>();

  /** The canonical chain, oldest first; never empty once it was not. */
  final List<Entry> canonical = new ArrayList<>();

  Epoch safeEpoch = new Epoch(0);
  Optional<BlockRef> safe = Optional.empty();
  Epoch finalizedEpoch = new Epoch(0);
  Optional<BlockRef> finalized = Optional.empty();
  private long nextId = 1;

  /** A block and what is known of it. */
  static final class Entry {
    ChainBlock block;
    long id;
    boolean canonical = true;
    boolean optimistic;
    Optional<Instant> executed;
    Optional<Instant> safe = Optional.empty();
    Optional<Instant> finalized = Optional.empty();
    Optional<Instant> orphaned = Optional.empty();
    boolean rowLost;
    final Set<Long> lostIndices = new HashSet<>();

    Entry(ChainBlock block, long id) {
      this.block = block;
      this.id = id;
      this.optimistic = block.optimistic();
      this.executed = block.executedAt();
    }

    BlockRef ref() {
      return block.ref();
    }

    StageTimes times() {
      return new StageTimes(block.seenAt(), executed, safe, finalized, orphaned);
    }

    boolean isWhole() {
      return !rowLost && lostIndices.isEmpty();
    }

    BlockRecord record() {
      return new BlockRecord(
          block.ref().slot(),
          block.root(),
          block.view().parentRoot(),
          block.blockNumber(),
          block.blockHash(),
          block.withdrawalsRoot(),
          block.view().fork(),
          TestBlocks.startOf(block.ref().slot().value()),
          canonical,
          block.withdrawals().size(),
          new Gwei(block.withdrawals().stream().mapToLong(w -> w.amount().value()).sum()),
          times().stage(),
          times());
    }
  }

  /** A held withdrawal in the place where lists have it. */
  record Held(Entry entry, WithdrawalRecord record) {}

  void apply(ChainUpdate update) {
    for (BlockRef ref : update.undone()) {
      Entry entry = require(ref.root());
      entry.canonical = false;
      entry.orphaned = Optional.of(update.at());
      canonical.remove(entry);
      if (safe.isPresent() && !safe.get().slot().isBefore(ref.slot())) {
        safe = finalized;
        safeEpoch = finalizedEpoch;
      }
    }
    update.applied().forEach(this::apply);
    for (ExecutionMatch match : update.matched()) {
      Entry entry = require(match.root());
      entry.executed = entry.executed.or(() -> Optional.of(match.at()));
    }
    update.finality().ifPresent(this::apply);
    if (update.finality().isPresent() || !update.matched().isEmpty()) {
      mark(update.at());
    }
  }

  Entry require(Root root) {
    return Objects.requireNonNull(all.get(root), "a block that was applied");
  }

  private void apply(ChainBlock block) {
    Entry entry = all.get(block.root());
    if (entry == null) {
      entry = new Entry(block, nextId++);
      all.put(block.root(), entry);
    } else {
      entry.canonical = true;
      entry.orphaned = Optional.empty();
      entry.safe = Optional.empty();
      entry.executed = entry.executed.or(block::executedAt);
      entry.optimistic &= block.optimistic();
    }
    canonical.add(entry);
  }

  private void apply(FinalityUpdate update) {
    safeEpoch = update.safeEpoch();
    safe = update.safe();
    finalizedEpoch = update.finalizedEpoch();
    finalized = update.finalized();
  }

  private void mark(Instant at) {
    for (Entry entry : canonical) {
      if (entry.rowLost
          || (entry.optimistic && entry.executed.isEmpty())
          || entry.finalized.isPresent()) {
        continue;
      }
      if (safe.filter(ref -> !ref.slot().isBefore(entry.ref().slot())).isPresent()) {
        entry.safe = entry.safe.or(() -> Optional.of(at));
      }
      if (finalized.filter(ref -> !ref.slot().isBefore(entry.ref().slot())).isPresent()) {
        entry.finalized = Optional.of(at);
      }
    }
  }

  /** As the ledger restores: newest first, each lost row as if it were seen for the first time. */
  void restoreAll() {
    Instant latest = Instant.EPOCH;
    for (Entry entry : canonical.reversed()) {
      if (entry.rowLost) {
        entry.rowLost = false;
        entry.id = nextId++;
        entry.optimistic = entry.block.optimistic();
        entry.executed = entry.block.executedAt();
        entry.safe = Optional.empty();
        entry.finalized = Optional.empty();
      }
      entry.lostIndices.clear();
      latest = latest.isAfter(entry.block.seenAt()) ? latest : entry.block.seenAt();
    }
    mark(latest);
  }

  Optional<ChainPosition> position() {
    return canonical.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ChainPosition(
                canonical.getLast().ref(),
                lastIndex().map(WithdrawalIndex::next),
                safeEpoch,
                safe,
                finalizedEpoch,
                finalized));
  }

  private List<Long> allCanonicalIndices() {
    return canonical.stream()
        .flatMap(entry -> entry.block.withdrawals().stream())
        .map(withdrawal -> withdrawal.index().value())
        .toList();
  }

  Optional<WithdrawalIndex> lastIndex() {
    List<Long> indices = allCanonicalIndices();
    return indices.isEmpty()
        ? Optional.empty()
        : Optional.of(new WithdrawalIndex(indices.getLast()));
  }

  List<BlockRef> canonicalAbove(Slot slot) {
    return canonical.reversed().stream()
        .filter(entry -> !entry.rowLost && entry.ref().slot().isAfter(slot))
        .map(Entry::ref)
        .toList();
  }

  List<UnmatchedBlock> unmatched(Slot below, int limit) {
    return canonical.reversed().stream()
        .filter(entry -> !entry.rowLost && entry.executed.isEmpty())
        .filter(entry -> entry.ref().slot().isBefore(below))
        .limit(limit)
        .map(
            entry ->
                new UnmatchedBlock(
                    entry.ref(),
                    entry.block.blockHash(),
                    entry.block.withdrawals().stream()
                        .filter(w -> !entry.lostIndices.contains(w.index().value()))
                        .toList()))
        .toList();
  }

  List<IndexGap> gaps() {
    TreeSet<Long> missing = new TreeSet<>(allCanonicalIndices());
    canonical.stream()
        .filter(entry -> !entry.rowLost)
        .flatMap(
            entry ->
                entry.block.withdrawals().stream()
                    .map(w -> w.index().value())
                    .filter(index -> !entry.lostIndices.contains(index)))
        .forEach(missing::remove);
    List<IndexGap> gaps = new ArrayList<>();
    while (!missing.isEmpty()) {
      long first = missing.pollFirst();
      long last = first;
      while (missing.remove(last + 1)) {
        last++;
      }
      gaps.add(gap(first, last));
    }
    return gaps;
  }

  private IndexGap gap(long first, long last) {
    Optional<BlockRef> after = Optional.empty();
    BlockRef before = canonical.getLast().ref();
    for (Entry entry : canonical) {
      List<Withdrawal> withdrawals = entry.block.withdrawals();
      if (withdrawals.isEmpty() || !entry.isWhole()) {
        continue;
      }
      if (withdrawals.getLast().index().value() < first) {
        after = Optional.of(entry.ref());
      } else if (withdrawals.getFirst().index().value() > last) {
        before = entry.ref();
        break;
      }
    }
    return new IndexGap(new WithdrawalIndex(first), new WithdrawalIndex(last), after, before);
  }

  /** All withdrawals that are held, in the order asked for. */
  List<Held> held(Order order) {
    List<Held> held = new ArrayList<>();
    for (Entry entry : all.values()) {
      for (int i = 0; !entry.rowLost && i < entry.block.withdrawals().size(); i++) {
        Withdrawal withdrawal = entry.block.withdrawals().get(i);
        if (!entry.lostIndices.contains(withdrawal.index().value())) {
          held.add(new Held(entry, record(entry, withdrawal, i)));
        }
      }
    }
    Comparator<Held> oldest =
        Comparator.comparing((Held one) -> one.record().withdrawal().index())
            .thenComparingLong(one -> one.entry().id);
    held.sort(order == Order.OLDEST_FIRST ? oldest : oldest.reversed());
    return held;
  }

  private static WithdrawalRecord record(Entry entry, Withdrawal withdrawal, int position) {
    BlockRecord block = entry.record();
    return new WithdrawalRecord(
        withdrawal,
        position,
        block.slot(),
        block.root(),
        block.number(),
        block.hash(),
        block.withdrawalsRoot(),
        block.time(),
        block.stage(),
        block.times(),
        KindEvidence.NOT_LOOKED_AT);
  }

  List<WithdrawalRecord> list(WithdrawalFilter filter) {
    return held(filter.order()).stream()
        .map(Held::record)
        .filter(record -> matches(filter, record))
        .toList();
  }

  private static boolean matches(WithdrawalFilter filter, WithdrawalRecord record) {
    Withdrawal w = record.withdrawal();
    boolean stage =
        record.stage() == Stage.ORPHANED
            ? filter.orphaned() || filter.stages().contains(Stage.ORPHANED)
            : filter.stages().isEmpty() || filter.stages().contains(record.stage());
    return stage
        && (filter.validators().isEmpty() || filter.validators().contains(w.validatorIndex()))
        && (filter.addresses().isEmpty() || filter.addresses().contains(w.address()))
        && filter.fromSlot().filter(s -> record.slot().isBefore(s)).isEmpty()
        && filter.toSlot().filter(s -> record.slot().isAfter(s)).isEmpty()
        && filter.fromIndex().filter(i -> w.index().compareTo(i) < 0).isEmpty()
        && filter.toIndex().filter(i -> w.index().compareTo(i) > 0).isEmpty()
        && filter.fromTime().filter(t -> record.time().isBefore(t)).isEmpty()
        && filter.toTime().filter(t -> !record.time().isBefore(t)).isEmpty()
        && filter.blockRoot().filter(r -> !record.blockRoot().equals(r)).isEmpty()
        && filter.blockHash().filter(h -> !record.blockHash().equals(h)).isEmpty()
        && filter.fromBlock().filter(n -> record.blockNumber().compareTo(n) < 0).isEmpty()
        && filter.toBlock().filter(n -> record.blockNumber().compareTo(n) > 0).isEmpty();
  }

  List<WithdrawalRecord> show(WithdrawalIndex index) {
    return held(Order.NEWEST_FIRST).stream()
        .filter(held -> held.record().withdrawal().index().equals(index))
        .sorted(Comparator.comparing((Held held) -> !held.entry().canonical))
        .map(Held::record)
        .toList();
  }

  List<BlockRecord> blocks() {
    return all.values().stream()
        .filter(entry -> !entry.rowLost)
        .sorted(
            Comparator.comparing((Entry entry) -> entry.ref().slot())
                .thenComparing(entry -> entry.canonical)
                .thenComparingLong(entry -> entry.id)
                .reversed())
        .map(Entry::record)
        .toList();
  }

  LedgerSummary summary() {
    Map<Stage, Long> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      byStage.put(stage, 0L);
    }
    long count = 0;
    BigInteger total = BigInteger.ZERO;
    for (BlockRecord block : blocks()) {
      byStage.merge(block.stage(), (long) block.withdrawals(), Long::sum);
      if (block.canonical()) {
        count += block.withdrawals();
        total = total.add(BigInteger.valueOf(block.total().value()));
      }
    }
    return new LedgerSummary(
        position(),
        count,
        total,
        allCanonicalIndices().stream().findFirst().map(WithdrawalIndex::new),
        lastIndex(),
        byStage,
        gaps().size(),
        0,
        canonical.isEmpty() ? Optional.empty() : Optional.of(canonical.getFirst().ref().slot()),
        canonical.isEmpty() ? Optional.empty() : Optional.of(canonical.getLast().ref().slot()),
        canonical.reversed().stream()
            .filter(entry -> !entry.rowLost)
            .findFirst()
            .map(entry -> entry.record().time()));
  }
}
