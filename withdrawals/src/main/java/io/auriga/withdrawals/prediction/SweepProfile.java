package io.auriga.withdrawals.prediction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * What the blocks have shown of the sweep: where it stands, whom it paid when it last came by, and
 * how fast it went. One bit for each validator is all that is kept of a lap of nine days; a lap
 * later that bit is the best guess of whether it pays again, and how often the guess was wrong is
 * the measure of how far to trust it.
 *
 * <p>Blocks come in slot order; the newest can be taken back. The cursor is that of protocol.md A.3
 * note 7: known after any full payload, and stepped by the bound where a payload is not full.
 *
 * <p>For one thread at a time.
 */
public final class SweepProfile {
  /** Blocks that can be taken back: reorgs do not pass finality, which is 64 slots on most days. */
  static final int UNDO_MAX = 512;

  private static final int UNKNOWN = -1;

  private final SweepRules rules;
  private final IndexBits paid = new IndexBits();
  private final IndexBits looked = new IndexBits();
  private final PaceHistory pace = new PaceHistory();
  private final Deque<Look> recent = new ArrayDeque<>();
  private int count;
  private int counted;
  private int cursor = UNKNOWN;
  private long slot = UNKNOWN;

  public SweepProfile(SweepRules rules) {
    this.rules = rules;
  }

  /** What one block changed, to be taken back. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Look(
      long slotBefore,
      int cursorBefore,
      int countBefore,
      int from,
      boolean[] paidBefore,
      boolean[] lookedBefore,
      PaceHistory.Sample sample) {}

  public SweepRules rules() {
    return rules;
  }

  /** {@code next_withdrawal_validator_index} after the last block, if it can be known. */
  public OptionalInt cursor() {
    return cursor == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(cursor);
  }

  /** How many validators there are, as far as is known. */
  public int count() {
    return count;
  }

  /** The slot of the last block; -1 before the first. */
  public long slot() {
    return slot;
  }

  public PaceHistory pace() {
    return pace;
  }

  IndexBits paid() {
    return paid;
  }

  /** The share of validators that the sweep was seen to look at. */
  public double known() {
    return count == 0 ? 0 : (double) looked.count(0, count) / count;
  }

  /** The node says how many validators there are; fewer than known before is not believed. */
  public void validators(int known, long atSlot) {
    if (known > count) {
      double density = tailDensity();
      for (int i = count; i < known; i++) {
        guess(i, density);
      }
      count = known;
    }
    counted = Math.max(counted, known);
    pace.validators(count, atSlot);
  }

  /** Sets what is not known by looking to a share, evenly spread. */
  public void guess(int from, int to, double density) {
    for (int i = from; i < Math.min(to, count); i++) {
      if (!looked.get(i)) {
        guess(i, density);
      }
    }
  }

  private void guess(int index, double density) {
    paid.set(index, Math.floor((index + 1) * density) > Math.floor(index * density));
  }

  /** What a node says of one validator now, which is newer than when the sweep came by. */
  public void refresh(int index, boolean pays) {
    if (index < count) {
      paid.set(index, pays);
    }
  }

  /** How many of the newest validators that were looked at pay: the best guess for newer ones. */
  private double tailDensity() {
    int from = Math.max(0, count - 16_384);
    int known = looked.count(from, count);
    if (known == 0) {
      return 1;
    }
    int paying = 0;
    for (int i = from; i < count; i++) {
      paying += looked.get(i) && paid.get(i) ? 1 : 0;
    }
    return (double) paying / known;
  }

  /**
   * The next block of the chain.
   *
   * @param validators whom its withdrawals pay, in their order
   */
  public void applied(long newSlot, int[] validators) {
    if (newSlot <= slot) {
      throw new IllegalStateException("Block of slot " + newSlot + " comes after that of " + slot);
    }
    int slots = slot == UNKNOWN ? 1 : Math.toIntExact(Math.min(newSlot - slot, 1 << 20));
    int countBefore = count;
    for (int validator : validators) {
      count = Math.max(count, validator + 1);
    }
    int partials =
        cursor == UNKNOWN || count == 0
            ? UNKNOWN
            : PayloadSplit.partials(validators, cursor, count, rules);
    boolean full = validators.length >= rules.payloadMax();
    int last = validators.length == 0 ? UNKNOWN : validators[validators.length - 1];
    if (partials == UNKNOWN) {
      // Nothing is known of what was looked at; a full payload says where the sweep goes on.
      remember(newSlot, 0, countBefore, slots, 0);
      cursor = full ? (last + 1) % count : UNKNOWN;
    } else {
      int looks = full ? ahead(last) + 1 : Math.min(count, rules.sweepMax());
      remember(newSlot, looks, countBefore, slots, partials);
      mark(looks, validators, partials);
      cursor = (int) (((long) cursor + (full ? looks : rules.sweepMax())) % count);
    }
    slot = newSlot;
  }

  /** Slots from the cursor, in the sweep's direction. */
  private int ahead(int index) {
    return index >= cursor ? index - cursor : index - cursor + count;
  }

  private void remember(long newSlot, int looks, int countBefore, int slots, int partials) {
    boolean[] paidBefore = new boolean[looks];
    boolean[] lookedBefore = new boolean[looks];
    for (int i = 0; i < looks; i++) {
      int index = (cursor + i) % count;
      paidBefore[i] = paid.get(index);
      lookedBefore[i] = looked.get(index);
    }
    PaceHistory.Sample sample = new PaceHistory.Sample(newSlot, slots, partials);
    recent.addLast(new Look(slot, cursor, countBefore, cursor, paidBefore, lookedBefore, sample));
    if (recent.size() > UNDO_MAX) {
      recent.removeFirst();
    }
  }

  private void mark(int looks, int[] validators, int partials) {
    Look look = recent.getLast();
    PaceHistory.Sample sample = look.sample();
    int next = partials;
    for (int i = 0; i < looks; i++) {
      int index = (cursor + i) % count;
      boolean pays = next < validators.length && validators[next] == index;
      if (pays) {
        next++;
      }
      if (look.lookedBefore()[i]) {
        sample.lookedAgain(look.paidBefore()[i], pays);
      }
      paid.set(index, pays);
      looked.set(index, true);
    }
    pace.add(sample);
  }

  /**
   * Takes back the last block.
   *
   * @return false if it is too long ago: then the profile must be built anew
   */
  public boolean undone() {
    if (recent.isEmpty()) {
      return false;
    }
    Look look = recent.removeLast();
    boolean[] paidBefore = look.paidBefore();
    for (int i = 0; i < paidBefore.length; i++) {
      int index = (look.from() + i) % count;
      paid.set(index, paidBefore[i]);
      looked.set(index, look.lookedBefore()[i]);
    }
    if (paidBefore.length > 0) {
      pace.remove(look.sample());
    }
    // Validators that only the block named may be gone; those that the node counted stay.
    count = Math.max(look.countBefore(), counted);
    cursor = look.cursorBefore();
    slot = look.slotBefore();
    return true;
  }

  @Override
  public String toString() {
    return "SweepProfile[slot %d, cursor %d of %d, known %.3f]"
        .formatted(slot, cursor, count, known());
  }
}
