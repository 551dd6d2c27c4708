package io.auriga.withdrawals.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The latest figures, gathered by stretches of the chain of one length: each stretch counts the
 * same, however many figures it brought. Shared by threads.
 */
final class Stretches {
  /** As many as two laps have of the middle length; what is older was another network. */
  private static final int KEPT = 16;

  private static final int FIGURES = 256;

  private final long slots;
  private final TreeMap<Long, Stretch> stretches = new TreeMap<>();
  private Quantile last = new Quantile(0, 0);
  private double lastShare = Double.NaN;

  /**
   * @param slots how long a stretch is
   */
  Stretches(long slots) {
    this.slots = slots;
  }

  /**
   * The figure below which a share of them lies.
   *
   * @param stretches how many there are; without any, the figure is 0
   */
  record Quantile(int stretches, double figure) {}

  private record Weighted(double figure, double weight) {}

  /** Some of the figures of one stretch, evenly spread over those that came. */
  private static final class Stretch {
    final double[] figures = new double[FIGURES];
    int size;
    int every = 1;
    int came;

    void add(double figure) {
      if (came++ % every != 0) {
        return;
      }
      if (size == FIGURES) {
        for (int i = 0; i < FIGURES / 2; i++) {
          figures[i] = figures[2 * i];
        }
        size = FIGURES / 2;
        every *= 2;
      }
      figures[size++] = figure;
    }
  }

  synchronized void add(long slot, double figure) {
    stretches.computeIfAbsent(slot / slots, _ -> new Stretch()).add(figure);
    if (stretches.size() > KEPT) {
      stretches.pollFirstEntry();
    }
    lastShare = Double.NaN;
  }

  synchronized void clear() {
    stretches.clear();
    lastShare = Double.NaN;
  }

  synchronized Quantile quantile(double share) {
    if (share != lastShare) {
      last = new Quantile(stretches.size(), figure(share));
      lastShare = share;
    }
    return last;
  }

  private double figure(double share) {
    List<Weighted> all = new ArrayList<>();
    for (Stretch stretch : stretches.values()) {
      Arrays.stream(stretch.figures, 0, stretch.size)
          .forEach(figure -> all.add(new Weighted(figure, 1.0 / stretch.size)));
    }
    all.sort(Comparator.comparingDouble(Weighted::figure));
    double below = 0;
    for (Weighted one : all) {
      below += one.weight();
      if (below >= share * stretches.size()) {
        return one.figure();
      }
    }
    return all.isEmpty() ? 0 : all.getLast().figure();
  }
}
