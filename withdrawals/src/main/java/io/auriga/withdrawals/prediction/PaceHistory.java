package io.auriga.withdrawals.prediction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;

/**
 * How fast the sweep went, in chunks of slots, for about two laps. What differs from chunk to chunk
 * is what a forecast over several chunks may be wrong by.
 */
public final class PaceHistory {
  /** 1,024 slots are three and a half hours on mainnet: short against a lap, long against luck. */
  static final int CHUNK_SLOTS = 1_024;

  /** About two laps of mainnet. */
  private static final int CHUNKS_MAX = 128;

  /** A share of changes is told from few only with this many looks. */
  private static final int LOOKS_MIN = 256;

  /**
   * What is believed of the changes in a lap before any were seen: none on the whole, two per cent
   * up or down in a chunk. It weighs as much as a few chunks seen: large operators come and go
   * seldom, so that the first few chunks say little of the rest.
   */
  private static final double GROWTH_DEVIATION = 0.02;

  private static final double PRIOR_CHUNKS = 6;
  private static final double PRIOR_PAYMENTS = PRIOR_CHUNKS * CHUNK_SLOTS * 8;

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long countFirst;
  private long countFirstAt = -1;
  private long countLast;
  private long countLastAt = -1;

  /** The counts of one block. */
  static final class Sample {
    final long slot;
    final int slots;
    final int partials;
    int paidBefore;
    int paidNow;

    Sample(long slot, int slots, int partials) {
      this.slot = slot;
      this.slots = slots;
      this.partials = partials;
    }

    void lookedAgain(boolean before, boolean now) {
      paidBefore += before ? 1 : 0;
      paidNow += now ? 1 : 0;
    }
  }

  private static final class Chunk {
    final long number;
    long slots;
    long blocks;
    long partials;
    long paidBefore;
    long paidNow;

    Chunk(long number) {
      this.number = number;
    }

    void add(Sample sample, int sign) {
      slots += (long) sign * sample.slots;
      blocks += sign;
      partials += (long) sign * sample.partials;
      paidBefore += (long) sign * sample.paidBefore;
      paidNow += (long) sign * sample.paidNow;
    }

    double growth() {
      return (double) paidNow / paidBefore;
    }
  }

  void add(Sample sample) {
    long number = sample.slot / CHUNK_SLOTS;
    if (chunks.isEmpty() || chunks.getLast().number < number) {
      chunks.addLast(new Chunk(number));
      if (chunks.size() > CHUNKS_MAX) {
        chunks.removeFirst();
      }
    }
    chunks.getLast().add(sample, 1);
  }

  void remove(Sample sample) {
    for (Chunk chunk : chunks) {
      if (chunk.number == sample.slot / CHUNK_SLOTS) {
        chunk.add(sample, -1);
      }
    }
    if (!chunks.isEmpty() && chunks.getLast().blocks <= 0) {
      chunks.removeLast();
    }
  }

  void validators(long count, long atSlot) {
    if (countFirstAt < 0) {
      countFirst = count;
      countFirstAt = atSlot;
    }
    countLast = count;
    countLastAt = Math.max(countLastAt, atSlot);
  }

  /** The figures of now. */
  public Pace pace() {
    long slots = 0;
    long blocks = 0;
    long partials = 0;
    long before = 0;
    long now = 0;
    for (Chunk chunk : chunks) {
      slots += chunk.slots;
      blocks += chunk.blocks;
      partials += chunk.partials;
      before += chunk.paidBefore;
      now += chunk.paidNow;
    }
    double missed = slots == 0 ? 0 : 1 - (double) blocks / slots;
    double perBlock = blocks == 0 ? 0 : (double) partials / blocks;
    double growth = (now + PRIOR_PAYMENTS) / (before + PRIOR_PAYMENTS);
    return new Pace(
        slots,
        Math.max(0, missed),
        perBlock,
        growth,
        deviation(c -> 1 - (double) c.blocks / c.slots, missed),
        deviation(c -> (double) c.partials / c.blocks, perBlock),
        growthDeviation(growth),
        newPerSlot());
  }

  private double newPerSlot() {
    long elapsed = countLastAt - countFirstAt;
    return elapsed < CHUNK_SLOTS ? 0 : (double) (countLast - countFirst) / elapsed;
  }

  /** How much whole chunks differ from the mean. */
  private double deviation(ToDoubleFunction<Chunk> figure, double mean) {
    double sum = 0;
    int count = 0;
    for (Chunk chunk : chunks) {
      if (chunk.blocks > 0 && chunk.slots >= CHUNK_SLOTS / 2) {
        double difference = figure.applyAsDouble(chunk) - mean;
        sum += difference * difference;
        count++;
      }
    }
    return count < 2 ? 0 : Math.sqrt(sum / (count - 1));
  }

  private double growthDeviation(double mean) {
    double sum = 0;
    int count = 0;
    for (Chunk chunk : chunks) {
      if (chunk.paidBefore >= LOOKS_MIN) {
        double difference = chunk.growth() - mean;
        sum += difference * difference;
        count++;
      }
    }
    double prior = PRIOR_CHUNKS * GROWTH_DEVIATION * GROWTH_DEVIATION;
    return Math.sqrt((prior + sum) / (PRIOR_CHUNKS + Math.max(0, count - 1)));
  }
}
