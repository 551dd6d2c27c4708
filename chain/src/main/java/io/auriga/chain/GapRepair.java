package io.auriga.chain;

import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fills holes in the sequence of withdrawal indices by reading the blocks around them again. Looked
 * for when following begins and whenever a block did not continue the sequence. A look costs the
 * store and the nodes much, so the next one waits twice as long as the one before, unless something
 * was filled, the head jumped, or a round went well meanwhile.
 */
final class GapRepair {
  /** So many blocks are in memory, and restored, at a time. */
  private static final int BLOCKS_AT_ONCE = 64;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  /** Nodes that do not answer may be back any moment. */
  private static final Duration PAUSE_UNANSWERED_MAX = Duration.ofSeconds(15);

  private static final int DOUBLINGS_MAX = 16;

  /** A head that jumped so much further than time went on says that a node has caught up. */
  private static final int FAR_SLOTS = 32;

  private final BlockReader reader;
  private final ChainStore store;
  private final SlotClock clock;
  private boolean suspected = true;
  private @Nullable AurigaException failure;
  private int looks;
  private Instant lookedAt = Instant.EPOCH;
  private Slot headThen = new Slot(0);

  GapRepair(BlockReader reader, ChainStore store, SlotClock clock) {
    this.reader = reader;
    this.store = store;
    this.clock = clock;
  }

  /** Asks for a look if the failure says that the sequence is broken. */
  void suspect(ChainException refusal) {
    if (refusal.error() == ChainError.INDEX_GAP) {
      suspected = true;
      failure = refusal;
    }
  }

  /** A round went well: what comes next is another matter. */
  void settled() {
    looks = 0;
  }

  /**
   * Looks, or fails as it did before while the next look is not due.
   *
   * @throws ChainException {@link ChainError#INDEX_GAP} naming the first hole that could not be
   *     filled
   */
  void repairIfNeeded(Slot head) {
    if (!suspected) {
      return;
    }
    looks = hasJumped(head) ? 0 : looks;
    if (failure != null && looks > 0 && !isDue(failure)) {
      throw failure;
    }
    looks++;
    lookedAt = clock.now();
    headThen = head;
    try {
      look();
      suspected = false;
    } catch (AurigaException open) {
      failure = open;
      throw open;
    }
  }

  private boolean hasJumped(Slot head) {
    long moved = head.value() - headThen.value();
    return Math.abs(moved - Duration.between(lookedAt, clock.now()).dividedBy(clock.slotDuration()))
        > FAR_SLOTS;
  }

  private boolean isDue(AurigaException last) {
    Instant now = clock.now();
    Duration pause = pause(last instanceof ChainException ? PAUSE_MAX : PAUSE_UNANSWERED_MAX);
    return now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(pause));
  }

  private Duration pause(Duration longest) {
    Duration pause = PAUSE.multipliedBy(1L << Math.min(looks - 1, DOUBLINGS_MAX));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  private void look() {
    List<IndexGap> gaps = store.gaps();
    if (gaps.isEmpty()) {
      return;
    }
    gaps.forEach(this::fill);
    List<IndexGap> left = store.gaps();
    if (left.isEmpty()) {
      return;
    }
    looks = left.equals(gaps) ? looks : 1;
    IndexGap gap = left.getFirst();
    throw new ChainException(
        ChainError.INDEX_GAP,
        "fill the gap before " + gap.before(),
        "withdrawals %s to %s are still missing after their blocks were read again (look %d, the next in %d s)"
            .formatted(gap.first(), gap.last(), looks, pause(PAUSE_MAX).toSeconds()));
  }

  /**
   * From the block above the hole down, each by the root that its child names: so every block is
   * certain to be of our chain, whatever branch a node is on, and the store can take each.
   */
  private void fill(IndexGap gap) {
    Optional<Root> whole = gap.after().map(BlockRef::root);
    Slot floor = gap.after().map(BlockRef::slot).or(store::firstSlot).orElse(gap.before().slot());
    List<ChainBlock> blocks = new ArrayList<>();
    Optional<Root> next = Optional.of(gap.before().root());
    while (next.isPresent()) {
      Optional<ChainBlock> block = load(next.get(), blocks);
      block.ifPresent(blocks::add);
      next =
          block
              .filter(child -> child.ref().slot().isAfter(floor))
              .map(child -> child.view().parentRoot())
              .filter(parent -> !whole.equals(Optional.of(parent)));
      if (next.isEmpty() || blocks.size() == BLOCKS_AT_ONCE) {
        store.restore(List.copyOf(blocks));
        blocks.clear();
      }
    }
  }

  /** What precedes a failure is restored before the failure is thrown. */
  private Optional<ChainBlock> load(Root root, List<ChainBlock> before) {
    try {
      return reader.load(root);
    } catch (AurigaException failed) {
      store.restore(List.copyOf(before));
      throw failed;
    }
  }
}
