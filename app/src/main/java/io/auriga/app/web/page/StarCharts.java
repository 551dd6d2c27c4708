package io.auriga.app.web.page;

import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Draws the latest blocks as a {@link StarChart}. */
final class StarCharts {
  /** Two epochs of mainnet, and as many stars as a laptop's width holds apart. */
  static final int SLOTS = 64;

  private static final int STEP = 20;
  private static final double RADIUS_LEAST = 2.5;
  private static final double RADIUS_MORE = 4.5;

  /** A label needs this much room before the edge. */
  private static final int LABEL_WIDTH = 90;

  private final ChainSpec spec;
  private final long fullBlock;
  private final List<StarChart.Star> stars = new ArrayList<>();
  private final List<StarChart.Link> links = new ArrayList<>();
  private final Map<Object, int[]> places = new HashMap<>();
  private long missed;
  private long orphaned;

  StarCharts(ChainSpec spec) {
    this.spec = spec;
    this.fullBlock =
        spec.has("MAX_WITHDRAWALS_PER_PAYLOAD") ? spec.number("MAX_WITHDRAWALS_PER_PAYLOAD") : 16;
  }

  /**
   * @param blocks newest first, as the ledger gives them
   * @param current the slot that lasts now
   */
  StarChart draw(List<BlockRecord> blocks, Slot current) {
    int width = SLOTS * STEP;
    if (blocks.isEmpty()) {
      return new StarChart(width, "No block yet", List.of(), List.of(), List.of());
    }
    long newest = blocks.getFirst().slot().value();
    long oldest = blocks.getLast().slot().value();
    // While the head is near the clock, the slots in between are shown as still open.
    long last = Math.max(newest, Math.min(current.value(), newest + 3));
    long first = last - SLOTS + 1;
    Map<Long, List<BlockRecord>> bySlot = new HashMap<>();
    for (BlockRecord block : blocks) {
      bySlot.computeIfAbsent(block.slot().value(), _ -> new ArrayList<>()).add(block);
    }
    long head =
        blocks.stream()
            .filter(BlockRecord::canonical)
            .findFirst()
            .orElse(blocks.getFirst())
            .slot()
            .value();
    List<StarChart.Mark> marks = new ArrayList<>();
    for (long slot = Math.max(0, first); slot <= last; slot++) {
      int x = (int) (slot - first) * STEP + STEP / 2;
      if (slot % spec.slotsPerEpoch() == 0 && x < width - LABEL_WIDTH) {
        marks.add(new StarChart.Mark(x - STEP / 2, label(slot)));
      }
      List<BlockRecord> here = bySlot.getOrDefault(slot, List.of());
      here.forEach(block -> star(block, x, block.slot().value() == head && block.canonical()));
      if (here.stream().noneMatch(BlockRecord::canonical) && slot >= oldest) {
        empty(slot, x, slot > newest);
      }
    }
    String summary =
        "The last %d slots up to slot %s: %s, %s, %s"
            .formatted(
                SLOTS,
                Digits.grouped(newest),
                Digits.counted(blocks.size() - orphaned, "canonical block"),
                Digits.counted(missed, "missed slot"),
                Digits.counted(orphaned, "orphaned block"));
    return new StarChart(width, summary, stars, links, marks);
  }

  /** Every epoch on mainnet; where epochs are short, only as many as leave room for words. */
  private String label(long slot) {
    long epoch = slot / spec.slotsPerEpoch();
    boolean crowded = spec.slotsPerEpoch() * STEP < LABEL_WIDTH + STEP;
    return crowded && epoch % 2 == 1 ? "" : "epoch " + Digits.grouped(epoch);
  }

  private void star(BlockRecord block, int x, boolean head) {
    int y = block.canonical() ? StarChart.LINE : StarChart.BELOW;
    if (!block.canonical()) {
      orphaned++;
    }
    int[] parent = places.get(block.parentRoot());
    if (parent != null) {
      boolean overMissed = x - parent[0] > STEP;
      String css = block.canonical() ? overMissed ? "over-missed" : "" : "orphaned";
      links.add(new StarChart.Link(css, parent[0], parent[1], x, y));
    }
    places.put(block.root(), new int[] {x, y});
    double share = Math.sqrt(Math.min(1.0, block.withdrawals() / (double) fullBlock));
    stars.add(
        new StarChart.Star(
            block.stage() == Stage.ORPHANED ? "orphaned" : block.stage().lowerName(),
            x,
            y,
            String.format(Locale.ROOT, "%.1f", RADIUS_LEAST + RADIUS_MORE * share),
            "Slot %s: %s, %s"
                .formatted(
                    Digits.grouped(block.slot().value()),
                    Digits.counted(block.withdrawals(), "withdrawal"),
                    Rows.chip(block.stage()).label().toLowerCase(Locale.ROOT)),
            Optional.of("/blocks/" + block.root().toHex()),
            head));
  }

  private void empty(long slot, int x, boolean open) {
    if (!open) {
      missed++;
    }
    stars.add(
        new StarChart.Star(
            open ? "waiting" : "missed",
            x,
            StarChart.LINE,
            "0",
            "Slot %s: %s".formatted(Digits.grouped(slot), open ? "no block yet" : "missed"),
            Optional.empty(),
            false));
  }
}
