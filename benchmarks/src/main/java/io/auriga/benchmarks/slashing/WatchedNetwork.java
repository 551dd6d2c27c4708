package io.auriga.benchmarks.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A network of mainnet's shape, from a seed: every active validator votes once an epoch in a slot
 * of its own that changes with the epoch, some miss, some vote for another head. A slot's votes
 * come in two aggregates that overlap, as in blocks.
 */
final class WatchedNetwork {
  static final int SLOTS = 32;

  /** A vote and who cast it; the array is used again. */
  interface Sink {
    void vote(AttestationData data, int[] voters, int count);
  }

  private final int validators;
  private final double missed;
  private final double otherHead;
  private final int mask;
  private final int[] majority;
  private final int[] minority;

  /**
   * @param missed the part of the votes that is never cast
   * @param otherHead the part of the votes for another head
   */
  WatchedNetwork(int validators, double missed, double otherHead) {
    this.validators = validators;
    this.missed = missed;
    this.otherHead = otherHead;
    this.mask = Integer.highestOneBit(Math.max(SLOTS, validators - 1)) * 2 - 1;
    this.majority = new int[mask / SLOTS + 1];
    this.minority = new int[mask / SLOTS + 1];
  }

  static Root root(long kind, long number) {
    return Root.of(ByteBuffer.allocate(Root.LENGTH).putLong(kind).putLong(number).array());
  }

  static AttestationData data(long slot, long source, long head) {
    long target = slot / SLOTS;
    return new AttestationData(
        new Slot(slot),
        0,
        root(1, head),
        new Checkpoint(new Epoch(source), root(2, source)),
        new Checkpoint(new Epoch(target), root(2, target)));
  }

  /** The votes of one slot; {@code shuffle} is {@link #shuffleOf} of its epoch. */
  void slot(long slot, long shuffle, Sink sink) {
    int odd = (int) shuffle | 1;
    int offset = (int) (shuffle >>> 32);
    int from = (int) (slot % SLOTS) * ((mask + 1) / SLOTS);
    int most = 0;
    int few = 0;
    for (int place = from; place < from + (mask + 1) / SLOTS; place++) {
      // Multiplying by an odd number and adding is a permutation of the powers of two.
      int validator = place * odd + offset & mask;
      if (validator < validators) {
        double fate = fate(validator, slot / SLOTS);
        if (fate < otherHead) {
          minority[few++] = validator;
        } else if (fate < 1 - missed) {
          majority[most++] = validator;
        }
      }
    }
    long source = slot / SLOTS - 1;
    AttestationData head = data(slot, source, slot);
    sink.vote(head, majority, most * 2 / 3);
    System.arraycopy(majority, most / 3, majority, 0, most - most / 3);
    sink.vote(head, majority, most - most / 3);
    sink.vote(data(slot, source, slot - 1), minority, few);
  }

  /** From 0 to 1, and the same whenever it is asked for. */
  private static double fate(int validator, long epoch) {
    long mixed = ((long) validator << 32 ^ epoch) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
    return ((mixed ^ mixed >>> 29) >>> 11) * 0x1p-53;
  }

  /** Whether the validator cast a vote in one of the epochs from {@code first} to {@code last}. */
  boolean voted(int validator, long first, long last) {
    return LongStream.rangeClosed(first, last)
        .anyMatch(epoch -> fate(validator, epoch) < 1 - missed);
  }

  static long shuffleOf(long epoch) {
    return new SplittableRandom(epoch).nextLong();
  }

  /** A validator that votes in the slot, if it does not miss it. */
  int memberOf(long slot, long shuffle, int number) {
    int validator;
    int place = (int) (slot % SLOTS) * ((mask + 1) / SLOTS) + number;
    do {
      validator = place++ * ((int) shuffle | 1) + (int) (shuffle >>> 32) & mask;
    } while (validator >= validators);
    return validator;
  }
}
