package io.auriga.benchmarks.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Epoch;
import io.auriga.validators.slashing.Offence;
import io.auriga.validators.slashing.VoteHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Watches a made network for thousands of epochs and says what a block, an epoch and the memory
 * cost, and that each planted offence was found and nothing else.
 *
 * <p>Arguments: validators, epochs, the part that misses its vote.
 */
public final class WatchScale {
  private static final double OTHER_HEAD = 0.015;
  private static final int PLANTED_EVERY = 64;
  private static final int AROUND = 40;
  private static final double MICROS = 1e3;
  private static final double MILLIS = 1e6;

  private final WatchedNetwork network;
  private final VoteHistory history;
  private final int epochs;
  private final long[] blockNanos;
  private final List<Long> epochNanos = new ArrayList<>();
  private final List<Offence> found = new ArrayList<>();
  private final Random random = new Random(7);
  private int planted;
  private int blocks;
  private long inBlock;

  private WatchScale(int validators, int epochs, double missed) {
    this.network = new WatchedNetwork(validators, missed, OTHER_HEAD);
    this.history = new VoteHistory(WatchedNetwork.SLOTS, epochs);
    this.epochs = epochs;
    this.blockNanos = new long[epochs * WatchedNetwork.SLOTS];
  }

  /** Runs one size. */
  public static void main(String[] arguments) {
    int validators = Integer.parseInt(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    double missed = Double.parseDouble(arguments[2]);
    WatchScale scale = new WatchScale(validators, epochs, missed);
    scale.watch();
    scale.report(validators, missed);
  }

  private void watch() {
    long first = 10;
    for (long epoch = first; epoch < first + epochs; epoch++) {
      long begin = System.nanoTime();
      history.advanceTo(new Epoch(epoch));
      epochNanos.add(System.nanoTime() - begin);
      long shuffle = WatchedNetwork.shuffleOf(epoch);
      for (int i = 0; i < WatchedNetwork.SLOTS; i++) {
        inBlock = 0;
        network.slot(epoch * WatchedNetwork.SLOTS + i, shuffle, this::observe);
        blockNanos[blocks++] = inBlock;
      }
      if (epoch % PLANTED_EVERY == 0 && epoch > first + PLANTED_EVERY) {
        plant(epoch, shuffle);
      }
      if ((epoch - first + 1) % 512 == 0) {
        System.err.printf(Locale.ROOT, "%d epochs watched%n", epoch - first + 1);
      }
    }
  }

  private void observe(AttestationData data, int[] voters, int count) {
    long begin = System.nanoTime();
    history.observe(data, voters, count, found::add);
    inBlock += System.nanoTime() - begin;
  }

  /** A double vote in an old epoch and a vote around many others, each by who voted before. */
  private void plant(long epoch, long shuffle) {
    int back = 3 + random.nextInt(PLANTED_EVERY - 3);
    long old = epoch - back;
    long oldSlot = old * WatchedNetwork.SLOTS + random.nextInt(WatchedNetwork.SLOTS);
    int doubler = network.memberOf(oldSlot, WatchedNetwork.shuffleOf(old), 17);
    long slot = epoch * WatchedNetwork.SLOTS + random.nextInt(WatchedNetwork.SLOTS);
    int surrounder = network.memberOf(slot, shuffle, 23);
    history.observe(
        WatchedNetwork.data(oldSlot, old - 1, -oldSlot), new int[] {doubler}, 1, found::add);
    history.observe(
        WatchedNetwork.data(slot, epoch - AROUND, -slot), new int[] {surrounder}, 1, found::add);
    // Who missed its own vote has done nothing twice.
    planted += network.voted(doubler, old, old) ? 1 : 0;
    planted += network.voted(surrounder, epoch, epoch) ? 1 : 0;
    planted += network.voted(surrounder, epoch - AROUND + 2, epoch - 1) ? 1 : 0;
  }

  private void report(int validators, double missed) {
    Arrays.sort(blockNanos);
    List<Long> settling = epochNanos.stream().sorted().toList();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    System.out.printf(
        Locale.ROOT,
        "%,d validators, %,d epochs, %.0f %% missed: votes %,d, offences found %d of %d planted%n",
        validators,
        history.epochs(),
        100 * missed,
        history.votes(),
        found.size(),
        planted);
    System.out.printf(
        Locale.ROOT,
        "  a block: mean %.0f µs, p99 %.0f µs, most %.0f µs; an epoch's settling: mean %.1f ms,"
            + " most %.1f ms%n",
        Arrays.stream(blockNanos).average().orElse(0) / MICROS,
        blockNanos[(int) (blockNanos.length * 0.99)] / MICROS,
        blockNanos[blockNanos.length - 1] / MICROS,
        settling.stream().mapToLong(nanos -> nanos).average().orElse(0) / MILLIS,
        settling.getLast() / MILLIS);
    System.out.printf(
        Locale.ROOT,
        "  live heap after a collection %,d MB of %,d MB allowed, votes of old epochs %,d MB, %.2f"
            + " bits a validator and epoch%n",
        heap >> 20,
        runtime.maxMemory() >> 20,
        history.settledBytes() >> 20,
        8.0 * history.settledBytes() / validators / history.epochs());
  }
}
