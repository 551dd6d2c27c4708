package io.auriga.testkit.replay;

import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a node knows at one moment; consistent in itself, whatever the clock does meanwhile. */
public final class NodeState {
  private final Timeline timeline;
  private final int eventCount;
  private final CanonicalChain chain;
  private final Checkpoints checkpoints;

  NodeState(Timeline timeline, int eventCount, CanonicalChain chain, Checkpoints checkpoints) {
    this.timeline = timeline;
    this.eventCount = eventCount;
    this.chain = chain;
    this.checkpoints = checkpoints;
  }

  /** How many events have happened. */
  public int eventCount() {
    return eventCount;
  }

  /** Empty before the first block. */
  public Optional<RecordedBlock> head() {
    return chain.head();
  }

  public Checkpoints checkpoints() {
    return checkpoints;
  }

  /** The justified checkpoint's block, if it is one that is recorded. */
  public Optional<RecordedBlock> justified() {
    return known(checkpoints.justified().root());
  }

  /** The finalized checkpoint's block, if it is one that is recorded. */
  public Optional<RecordedBlock> finalized() {
    return known(checkpoints.finalized().root());
  }

  /** A block the node has, canonical or not. */
  public Optional<RecordedBlock> known(Root root) {
    return Optional.ofNullable(timeline.knownAfter(root, eventCount));
  }

  /** Every block the node has that fulfils the condition, by slot. */
  public List<RecordedBlock> knownWhere(Predicate<RecordedBlock> condition) {
    return timeline.blocks().stream()
        .filter(condition)
        .filter(block -> known(block.root()).isPresent())
        .sorted(Comparator.comparing(RecordedBlock::slot))
        .toList();
  }

  public Optional<RecordedBlock> canonicalAt(Slot slot) {
    return chain.at(slot);
  }

  public Optional<RecordedBlock> canonicalAt(BlockNumber number) {
    return chain.at(number);
  }

  /** The canonical blocks, oldest first. */
  public List<RecordedBlock> canonical() {
    return chain.blocks();
  }

  public boolean isCanonical(RecordedBlock block) {
    return chain.contains(block.root());
  }

  /** Whether the block is canonical, and at or below the finalized block. */
  public boolean isFinal(RecordedBlock block) {
    return isCanonical(block)
        && finalized().map(last -> !block.slot().isAfter(last.slot())).orElse(false);
  }
}
