package io.auriga.testkit.replay;

import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A head and its ancestors, as far back as they are recorded. */
final class CanonicalChain {
  static final CanonicalChain EMPTY = new CanonicalChain(null, Map.of());

  private final @Nullable RecordedBlock head;
  private final Map<Slot, RecordedBlock> bySlot = new HashMap<>();
  private final Map<BlockNumber, RecordedBlock> byNumber = new HashMap<>();
  private final Set<Root> roots = new HashSet<>();

  private CanonicalChain(@Nullable RecordedBlock head, Map<Root, RecordedBlock> blocks) {
    this.head = head;
    for (RecordedBlock block = head; block != null; block = blocks.get(block.parentRoot())) {
      if (!roots.add(block.root())) {
        break;
      }
      bySlot.put(block.slot(), block);
      byNumber.put(block.number(), block);
    }
  }

  static CanonicalChain to(RecordedBlock head, Map<Root, RecordedBlock> blocks) {
    return new CanonicalChain(head, blocks);
  }

  boolean endsWith(RecordedBlock block) {
    return head != null && head.root().equals(block.root());
  }

  Optional<RecordedBlock> head() {
    return Optional.ofNullable(head);
  }

  Optional<RecordedBlock> at(Slot slot) {
    return Optional.ofNullable(bySlot.get(slot));
  }

  Optional<RecordedBlock> at(BlockNumber number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  boolean contains(Root root) {
    return roots.contains(root);
  }

  /** Oldest first. */
  List<RecordedBlock> blocks() {
    return bySlot.values().stream().sorted(Comparator.comparing(RecordedBlock::slot)).toList();
  }
}
