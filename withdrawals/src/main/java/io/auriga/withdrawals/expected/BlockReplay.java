package io.auriga.withdrawals.expected;

import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.expected.ReplayVerdict.Confirmed;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replays the withdrawals of blocks as they come, over what a beacon node says of the state of each
 * block's parent. Belongs to one thread.
 *
 * <p>No whole state is asked for: the two cursors follow from the blocks themselves. The index
 * counts on; the sweep goes on behind the last entry of a full block, or as far as it may have
 * looked. Until the first full block it is not known where the sweep stands. Where an epoch begins
 * between parent and block, balances change before the block is processed and no state has them
 * like that; then they follow from the state that the block left, except for the few validators
 * that the block itself touched. The node's own computation may confirm it, if it is still served.
 */
final class BlockReplay {
  /** More blocks than any reorg or burst brings; each takes about 150 bytes. */
  private static final int REMEMBERED_MAX = 1_024;

  private final ChainSpec spec;
  private final BeaconStates nodes;
  private final Duration timePerBlock;
  private int countAtLeast = 1;
  private final Map<Root, Left> left =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Root, Left> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /**
   * What a block left.
   *
   * @param count of validators; null while nobody needed it
   * @param cursor null where the sweep's place is not known
   */
  private record Left(
      Slot slot, Root stateRoot, @Nullable Integer count, @Nullable SweepCursor cursor) {}

  BlockReplay(ChainSpec spec, BeaconStates nodes, Duration timePerBlock) {
    this.spec = spec;
    this.nodes = nodes;
    this.timePerBlock = timePerBlock;
  }

  /** Takes the next block, a child of one that was taken before, or the first. */
  ReplayVerdict replay(SignedBlockView block, Root root) {
    Left parent = left.get(block.parentRoot());
    WithdrawalRules rules = WithdrawalRules.of(spec, block.fork());
    ReplayVerdict verdict;
    try {
      verdict = compare(block, parent, rules);
    } catch (NotProvableException ended) {
      verdict = ended.verdict();
    } catch (NodeException failure) {
      verdict = new NotProvable(Reason.NODE, String.valueOf(failure.getMessage()));
    }
    left.put(root, after(block, parent, rules));
    return verdict;
  }

  /** Takes a block that is not to be asked about, so that those behind it can be. */
  void pass(SignedBlockView block, Root root) {
    Left parent = left.get(block.parentRoot());
    left.put(root, unasked(block, parent, WithdrawalRules.of(spec, block.fork())));
  }

  private ReplayVerdict compare(
      SignedBlockView block, @Nullable Left parent, WithdrawalRules rules) {
    if (parent == null) {
      return new NotProvable(Reason.PARENT, "the block before it was not followed");
    }
    Epoch epoch = spec.epochOf(block.slot());
    if (!epoch.equals(spec.epochOf(parent.slot()))) {
      return acrossEpoch(block, parent, rules);
    }
    StateQuestions questions = questions(parent.stateRoot());
    SweepCursor cursor = cursorOf(parent);
    int count = parent.count() == null ? questions.count(countAtLeast) : parent.count();
    return compare(
        block, rules, new FetchedStates(questions, cursor, count, partials(block, parent)));
  }

  private ReplayVerdict compare(
      SignedBlockView block, WithdrawalRules rules, ValidatorStates states) {
    List<Withdrawal> expected = rules.expected(states, spec.epochOf(block.slot())).withdrawals();
    return ListDifference.find(expected, block.payload().withdrawals())
        .<ReplayVerdict>map(Differs::new)
        .orElseGet(Reproduced::new);
  }

  private static SweepCursor cursorOf(Left parent) {
    if (parent.cursor() == null) {
      throw new NotProvableException(
          Reason.SWEEP, "where the sweep stands is known only after a first full block");
    }
    return parent.cursor();
  }

  /** Only blocks change the queue, and the fork begins with an empty one. */
  private List<PendingPartials.Entry> partials(SignedBlockView block, Left parent) {
    return block.fork().isAtLeast(ForkName.ELECTRA)
            && spec.forkAt(parent.slot()).isAtLeast(ForkName.ELECTRA)
        ? questions(parent.stateRoot()).partials().entries()
        : List.of();
  }

