package io.auriga.benchmarks.history;

import io.auriga.chain.BlockRef;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.BlockRequests;
import io.auriga.withdrawals.HistoryBatch;
import io.auriga.withdrawals.HistoryBlock;
import io.auriga.withdrawals.Verification;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Withdrawals as mainnet has them, always the same, without the blocks around them: a million
 * validators swept in order, 16 a block, some of them skipped, one slot in a hundred empty. A third
 * of the validators pay to one address, another third to forty large ones, the others to one
 * address for one to four of them, which lie side by side. Roots and hashes are only random, but
 * link the blocks.
 */
final class Sweep {
  static final int VALIDATORS = 1_000_000;
  static final int PER_BLOCK = 16;
  static final int SLOTS_PER_BATCH = 8_192;
  static final int SECONDS_PER_SLOT = 12;
  static final long FIRST_SLOT = 6_209_536;
  static final long GENESIS = 1_606_824_023;
  private static final long FIRST_NUMBER = 17_034_870;
  private static final int LARGE_OWNERS = 40;
  private static final int WITHDRAWAL_BYTES = 44;
  private static final double EMPTY_SLOTS = 0.01;
  private static final double SKIPPED = 0.04;
  private static final double EXITS = 0.002;

  private static final long SEED = 20_261_125;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final long salt = random.nextLong();

  /** The owner of each validator: 0 is the largest. */
  private final int[] owners = new int[VALIDATORS];

  private long slot = FIRST_SLOT;
  private long number = FIRST_NUMBER;
  private long index;
  private int validator;
  private Root parent = Root.ZERO;

  Sweep() {
    int small = LARGE_OWNERS + 1;
    for (int next = 0; next < VALIDATORS; ) {
      int kind = random.nextInt(3);
      int run = kind == 2 ? 1 + random.nextInt(4) : 50 + random.nextInt(500);
      // A run of small ones is long enough that each kind has a third of the validators.
      int repeat = kind == 2 ? 120 : 1;
      for (int i = 0; i < repeat && next < VALIDATORS; i++) {
        int owner = kind == 0 ? 0 : kind == 1 ? 1 + random.nextInt(LARGE_OWNERS) : small++;
        int length = kind == 2 ? 1 + random.nextInt(4) : run;
        for (int end = Math.min(VALIDATORS, next + length); next < end; next++) {
          owners[next] = owner;
        }
      }
    }
  }

  /** The blocks of the next so many slots. */
  HistoryBatch next() {
    long first = slot;
    List<HistoryBlock> blocks = new ArrayList<>(SLOTS_PER_BATCH);
    for (; slot < first + SLOTS_PER_BATCH; slot++) {
      if (random.nextDouble() >= EMPTY_SLOTS) {
        blocks.add(block());
      }
    }
    return new HistoryBatch(
        new Slot(first), new Slot(slot - 1), blocks, Verification.FULL, "sweep from slot " + first);
  }

  private HistoryBlock block() {
    ByteBuffer list =
        ByteBuffer.allocate(PER_BLOCK * WITHDRAWAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < PER_BLOCK; i++) {
      while (random.nextDouble() < SKIPPED) {
        advance();
      }
      boolean exit = random.nextDouble() < EXITS;
      list.putLong(index++)
          .putLong(validator)
          .put(address(owners[validator]).toBytes())
          .putLong(exit ? 32_000_000_000L : 15_000_000L + random.nextInt(5_000_000));
      advance();
    }
    Root root = Root.of(bytes());
    HistoryBlock block =
        new HistoryBlock(
            new BlockRef(new Slot(slot), root),
            parent,
            ForkName.DENEB,
            new BlockNumber(number++),
            BlockHash.of(bytes()),
            Root.of(bytes()),
            GENESIS + slot * SECONDS_PER_SLOT,
            Root.of(bytes()),
            list.array(),
            BlockRequests.NONE);
    parent = root;
    return block;
  }

  private void advance() {
    validator = (validator + 1) % VALIDATORS;
  }

  private byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    return bytes.array();
  }

  Address addressOf(int someValidator) {
    return address(owners[someValidator]);
  }

  /** As random as a hash: large owners and small ones lie anywhere. */
  Address address(int owner) {
    SplittableRandom hash = new SplittableRandom(salt ^ owner * 0x9E3779B97F4A7C15L);
    return Address.of(
        ByteBuffer.allocate(Address.LENGTH)
            .putLong(hash.nextLong())
            .putLong(hash.nextLong())
            .putInt(hash.nextInt())
            .array());
  }
}
