package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.AttestationDuty;
import io.auriga.validators.accounting.Columns;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.accounting.SyncTotals;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What has to be known of an epoch before its rewards are asked for. Small: what was counted of
 * everybody else is not in it.
 *
 * @param asOf a canonical block behind the last that can have its attestations
 * @param validators who is watched, ascending
 * @param counted what each of them did: the participation flags, with {@link #ASSIGNED}; empty if
 *     the epoch was not counted
 * @param turns the epoch's slots, in order
 * @param seats who of them sits in the sync committee; empty if that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EpochOutline(
    Epoch epoch,
    boolean isFinal,
    BlockRef asOf,
    int[] validators,
    byte[] counted,
    List<Turn> turns,
    Optional<Map<Integer, SyncTotals>> seats) {
  /** Beside the flags: the validator had an attestation to make. */
  static final int ASSIGNED = 8;

  /**
   * A slot's turn to propose.
   *
   * @param proposer empty if it is not known
   * @param block empty if the canonical chain has none there
   */
  record Turn(Slot slot, OptionalInt proposer, Optional<BlockRef> block) {}

  /** An epoch that was counted. */
  static EpochOutline of(EpochDuties duties, int[] validators) {
    byte[] counted = new byte[validators.length];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = duties.attestation(validators[i]).map(EpochOutline::flags).orElse((byte) 0);
    }
    Map<Integer, SyncTotals> all = duties.sync().byValidator();
    Map<Integer, SyncTotals> seats = new TreeMap<>();
    for (int validator : validators) {
      SyncTotals totals = all.get(validator);
      if (totals != null) {
        seats.put(validator, totals);
      }
    }
    return new EpochOutline(
        duties.epoch(),
        duties.stage() == EpochDuties.Stage.FINAL,
        duties.head(),
        validators,
        counted,
        duties.proposals().stream().map(EpochOutline::turn).toList(),
        all.isEmpty() ? Optional.empty() : Optional.of(seats));
  }

  private static byte flags(AttestationDuty duty) {
    return (byte)
        (ASSIGNED
            | (duty.source() ? Columns.SOURCE : 0)
            | (duty.target() ? Columns.TARGET : 0)
            | (duty.head() ? Columns.HEAD : 0));
  }

  private static Turn turn(Proposal proposal) {
    return new Turn(
        proposal.slot(),
        proposal.proposer(),
        proposal.outcome() == Proposal.Outcome.PROPOSED ? proposal.block() : Optional.empty());
  }

  /** The epoch's canonical blocks; genesis is none that brings anything. */
  List<BlockRef> blocks() {
    return turns.stream()
        .flatMap(turn -> turn.block().stream())
        .filter(block -> block.slot().value() > 0)
        .toList();
  }

  boolean isWatched(int validator) {
    return Arrays.binarySearch(validators, validator) >= 0;
  }

  /** What a validator was seen to do; 0 if it had nothing to do; empty if nobody looked. */
  OptionalInt counted(int validator) {
    int place = Arrays.binarySearch(validators, validator);
    return place < 0 || counted.length == 0 ? OptionalInt.empty() : OptionalInt.of(counted[place]);
  }
}
