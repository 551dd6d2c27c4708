package io.auriga.chain;

import io.auriga.clients.consensus.BlockId;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.ForkSchedule;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SpecError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Reads blocks, several at a time, and commits them in order and in batches. What precedes a
 * failure is committed before the failure is thrown.
 */
final class BlockReader implements AutoCloseable {
  private static final Duration WAIT_MAX = Duration.ofMillis(100);

  private final FollowerConfig config;
  private final BlockSource source;
  private final ChainStore store;
  private final ChainSpec spec;
  private final InstantSource time;
  private final FollowerListener listener;
  private final FollowerState state;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("auriga-chain-read-", 0).factory());

  BlockReader(
      FollowerConfig config,
      BlockSource source,
      ChainStore store,
      ChainSpec spec,
      InstantSource time,
      FollowerListener listener,
      FollowerState state) {
    this.config = config;
    this.source = source;
    this.store = store;
    this.spec = spec;
    this.time = time;
    this.listener = listener;
    this.state = state;
  }

  /**
   * Applies the blocks of the slots from {@code first} to {@code last}; empty slots are normal.
   *
   * @return the first block that does not continue the chain: everything before it is committed. In
   *     an empty store that is a block after the first slot, unless the chain begins with it: that
   *     the slots before it are empty is only the word of the nodes that were asked
   */
  Optional<ChainBlock> readSlots(Slot first, Slot last) throws InterruptedException {
    Iterator<Wanted> slots =
        LongStream.rangeClosed(first.value(), last.value())
            .mapToObj(Slot::new)
            .map(slot -> new Wanted(BlockId.of(slot), slot))
            .iterator();
    Optional<Root> tip = store.position().map(position -> position.head().root());
    Predicate<ChainBlock> begins = block -> block.ref().slot().equals(first) || isFirst(block);
    return read(slots, new Commits(tip, List.of(), begins), true);
  }

  /** Whether no withdrawal can come before it: its payload is the first after the genesis one. */
  private static boolean isFirst(ChainBlock block) {
    return Long.compareUnsigned(block.blockNumber().value(), 1) <= 0;
  }

  /** Undoes and applies what a branch says. */
  void readBranch(Branch branch) throws InterruptedException {
    Iterator<Wanted> blocks =
        branch.blocks().stream()
            .map(block -> new Wanted(BlockId.of(block.root()), block.slot()))
            .iterator();
    Predicate<ChainBlock> begins = block -> branch.whole() || isFirst(block);
    Optional<ChainBlock> stranger =
        read(blocks, new Commits(branch.ancestor(), branch.undone(), begins), false);
    if (stranger.isPresent()) {
      throw notApplied(branch, stranger.get());
    }
    if (branch.isReorg()) {
      state.reorganised(branch.depth());
    }
  }

  private static ChainException notApplied(Branch branch, ChainBlock stranger) {
    if (!branch.whole() && stranger.ref().equals(branch.blocks().getFirst())) {
      return new ChainException(
          ChainError.NO_START,
          "begin at slot " + branch.ancestorSlot().next(),
          "the oldest block that is served is that of %s, and its parent %s is not: blocks before it may be missing"
              .formatted(stranger.ref(), stranger.view().parentRoot()));
    }
    return new ChainException(
        ChainError.BLOCK_MISMATCH,
        "apply the branch to " + branch.blocks().getLast(),
        stranger.ref() + " is not the child of the block before it, although its header said so");
  }

  /** The verified block with this root, without committing it; empty where no node has it. */
  Optional<ChainBlock> load(Root root) {
    return source.load(BlockId.of(root));
  }

  private Loaded load(Wanted wanted) {
    requireSupported(wanted.slot());
    Optional<ChainBlock> block = source.load(wanted.id());
    if (block.isPresent() && !block.get().ref().slot().equals(wanted.slot())) {
      throw new ChainException(
          ChainError.BLOCK_MISMATCH,
          "read block " + wanted.id().path(),
          "its header was served with slot %s, and the block is of slot %s"
              .formatted(wanted.slot(), block.get().ref().slot()));
    }
    return new Loaded(wanted.id(), block);
  }

  /** Before any node is asked: a fork that we cannot verify is not that node's fault. */
  private void requireSupported(Slot slot) {
    ForkSchedule.Entry fork = spec.forks().entryAt(spec.epochOf(slot));
    if (!fork.fork().map(ForkName::isSupported).orElse(false)) {
      throw new AurigaException(
          SpecError.UNSUPPORTED_FORK,
          "follow the chain to slot " + slot,
          "the network's fork \"%s\" has been active since epoch %s, and this version verifies the"
                  .formatted(fork.name(), fork.epoch())
              + " forks capella to fulu only; everything before it is stored");
    }
  }

  private Optional<ChainBlock> read(Iterator<Wanted> ids, Commits commits, boolean slotsMayBeEmpty)
      throws InterruptedException {
    Batcher<ChainBlock> batcher =
        new Batcher<>(config.batchSize(), config.batchAge(), time, commits::commit);
    OrderedPipeline<Wanted, Loaded> pipeline =
        new OrderedPipeline<>(workers, config.window(), ids, this::load);
    try {
      while (true) {
        Duration wait =
            batcher.untilDue().filter(due -> due.compareTo(WAIT_MAX) < 0).orElse(WAIT_MAX);
        OrderedPipeline.Step<Loaded> step = pipeline.next(wait);
        if (step.finished()) {
          batcher.flush();
          commits.finish();
          return Optional.empty();
        }
        if (step.result().isEmpty()) {
          batcher.flushIfDue();
          continue;
        }
        Loaded loaded = step.result().get();
        if (loaded.block().isPresent()) {
          ChainBlock block = loaded.block().get();
          if (!commits.continuesWith(block)) {
            batcher.flush();
            return Optional.of(block);
          }
          batcher.add(block);
        } else if (!slotsMayBeEmpty) {
          throw new ChainException(
              ChainError.MISSING_BLOCK,
              "read block " + loaded.id().path(),
              "its header is served and the block is not");
        }
      }
    } catch (RuntimeException failure) {
      batcher.flush();
      throw failure;
    } finally {
      pipeline.cancel();
    }
  }

  void commit(ChainUpdate update) {
    store.commit(update);
    listener.committed(update);
    state.applied(store.position().map(ChainPosition::head), update.applied().size());
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  /**
   * @param slot the block's, as its header says
   */
  private record Wanted(BlockId id, Slot slot) {}

  private record Loaded(BlockId id, Optional<ChainBlock> block) {}

  /** The order of one run of blocks; what is undone goes with the first batch. */
  private final class Commits {
    /** The block the next one must be the child of; empty where the store begins. */
    private Optional<Root> tip;

    private List<BlockRef> undone;
    private final Predicate<ChainBlock> begins;

    /**
     * @param begins whether a block may be the first of the store
     */
    Commits(Optional<Root> tip, List<BlockRef> undone, Predicate<ChainBlock> begins) {
      this.tip = tip;
      this.undone = undone;
      this.begins = begins;
    }

    boolean continuesWith(ChainBlock block) {
      boolean continues =
          tip.isPresent() ? tip.get().equals(block.view().parentRoot()) : begins.test(block);
      if (continues) {
        tip = Optional.of(block.root());
      }
      return continues;
    }

    void commit(List<ChainBlock> blocks) {
      List<BlockRef> first = undone;
      undone = List.of();
      BlockReader.this.commit(ChainUpdate.ofBlocks(time.instant(), first, blocks));
    }

    /** Undoes even where nothing replaces it. */
    void finish() {
      if (!undone.isEmpty()) {
        commit(List.of());
      }
    }
  }
}