  /**
   * What the block left, with what it did taken back. For those of whom that cannot be done only a
   * node can know, which may say so; what it says against the block proves nothing.
   */
  private ReplayVerdict acrossEpoch(SignedBlockView block, Left parent, WithdrawalRules rules) {
    NotProvable unproven;
    try {
      return compare(block, rules, undone(block, parent));
    } catch (NotProvableException ended) {
      unproven = ended.verdict();
    } catch (NodeException failure) {
      unproven = new NotProvable(Reason.NODE, String.valueOf(failure.getMessage()));
    }
    Epoch epoch = spec.epochOf(block.slot());
    String why =
        "epoch "
            + epoch
            + " begins between slot "
            + parent.slot()
            + " and it, which changes balances before the block is processed, and not all can be"
            + " computed back from what it left: "
            + unproven.detail();
    Optional<List<Withdrawal>> stated;
    try {
      stated = questions(parent.stateRoot()).expected(block.slot());
    } catch (NodeException notTold) {
      stated = Optional.empty();
    }
    if (stated.isEmpty()) {
      return new NotProvable(Reason.EPOCH, why);
    }
    return ListDifference.find(stated.get(), block.payload().withdrawals())
        .<ReplayVerdict>map(
            difference ->
                new NotProvable(
                    Reason.EPOCH, why + "; the beacon node's own list: " + difference.summary()))
        .orElseGet(Confirmed::new);
  }

  private UndoneBlock undone(SignedBlockView block, Left parent) {
    SweepCursor cursor = cursorOf(parent);
    if (deposits(block) > 0) {
      throw new NotProvableException(Reason.EPOCH, "the block may have added validators");
    }
    StateQuestions questions = questions(block.stateRoot());
    int count = questions.count(countAtLeast);
    return new UndoneBlock(
        new FetchedStates(questions, cursor, count, partials(block, parent)),
        BlockEffects.of(spec, block, questions, count),
        block.payload().withdrawals());
  }

  private StateQuestions questions(Root stateRoot) {
    return new StateQuestions(nodes, StateId.of(stateRoot), timePerBlock);
  }

  /** What the block left; if its node does not tell, the sweep's place is lost until it is full. */
  private Left after(SignedBlockView block, @Nullable Left parent, WithdrawalRules rules) {
    Left unasked = unasked(block, parent, rules);
    if (unasked.count() != null) {
      return unasked;
    }
    try {
      int count = questions(block.stateRoot()).count(countAtLeast);
      countAtLeast = Math.max(countAtLeast, count);
      return new Left(block.slot(), block.stateRoot(), count, cursor(block, parent, rules, count));
    } catch (NotProvableException | NodeException notTold) {
      return unasked;
    }
  }

  /** The same as far as it follows from blocks: no validator is added where none can be. */
  private Left unasked(SignedBlockView block, @Nullable Left parent, WithdrawalRules rules) {
    Integer count =
        parent != null
                && deposits(block) == 0
                && spec.epochOf(block.slot()).equals(spec.epochOf(parent.slot()))
            ? parent.count()
            : null;
    return new Left(
        block.slot(),
        block.stateRoot(),
        count,
        count == null ? null : cursor(block, parent, rules, count));
  }

  private static int deposits(SignedBlockView block) {
    return block.body().field("deposits").count();
  }

  /**
   * Where the sweep goes on behind a block.
   *
   * @param count of validators after the block; when its withdrawals were processed there may have
   *     been fewer, by as many as it has deposits
   */
  private static @Nullable SweepCursor cursor(
      SignedBlockView block, @Nullable Left parent, WithdrawalRules rules, int count) {
    List<Withdrawal> withdrawals = block.payload().withdrawals();
    SweepCursor before = parent == null ? null : parent.cursor();
    long next;
    if (withdrawals.size() == rules.payloadMax()) {
      next = withdrawals.getLast().validatorIndex().value() + 1;
    } else if (before != null) {
      next = (long) before.nextValidator() + rules.sweepMax();
    } else {
      return null;
    }
    if (next < 0 || (next >= count - deposits(block) && deposits(block) > 0)) {
      // It may have gone round or not.
      return null;
    }
    Optional<Long> index =
        withdrawals.isEmpty()
            ? Optional.ofNullable(before).map(SweepCursor::nextIndex)
            : Optional.of(withdrawals.getLast().index().value() + 1);
    return index.map(value -> new SweepCursor(value, (int) (next % count))).orElse(null);
  }
}
