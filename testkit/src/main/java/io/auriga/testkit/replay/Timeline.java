package io.auriga.testkit.replay;

import io.auriga.testkit.replay.TimedEvent.Change;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node knew at every moment: blocks, and the events in their order. Immutable but for one
 * cached chain, so threads may share it.
 */
public final class Timeline {
  private final Map<Root, RecordedBlock> blocks = new HashMap<>();
  private final Map<Root, Integer> knownSince = new HashMap<>();
  private final List<TimedEvent> events;

  // The state after the event of the same position.
  private final List<@Nullable RecordedBlock> heads = new ArrayList<>();
  private final List<Checkpoints> finality = new ArrayList<>();

  private volatile @Nullable CanonicalChain latestChain;

  /**
   * @throws AurigaException {@link ReplayError#MALFORMED} where the events are not in order, or
   *     name a block that is not there
   */
  public Timeline(List<RecordedBlock> blocks, List<TimedEvent> events) {
    blocks.forEach(block -> this.blocks.put(block.root(), block));
    this.events = List.copyOf(events);
    RecordedBlock head = null;
    Checkpoints checkpoints = Checkpoints.GENESIS;
    Instant before = Instant.MIN;
    for (int i = 0; i < this.events.size(); i++) {
      TimedEvent event = this.events.get(i);
      if (event.at().isBefore(before)) {
        throw malformed(i, "it happens before the event above it");
      }
      before = event.at();
      switch (event.change()) {
        case Change.BlockKnown(Root root) -> learn(root, i);
        case Change.HeadMoved(Root root) -> head = learn(root, i);
        case Change.FinalityMoved(Checkpoints moved) -> checkpoints = moved;
        case Change.Nothing() -> {}
      }
      heads.add(head);
      finality.add(checkpoints);
    }
  }

  private RecordedBlock learn(Root root, int position) {
    RecordedBlock block = blocks.get(root);
    if (block == null) {
      throw malformed(position, "block " + root + " is not in the recording");
    }
    knownSince.putIfAbsent(root, position);
    return block;
  }

  private static AurigaException malformed(int position, String problem) {
    return new AurigaException(
        ReplayError.MALFORMED, "use event " + (position + 1) + " of the recording", problem);
  }

  public List<TimedEvent> events() {
    return events;
  }

  /** Every block, whenever it becomes known. */
  public List<RecordedBlock> blocks() {
    return List.copyOf(blocks.values());
  }

  /** How many events have happened by {@code instant}. */
  public int countUntil(Instant instant) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).at().isAfter(instant)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** What the node knows at {@code instant}. */
  public NodeState at(Instant instant) {
    return after(countUntil(instant));
  }

  /** What the node knows after the first {@code count} events. */
  public NodeState after(int count) {
    RecordedBlock head = count == 0 ? null : heads.get(count - 1);
    Checkpoints checkpoints = count == 0 ? Checkpoints.GENESIS : finality.get(count - 1);
    return new NodeState(this, count, chainTo(head), checkpoints);
  }

  @Nullable RecordedBlock knownAfter(Root root, int count) {
    Integer since = knownSince.get(root);
    return since != null && since < count ? blocks.get(root) : null;
  }

  private CanonicalChain chainTo(@Nullable RecordedBlock head) {
    if (head == null) {
      return CanonicalChain.EMPTY;
    }
    CanonicalChain cached = latestChain;
    if (cached == null || !cached.endsWith(head)) {
      cached = CanonicalChain.to(head, blocks);
      latestChain = cached;
    }
    return cached;
  }
}
