package io.auriga.validators.slo;

import java.util.Arrays;

/**
 * The counts of one scope, epoch by epoch, as far back as the longest window: whole numbers, in
 * place. An epoch that is put again replaces what was there.
 */
final class CountSeries {
  /** A month of mainnet is 6,750 epochs; networks with short epochs look back less far. */
  static final int EPOCHS_MAX = 8_192;

  private static final Indicator[] INDICATORS = Indicator.values();
  private static final int FIELDS = 3 * INDICATORS.length;
  private static final int FIRST = 64;

  private final int capacity;
  // Rings: an epoch's place is its number modulo their length, and the number says whose it is.
  private long[] epochs;
  private int[] counts;

  /**
   * @param capacity how many epochs the longest window has
   */
  CountSeries(int capacity) {
    this.capacity = capacity;
    this.epochs = new long[Math.min(FIRST, capacity)];
    Arrays.fill(epochs, -1);
    this.counts = new int[epochs.length * FIELDS];
  }

  void put(EpochCounts epoch) {
    long number = epoch.epoch().value();
    grow(number);
    int place = (int) (number % epochs.length);
    if (epochs[place] > number) {
      // Older than the longest window.
      return;
    }
    epochs[place] = number;
    for (Indicator indicator : INDICATORS) {
      Count count = epoch.of(indicator);
      int at = place * FIELDS + 3 * indicator.column();
      counts[at] = Math.toIntExact(count.total());
      counts[at + 1] = Math.toIntExact(count.missed());
      counts[at + 2] = Math.toIntExact(count.shared());
    }
  }

  /** Makes room while an epoch would push out one that is still within the longest window. */
  private void grow(long number) {
    while (epochs.length < capacity) {
      long there = epochs[(int) (number % epochs.length)];
      if (there < 0 || there == number) {
        return;
      }
      long[] oldEpochs = epochs;
      int[] oldCounts = counts;
      epochs = new long[Math.min(capacity, 2 * oldEpochs.length)];
      Arrays.fill(epochs, -1);
      counts = new int[epochs.length * FIELDS];
      for (int i = 0; i < oldEpochs.length; i++) {
        if (oldEpochs[i] >= 0) {
          int place = (int) (oldEpochs[i] % epochs.length);
          if (epochs[place] < oldEpochs[i]) {
            epochs[place] = oldEpochs[i];
            System.arraycopy(oldCounts, i * FIELDS, counts, place * FIELDS, FIELDS);
          }
        }
      }
    }
  }

  boolean holds(long epoch) {
    return epoch >= 0 && epochs[(int) (epoch % epochs.length)] == epoch;
  }

  Count of(Indicator indicator, long epoch) {
    if (!holds(epoch)) {
      return Count.NONE;
    }
    int at = (int) (epoch % epochs.length) * FIELDS + 3 * indicator.column();
    return new Count(counts[at], counts[at + 1], counts[at + 2]);
  }

  /**
   * A window added up.
   *
   * @param covered how many of its epochs are known
   */
  record Sum(int covered, Count count) {}

  /** The {@code length} epochs that end with {@code last}. */
  Sum sum(Indicator indicator, long last, int length) {
    int covered = 0;
    long total = 0;
    long missed = 0;
    long shared = 0;
    for (long epoch = Math.max(0, last - length + 1); epoch <= last; epoch++) {
      if (holds(epoch)) {
        int at = (int) (epoch % epochs.length) * FIELDS + 3 * indicator.column();
        covered++;
        total += counts[at];
        missed += counts[at + 1];
        shared += counts[at + 2];
      }
    }
    return new Sum(covered, new Count(total, missed, shared));
  }
}
