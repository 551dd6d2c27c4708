package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.committee.Proposers;
import io.auriga.crypto.committee.Seeds;
import io.auriga.crypto.committee.SyncCommittee;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the counting of duties begins with: all of it is in one state.
 *
 * @param latestBlock the newest block that the state knows
 * @param firstEpoch the first epoch of which every block will be counted
 * @param proposers by epoch, as far as the state has decided them
 * @param syncCommittees by period: this one's and the next one's
 */
public record Beginning(
    ChainSpec spec,
    BlockRef latestBlock,
    Epoch firstEpoch,
    ValidatorEpochs validators,
    RandaoMixes mixes,
    Map<Long, int[]> proposers,
    Map<Long, int[]> syncCommittees) {

  /**
   * Takes from a state what is needed; about a second for a million validators. The state can be
   * let go of then.
   *
   * @param latestBlock the newest block that it knows
   */
  public static Beginning of(ChainSpec spec, BeaconStateView state, BlockRef latestBlock) {
    Epoch now = spec.epochOf(state.slot());
    boolean isWhole =
        state.slot().value() == 0
            || (state.slot().equals(spec.startSlotOf(now))
                && latestBlock.slot().isBefore(state.slot()));
    Epoch first = isWhole ? now : new Epoch(now.value() + 1);
    RandaoMixes mixes = new RandaoMixes();
    for (long back = spec.number("MIN_SEED_LOOKAHEAD") + 1; back >= 0; back--) {
      Epoch epoch = new Epoch(now.value() - back);
      mixes.begin(epoch, Seeds.mix(state, epoch));
    }
    TreeMap<Long, int[]> proposers = new TreeMap<>();
    proposers.put(now.value(), Proposers.ofState(spec, state, now));
    if (state.fork().isAtLeast(ForkName.FULU)) {
      Epoch next = new Epoch(now.value() + 1);
      proposers.put(next.value(), Proposers.ofState(spec, state, next));
    }
    long period = now.value() / spec.number("EPOCHS_PER_SYNC_COMMITTEE_PERIOD");
    Map<Long, int[]> committees =
        Map.of(period, SyncCommittee.current(state), period + 1, SyncCommittee.next(state));
    return new Beginning(
        spec, latestBlock, first, ValidatorEpochs.ofState(state), mixes, proposers, committees);
  }

  BlockLog.Entry entry() {
    return new BlockLog.Entry(latestBlock, -1, new long[0], new byte[0], List.of(), new long[0]);
  }
}
