package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the validators owed and did in one epoch, as one canonical chain tells it. Immutable, and
 * whole by itself: three bytes a validator. A reorg does not change it; it makes another one.
 */
public final class EpochDuties {
  /** How sure an epoch's numbers are. */
  public enum Stage {
    /** Blocks that are still to come may have more of its attestations. */
    OPEN,
    /** Every block that could have its attestations is there; a reorg may change it. */
    CLOSED,
    /** The last of these blocks is final. */
    FINAL
  }

  private final Epoch epoch;
  private final Stage stage;
  private final BlockRef head;
  private final Columns columns;
  private final DutyTotals[] bySlot;
  private final DutyTotals network;
  private final List<Proposal> proposals;
  private final SyncDuties sync;
  private final int refused;

  EpochDuties(
      Epoch epoch,
      Stage stage,
      BlockRef head,
      Columns columns,
      List<Proposal> proposals,
      SyncDuties sync,
      int refused) {
    this.epoch = epoch;
    this.stage = stage;
    this.head = head;
    this.columns = columns;
    this.bySlot = columns.bySlot();
    DutyTotals sum = DutyTotals.NONE;
    for (DutyTotals slot : bySlot) {
      sum = sum.plus(slot);
    }
    this.network = sum;
    this.proposals = List.copyOf(proposals);
    this.sync = sync;
    this.refused = refused;
  }

  /**
   * An epoch of which somebody else knows the numbers: a test, say.
   *
   * @param columns no longer to be changed
   */
  public static EpochDuties of(
      Epoch epoch, Stage stage, BlockRef head, Columns columns, List<Proposal> proposals) {
    return new EpochDuties(epoch, stage, head, columns, proposals, SyncDuties.UNKNOWN, 0);
  }

  public Epoch epoch() {
    return epoch;
  }

  public Stage stage() {
    return stage;
  }

  /** The newest block that is counted in. */
  public BlockRef head() {
    return head;
  }

  /** One more than the greatest index that a validator had. */
  public int validatorCount() {
    return columns.validatorCount();
  }

  /** The yardstick: every active validator of the network. */
  public DutyTotals network() {
    return network;
  }

  /** Every validator that was to attest in the epoch's {@code slot}, from 0 on. */
  public DutyTotals ofSlot(int slot) {
    return bySlot[slot];
  }

  /** Some validators; indices that do not exist and validators that are not active owe nothing. */
  public DutyTotals of(int[] validators) {
    TotalsCounter counter = columns.counter();
    for (int validator : validators) {
      counter.add(validator);
    }
    return counter.totals();
  }

  /** As {@link #of(int[])}. */
  public DutyTotals of(BitSet validators) {
    TotalsCounter counter = columns.counter();
    int end = columns.validatorCount();
    for (int i = validators.nextSetBit(0); i >= 0 && i < end; i = validators.nextSetBit(i + 1)) {
      counter.add(i);
    }
    return counter.totals();
  }

  /** One validator's attestation; empty if it is not active in the epoch. */
  public Optional<AttestationDuty> attestation(int validator) {
    return columns.attestation(validator);
  }

  /**
   * The participation flags as the state has them, one byte a validator: {@code TIMELY_SOURCE} is
   * bit 0, {@code TIMELY_TARGET} bit 1, {@code TIMELY_HEAD} bit 2. A copy.
   */
  public byte[] participation() {
    return columns.participation();
  }

  /** The epoch's slots, in order. */
  public List<Proposal> proposals() {
    return proposals;
  }

  /** The epoch's slot with a number from 0 on. */
  public Slot slot(int number) {
    return columns.firstSlot().plus(Objects.checkIndex(number, bySlot.length));
  }

  public SyncDuties sync() {
    return sync;
  }

  /**
   * How many of its attestations in blocks could not be counted. Not 0 means that the active set
   * was wrong, or that a node served blocks that are not valid: the numbers are not to be trusted.
   */
  public int refused() {
    return refused;
  }

  @Override
  public String toString() {
    return "EpochDuties[" + epoch + " " + stage + " as of " + head + ", " + network + "]";
  }
}
