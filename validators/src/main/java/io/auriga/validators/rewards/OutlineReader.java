package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconDuties.ProposerDuty;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.rewards.EpochOutline.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Outlines an epoch that was not counted, as a node's headers and duties tell it. */
final class OutlineReader {
  private final ChainSpec spec;

  OutlineReader(ChainSpec spec) {
    this.spec = spec;
  }

  /** Empty if the node has no block behind it. */
  Optional<EpochOutline> read(RewardSource source, Epoch epoch, int[] validators) {
    Slot behind = spec.startSlotOf(new Epoch(epoch.value() + 2));
    Optional<BlockRef> asOf = Optional.empty();
    for (long i = 0; i < spec.slotsPerEpoch() && asOf.isEmpty(); i++) {
      asOf = block(source, behind.plus(i));
    }
    return asOf.map(
        block ->
            new EpochOutline(
                epoch,
                false,
                block,
                validators,
                new byte[0],
                turns(source, epoch),
                Optional.empty()));
  }

  private List<Turn> turns(RewardSource source, Epoch epoch) {
    Map<Slot, Integer> proposers = new HashMap<>();
    for (ProposerDuty duty : source.duties().proposers(epoch).orElse(List.of())) {
      long validator = duty.validator().value();
      if (validator >= 0 && validator < Integer.MAX_VALUE) {
        proposers.put(duty.slot(), (int) validator);
      }
    }
    List<Turn> turns = new ArrayList<>();
    Slot slot = spec.startSlotOf(epoch);
    for (long i = 0; i < spec.slotsPerEpoch(); i++) {
      Integer proposer = proposers.get(slot);
      turns.add(
          new Turn(
              slot,
              proposer == null ? OptionalInt.empty() : OptionalInt.of(proposer),
              block(source, slot)));
      slot = slot.next();
    }
    return turns;
  }

  private static Optional<BlockRef> block(RewardSource source, Slot slot) {
    return source
        .node()
        .header(BlockId.of(slot))
        .filter(header -> header.slot().equals(slot))
        .map(OutlineReader::ref);
  }

  private static BlockRef ref(BlockHeader header) {
    return new BlockRef(header.slot(), header.root());
  }
}
