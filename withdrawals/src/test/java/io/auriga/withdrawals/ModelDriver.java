package io.auriga.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.LedgerModel.Entry;
import io.auriga.withdrawals.TestBlocks.Draft;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Does the same random things to a ledger and to the model of one, and compares all answers. */
final class ModelDriver implements AutoCloseable {
  private static final int DEPTH_MAX = 64;

  private final String url;
  private final Random random;
  private final LedgerModel model = new LedgerModel();
  private Store store;
  private WithdrawalLedger ledger;
  private WithdrawalQueries queries;
  private Optional<ChainUpdate> last = Optional.empty();
  private long variants;
  private int minutes;

  ModelDriver(String url, long seed) {
    this.url = url;
    this.random = new Random(seed);
    this.store = Store.open(url, WithdrawalLedger.MIGRATIONS);
    this.ledger = new WithdrawalLedger(store);
    this.queries = new WithdrawalQueries(store);
  }

  /** One random thing and one comparison; says what it did. */
  String step() {
    String done = model.canonical.isEmpty() ? begin() : act();
    try {
      new ModelComparison(model, ledger, queries, random).compare();
    } catch (AssertionError different) {
      throw new AssertionError("after: " + done + "\n" + different.getMessage(), different);
    }
    return done;
  }

  private String act() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> extend(1 + random.nextInt(4));
      case 6 -> extend(1 + random.nextInt(40));
      case 7 -> extend(1);
      case 8, 9, 10 -> reorg();
      case 11, 12 -> reorgBack();
      case 13, 14 -> match();
      case 15 -> finality();
      case 16 -> crash();
      case 17 -> repeat();
      case 18 -> random.nextBoolean() ? refused() : restart();
      default -> loseAndRestore();
    };
  }

  private String begin() {
    long slot = 1L + random.nextInt(1_000);
    long index = random.nextInt(100);
    List<Withdrawal> withdrawals = random.nextBoolean() ? randomWithdrawals(index) : List.of();
    ChainBlock first = TestBlocks.first(slot, withdrawals).block();
    return commit(ChainUpdate.ofBlocks(now(), List.of(), List.of(first)));
  }

  private String extend(int count) {
    return commit(
        ChainUpdate.ofBlocks(
            now(), List.of(), grow(model.canonical.getLast().block, nextIndex(), count)));
  }

  private String reorg() {
    List<ChainBlock> undone = undoable(1 + random.nextInt(DEPTH_MAX));
    if (undone.isEmpty()) {
      return "nothing to undo";
    }
    ChainBlock parent = parentOf(undone.getFirst());
    int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(undone.size() + 1);
    List<ChainBlock> applied = grow(parent, indexAfter(parent), count);
    List<ExecutionMatch> matched = random.nextBoolean() ? List.of() : randomMatches();
    return commit(
        new ChainUpdate(now(), TestBlocks.newestFirst(undone), applied, matched, Optional.empty()));
  }

  private String reorgBack() {
    List<Entry> orphans = model.all.values().stream().filter(e -> !e.canonical).toList();
    if (orphans.isEmpty()) {
      return "no orphan to take back";
    }
    Deque<ChainBlock> path = new ArrayDeque<>();
    Entry tip = orphans.get(random.nextInt(orphans.size()));
    while (!tip.canonical) {
      path.addFirst(tip.block);
      tip = model.require(tip.block.view().parentRoot());
    }
    Slot fork = tip.ref().slot();
    if (model.finalized.filter(ref -> ref.slot().isAfter(fork)).isPresent()) {
      return "orphan below finality";
    }
    return commit(ChainUpdate.ofBlocks(now(), model.canonicalAbove(fork), List.copyOf(path)));
  }

  private String match() {
    return commit(ChainUpdate.ofMatches(now(), randomMatches()));
  }

  private List<ExecutionMatch> randomMatches() {
    return model.all.values().stream()
        .filter(entry -> random.nextInt(3) == 0)
        .map(entry -> new ExecutionMatch(entry.block.root(), now()))
        .toList();
  }

  private String finality() {
    int finalizedNow = place(model.finalized);
    int finalized = finalizedNow + random.nextInt((model.canonical.size() - finalizedNow) / 3 + 1);
    int safeNow = Math.max(place(model.safe), finalized);
    int safe = safeNow + random.nextInt((model.canonical.size() - safeNow) / 2 + 1);
    if (safe >= model.canonical.size()) {
      return "nothing more to finalize";
    }
    return commit(
        ChainUpdate.ofFinality(
            now(),
            new FinalityUpdate(
                new Epoch(model.safeEpoch.value() + 1),
                Optional.of(model.canonical.get(safe).ref()),
                new Epoch(model.finalizedEpoch.value() + 1),
                Optional.of(model.canonical.get(finalized).ref()))));
  }

  private int place(Optional<BlockRef> ref) {
    return ref.map(block -> model.canonical.indexOf(model.require(block.root()))).orElse(0);
  }

  /** A transaction that fails after it has undone and inserted: nothing of it may be left. */
  private String crash() {
    List<ChainBlock> undone = undoable(1 + random.nextInt(8));
    ChainBlock parent =
        undone.isEmpty() ? model.canonical.getLast().block : parentOf(undone.getFirst());
    List<ChainBlock> applied = grow(parent, indexAfter(parent), 3);
    ExecutionMatch impossible = new ExecutionMatch(parent.root(), Instant.MAX);
    ChainUpdate update =
        new ChainUpdate(
            now(), TestBlocks.newestFirst(undone), applied, List.of(impossible), Optional.empty());
    assertThatThrownBy(() -> ledger.commit(update)).isInstanceOf(ArithmeticException.class);
    return "crash in the middle of " + describe(update);
  }

  private String repeat() {
    last.ifPresent(ledger::commit);
    return "the last update once more";
  }

  private String refused() {
    ChainBlock head = model.canonical.getLast().block;
    Optional<Long> next = nextIndex();
    if (next.isPresent() && (random.nextBoolean() || model.finalized.isEmpty())) {
      List<ChainBlock> gap =
          List.of(TestBlocks.after(head, 1, TestBlocks.withdrawals(next.get() + 1, 2)).block());
      refused(ChainError.INDEX_GAP, ChainUpdate.ofBlocks(now(), List.of(), gap));
      return "a gap refused";
    }
    if (model.finalized.isEmpty()) {
      return "nothing to refuse";
    }
    Slot below = new Slot(model.finalized.get().slot().value() - 1);
    List<BlockRef> undone = model.canonicalAbove(below);
    refused(ChainError.FINALITY_CONFLICT, ChainUpdate.ofBlocks(now(), undone, List.of()));
    return "undoing what is final refused";
  }

  private void refused(ChainError error, ChainUpdate update) {
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(() -> ledger.commit(update))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(error));
  }

  private String restart() {
    store.close();
    store = Store.open(url, WithdrawalLedger.MIGRATIONS);
    ledger = new WithdrawalLedger(store);
    queries = new WithdrawalQueries(store);
    return "restart";
  }

  private String loseAndRestore() {
    for (Entry entry : model.canonical) {
      int fate = random.nextInt(8);
      if (fate == 0 && !entry.block.withdrawals().isEmpty()) {
        // Some of the withdrawals; the block stays.
        for (Withdrawal withdrawal : entry.block.withdrawals()) {
          if (random.nextBoolean()) {
            entry.lostIndices.add(withdrawal.index().value());
            execute(
                "DELETE FROM withdrawals_entry WHERE block_id = ? AND withdrawal_index = ?",
                entry.id,
                withdrawal.index().value());
          }
        }
      } else if (fate == 1) {
        // The block; its withdrawals go too or are left behind.
        entry.rowLost = true;
        execute("DELETE FROM withdrawals_block WHERE block_id = ?", entry.id);
        if (random.nextBoolean()) {
          execute("DELETE FROM withdrawals_entry WHERE block_id = ?", entry.id);
        }
      }
    }
    ModelComparison comparison = new ModelComparison(model, ledger, queries, random);
    comparison.compareAfterLoss();
    ledger.restore(model.canonical.stream().map(entry -> entry.block).toList());
    model.restoreAll();
    LedgerSummary restored = queries.summary();
    assertThat(restored.byStage()).isEqualTo(model.summary().byStage());
    assertThat(restored.totalGwei()).isEqualTo(model.summary().totalGwei());
    assertThat(ledger.gaps()).isEmpty();
    // An update that was committed before some of its rows were lost is a new one now.
    last = Optional.empty();
    return "rows lost and restored";
  }

  private void execute(String sql, Object... parameters) {
    int _ = store.inTransaction(tx -> tx.update(sql, parameters));
  }

  private String commit(ChainUpdate update) {
    ledger.commit(update);
    model.apply(update);
    last = Optional.of(update);
    return describe(update);
  }

  private static String describe(ChainUpdate update) {
    return "undo %s, apply %s, match %d, %s"
        .formatted(
            update.undone(),
            update.applied().stream().map(ChainBlock::ref).toList(),
            update.matched().size(),
            update.finality());
  }

  /** The newest canonical blocks that may be undone, oldest first; never the very first. */
  private List<ChainBlock> undoable(int depth) {
    int floor = place(model.finalized) + 1;
    int from = Math.max(floor, model.canonical.size() - depth);
    return model
        .canonical
        .subList(Math.min(from, model.canonical.size()), model.canonical.size())
        .stream()
        .map(entry -> entry.block)
        .toList();
  }

  private ChainBlock parentOf(ChainBlock block) {
    return model.require(block.view().parentRoot()).block;
  }

  private Optional<Long> nextIndex() {
    return indexAfter(model.canonical.getLast().block);
  }

  private Optional<Long> indexAfter(ChainBlock block) {
    return model.canonical.stream()
        .map(entry -> entry.block)
        .filter(other -> !other.ref().slot().isAfter(block.ref().slot()))
        .filter(other -> !other.withdrawals().isEmpty())
        .reduce((earlier, later) -> later)
        .map(other -> other.withdrawals().getLast().index().value() + 1);
  }

  private List<ChainBlock> grow(ChainBlock parent, Optional<Long> index, int count) {
    List<ChainBlock> blocks = new ArrayList<>();
    ChainBlock tip = parent;
    long next = index.orElse(50L);
    for (int i = 0; i < count; i++) {
      List<Withdrawal> withdrawals = random.nextInt(4) == 0 ? List.of() : randomWithdrawals(next);
      Draft draft =
          TestBlocks.after(tip, 1 + random.nextInt(3), withdrawals).withVariant(++variants);
      draft = random.nextInt(3) > 0 ? draft.executed() : draft;
      draft = random.nextInt(4) == 0 ? draft.withOptimistic() : draft;
      tip = draft.block();
      blocks.add(tip);
      next += withdrawals.size();
    }
    return blocks;
  }

  private List<Withdrawal> randomWithdrawals(long first) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (long index = first; index < first + count; index++) {
      withdrawals.add(
          TestBlocks.withdrawal(
              index, random.nextInt(6), random.nextInt(4), random.nextInt(1 << 30)));
    }
    return withdrawals;
  }

  private Instant now() {
    return TestBlocks.startOf(100_000).plusSeconds(60L * ++minutes);
  }

  @Override
  public void close() {
    store.close();
  }
}
