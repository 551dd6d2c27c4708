package io.auriga.withdrawals.prediction;

import io.auriga.types.ValidatorIndex;
import java.util.Arrays;

/**
 * The way of the sweep over the next lap, block by block: built once for a head in a few
 * milliseconds, then any validator's turn is one search. Immutable.
 */
public final class SweepPath {
  // A lap of mainnet is 65,000 blocks; a network on which it takes this many pays nobody.
  private static final int BLOCKS_MAX = 1 << 22;

  private final long headSlot;
  private final int cursor;
  private final int count;
  private final Pace pace;
  private final int payloadMax;
  private final int[] ends;
  private final int blocks;
  private final int knownLoad;

  private SweepPath(SweepProfile profile, Pace pace, int[] ends, int blocks, int knownLoad) {
    this.headSlot = profile.slot();
    this.cursor = profile.cursor().orElseThrow();
    this.count = profile.count();
    this.pace = pace;
    this.payloadMax = profile.rules().payloadMax();
    this.ends = ends;
    this.blocks = blocks;
    this.knownLoad = knownLoad;
  }

  /**
   * @param fresh how many validators from the cursor on are known as of now
   */
  public static SweepPath of(SweepProfile profile, PartialSchedule queue, int fresh) {
    SweepRules rules = profile.rules();
    Pace pace = profile.pace().pace();
    IndexBits paid = profile.paid();
    int cursor = profile.cursor().orElseThrow();
    int count = profile.count();
    int[] ends = new int[1_024];
    int block = 0;
    int knownLoad = 0;
    int distance = 0;
    double capacity = 0;
    while (distance < count && block < BLOCKS_MAX) {
      block++;
      long slot = PartialSchedule.slotOf(profile.slot(), block, pace);
      boolean loadKnown = queue.isKnownAt(slot);
      double partials =
          loadKnown
              ? queue.of(block)
              : Math.min(rules.partialCap(), Math.max(queue.of(block), pace.partials()));
      knownLoad += loadKnown ? 1 : 0;
      double growth = distance < fresh ? 1 : pace.growth();
      capacity += (rules.payloadMax() - partials) / growth;
      int wanted = (int) (capacity + 1e-9);
      int step = Math.min(rules.sweepMax(), count - distance);
      int place = (int) (((long) cursor + distance) % count);
      int moved = 0;
      if (wanted > 0) {
        int found = 0;
        while (moved < step && found < wanted) {
          int at = (place + moved) % count;
          int to = Math.min(count, at + step - moved);
          long walked = paid.behind(wanted - found, at, to);
          found += IndexBits.found(walked);
          moved += IndexBits.place(walked) - at;
        }
        // Places that nobody took are lost with the block.
        capacity = found == wanted ? capacity - wanted : 0;
      }
      if (place < count && place + moved >= count) {
        capacity -= newcomers(profile, pace, block) / pace.growth();
      }
      distance += moved;
      if (block >= ends.length) {
        ends = Arrays.copyOf(ends, 2 * ends.length);
      }
      ends[block] = distance;
    }
    return new SweepPath(profile, pace, ends, block, knownLoad);
  }

  /** Validators that will have joined, and paid, before the sweep passes the last index. */
  private static double newcomers(SweepProfile profile, Pace pace, int block) {
    int tail = Math.min(profile.count(), 16_384);
    double density = (double) profile.paid().count(profile.count() - tail, profile.count()) / tail;
    return pace.newPerSlot() * pace.slotsFor(block) * density;
  }

  public long headSlot() {
    return headSlot;
  }

  public Pace pace() {
    return pace;
  }

  /** Blocks that one whole lap takes from now. */
  public int lapBlocks() {
    return blocks;
  }

  /** Slots that one whole lap takes from now. */
  public long lapSlots() {
    return Math.round(pace.slotsFor(blocks));
  }

  /** When the sweep has come once round. */
  SlotEstimate lap(int fresh) {
    return look(Math.floorMod(cursor - 1, count), headSlot + 1, fresh);
  }

  int count() {
    return count;
  }

  /** Whether the validator was among those that the path was made for. */
  public boolean knows(ValidatorIndex validator) {
    return Long.compareUnsigned(validator.value(), count) < 0;
  }

  /** How far the sweep is from the validator, in validators. */
  public int distance(int validator) {
    return validator >= cursor ? validator - cursor : validator - cursor + count;
  }

  /** In which block from the head the sweep looks at the validator, counted from 1. */
  public int blockOf(int validator) {
    int distance = distance(validator);
    int low = 1;
    int high = blocks;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > distance) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * When the sweep looks at the validator for the first time at or after a slot.
   *
   * @param notBefore the first slot in which it would be paid
   * @param fresh how many validators from the cursor on are known as of now
   */
  public SlotEstimate look(int validator, long notBefore, int fresh) {
    double block = blockOf(validator);
    double late = (notBefore - headSlot) * (1 - pace.missed()) - block;
    if (late > 0) {
      block += Math.ceil(late / lapBlocks()) * lapBlocks();
    }
    int unsure = distance(validator) < fresh ? 0 : (int) block;
    double places = payloadMax - pace.partials();
    return new SlotEstimate(
        headSlot + Math.max(1, Math.round(pace.slotsFor(block))),
        pace.deviation(block, unsure, Math.max(0, block - knownLoad), places));
  }
}
