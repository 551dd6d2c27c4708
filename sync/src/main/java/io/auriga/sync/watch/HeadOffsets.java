package io.auriga.sync.watch;

import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far every node's head is behind: against the slot clock, which a missed slot makes look late,
 * and against the best head that any node has, which it does not. For any thread.
 */
public final class HeadOffsets {
  private final SlotClock clock;
  private final SyncMetrics metrics;
  private final Map<String, Long> heads = new ConcurrentHashMap<>();

  public HeadOffsets(SlotClock clock, SyncMetrics metrics) {
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * A node named its head.
   *
   * @param layer {@code consensus} or {@code execution}
   */
  public void head(String layer, String node, Slot head) {
    // A head that nobody can have is no head to compare others with.
    long now = clock.currentSlot().value();
    if (head.value() < 0 || head.value() > now + 1) {
      return;
    }
    heads.put(layer + " " + node, head.value());
    long best = heads.values().stream().mapToLong(Long::longValue).max().orElse(head.value());
    metrics.head(layer, node, Math.max(0, now - head.value()), best - head.value());
  }
}
