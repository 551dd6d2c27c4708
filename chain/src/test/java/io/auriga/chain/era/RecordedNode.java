package io.auriga.chain.era;

import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.DepositContract;
import io.auriga.clients.consensus.Finality;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A node that has the recorded chain up to a finalized epoch. */
final class RecordedNode implements BeaconNode, BeaconStates {
  final Map<Root, SignedBlockView> blocks = new HashMap<>();
  final Map<Long, byte[]> states = new HashMap<>();
  private final RecordedEras eras;
  private final Epoch finalized;

  RecordedNode(RecordedEras eras, long finalizedEpoch) {
    this.eras = eras;
    this.finalized = new Epoch(finalizedEpoch);
    for (long era = 0; era <= RecordedEras.ERAS; era++) {
      eras.blocks(era).forEach(block -> blocks.put(block.blockRoot(), block));
      states.put(eras.chain().endOf(era).value(), RecordedEras.trueState(era));
    }
    eras.blocks(RecordedEras.ERAS + 1).forEach(block -> blocks.put(block.blockRoot(), block));
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    return blocks.entrySet().stream()
        .filter(
            entry ->
                switch (id) {
                  case BlockId.ByRoot(Root root) -> entry.getKey().equals(root);
                  case BlockId.BySlot(Slot slot) -> entry.getValue().slot().equals(slot);
                  default -> throw notAsked();
                })
        .findFirst()
        .map(Map.Entry::getValue)
        .map(block -> new BeaconBlock(block.fork(), block.bytes(), false, true));
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return state instanceof StateId.AtSlot(var slot)
        ? Optional.ofNullable(states.get(slot.value()))
            .map(ssz -> new StateAnswer<>(new StateBytes(Optional.empty(), slot, ssz), false, true))
        : Optional.empty();
  }

  @Override
  public Finality finality() {
    Checkpoint checkpoint = new Checkpoint(finalized, Root.ZERO);
    return new Finality(checkpoint, checkpoint, checkpoint, false);
  }

  @Override
  public ChainSpec spec() {
    return eras.chain().spec();
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    throw notAsked();
  }

  @Override
  public SyncStatus syncing() {
    throw notAsked();
  }

  @Override
  public String version() {
    throw notAsked();
  }

  @Override
  public Genesis genesis() {
    throw notAsked();
  }

  @Override
  public DepositContract depositContract() {
    throw notAsked();
  }

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    throw notAsked();
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    throw notAsked();
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    throw notAsked();
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    throw notAsked();
  }

  private static IllegalStateException notAsked() {
    return new IllegalStateException("an export does not ask this");
  }
}
