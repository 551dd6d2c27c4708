package io.auriga.sync.watch;

import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.slot.Chain;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.PairView;
import io.auriga.sync.slot.SlotView;
import io.auriga.types.BlockHash;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What is known of one slot so far. Not for several threads at once. */
final class SlotPage {
  /** More blocks of one slot than this are nobody's mistake, and are left out. */
  private static final int BLOCKS_MAX = 4;

  private static final int PAYLOADS_MAX = 8;

  private final Slot slot;
  private final Instant start;
  private final Map<Root, Map<String, Map<Mark, Duration>>> blocks = new LinkedHashMap<>();
  private final Map<String, Map<Mark, Duration>> votes = new HashMap<>();
  private final Map<BlockHash, EngineMarks> payloads = new LinkedHashMap<>();
  private final EngineMarks unnamed = new EngineMarks();
  private final Map<String, Looks> looks = new HashMap<>();
  private @Nullable Canonical canonical;
  private boolean passedOver;
  private long undone;
  private boolean decided;

  /** The block that the chain has. */
  private record Canonical(Root root, BlockHash hash, OptionalInt blobs) {}

  SlotPage(Slot slot, Instant start) {
    this.slot = slot;
    this.start = start;
  }

  /** The first time counts; of data, the last before the head. */
  void mark(String node, Root block, Mark mark, Instant at) {
    if (blocks.size() >= BLOCKS_MAX && !blocks.containsKey(block)) {
      return;
    }
    Map<Mark, Duration> marks =
        blocks
            .computeIfAbsent(block, _ -> new HashMap<>())
            .computeIfAbsent(node, _ -> new EnumMap<>(Mark.class));
    Duration into = Duration.between(start, at);
    if (mark != Mark.DATA) {
      marks.putIfAbsent(mark, into);
    } else if (!marks.containsKey(Mark.HEAD)) {
      marks.put(mark, into);
    }
  }

  void vote(String node, Instant at) {
    Map<Mark, Duration> marks = votes.computeIfAbsent(node, _ -> new EnumMap<>(Mark.class));
    Duration into = Duration.between(start, at);
    marks.putIfAbsent(Mark.FIRST_ATTESTATION, into);
    marks.put(Mark.LAST_ATTESTATION, into);
  }

  /** Where what the relay saw of a payload is gathered; without a hash, it failed before one. */
  EngineMarks payload(Optional<BlockHash> hash) {
    if (hash.isEmpty() || (payloads.size() >= PAYLOADS_MAX && !payloads.containsKey(hash.get()))) {
      return unnamed;
    }
    return payloads.computeIfAbsent(hash.get(), _ -> new EngineMarks());
  }

  boolean hasPayload(BlockHash hash) {
    return payloads.containsKey(hash);
  }

  Looks looks(String node, long syncDistance) {
    return looks.computeIfAbsent(node, _ -> new Looks(syncDistance));
  }

  void holds(Root root, BlockHash hash, OptionalInt blobs) {
    canonical = new Canonical(root, hash, blobs);
    passedOver = false;
    decided = false;
  }

  /** The chain's block was taken back. */
  void undo(long depth) {
    canonical = null;
    undone = depth;
    decided = false;
  }

  /** The chain went on without a block here. */
  void passOver() {
    if (!passedOver && canonical == null) {
      passedOver = true;
      decided = false;
    }
  }

  boolean hasBlock() {
    return canonical != null;
  }

  boolean isSettled() {
    return canonical != null || passedOver;
  }

  boolean isDecided() {
    return decided;
  }

  Slot slot() {
    return slot;
  }

  /**
   * All of it, to be judged.
   *
   * @param relayed the pair that the relay is within
   */
  SlotView view(
      List<String> nodes,
      Optional<String> relayed,
      Map<String, ClockBound> clocks,
      Duration uncertainty) {
    decided = true;
    List<PairView> pairs = new ArrayList<>();
    for (String node : nodes) {
      pairs.add(pair(node, relayed.equals(Optional.of(node)), clocks.get(node)));
    }
    return new SlotView(slot, chain(), pairs, uncertainty);
  }

  private Chain chain() {
    if (canonical != null) {
      return new Chain.Block(canonical.root(), canonical.blobs());
    }
    if (undone > 0) {
      return new Chain.Replaced(undone);
    }
    if (!passedOver) {
      return new Chain.Unknown();
    }
    return blocks.isEmpty() ? new Chain.Missed() : new Chain.Replaced(0);
  }

  private PairView pair(String node, boolean isRelayed, @Nullable ClockBound clock) {
    Map<Mark, Duration> marks = new EnumMap<>(Mark.class);
    Root block =
        canonical != null ? canonical.root() : blocks.keySet().stream().findFirst().orElse(null);
    if (block != null) {
      marks.putAll(blocks.getOrDefault(block, Map.of()).getOrDefault(node, Map.of()));
    }
    boolean shown =
        blocks.values().stream().anyMatch(one -> one.containsKey(node)) || votes.containsKey(node);
    marks.putAll(votes.getOrDefault(node, Map.of()));
    Optional<EngineAnswer> answer = Optional.empty();
    if (isRelayed) {
      EngineMarks engine =
          canonical == null ? unnamed : payloads.getOrDefault(canonical.hash(), unnamed);
      engine.marks().forEach((mark, at) -> marks.put(mark, Duration.between(start, at)));
      answer = engine.answer();
    }
    Looks seen = looks.get(node);
    return new PairView(
        node,
        marks,
        answer,
        seen == null ? Condition.UNKNOWN : seen.condition(shown),
        Optional.ofNullable(clock));
  }
}
