package io.auriga.clients;

import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.DepositContract;
import io.auriga.clients.consensus.Finality;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.consensus.Topic;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A consensus client that says what a test lets it say. */
public final class FakeBeaconNode extends FakeNode implements BeaconNode {
  public ChainSpec spec = ChainSpec.builtIn("mainnet");
  public Genesis genesis = ChainSpec.builtInGenesis("mainnet").orElseThrow();
  public DepositContract depositContract =
      new DepositContract(spec.chainId(), spec.depositContract());
  public SyncStatus status = new SyncStatus(new Slot(1), 0, false, false, false);
  public Finality finality = new Finality(checkpoint(0), checkpoint(0), checkpoint(0), false);
  public boolean knowsBlocks = true;
  private final List<Consumer<BeaconEvent>> listeners = new ArrayList<>();

  public FakeBeaconNode(String name) {
    super(name);
  }

  public static Checkpoint checkpoint(long epoch) {
    return new Checkpoint(new Epoch(epoch), Root.ZERO);
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    attempt("read block " + id.path());
    return knowsBlocks
        ? Optional.of(new BeaconBlock(ForkName.FULU, new byte[0], false, false))
        : Optional.empty();
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    attempt("read the header of block " + id.path());
    return knowsBlocks
        ? Optional.of(new BlockHeader(Root.ZERO, status.headSlot(), Root.ZERO, true, false, false))
        : Optional.empty();
  }

  @Override
  public Finality finality() {
    attempt("read the finality checkpoints");
    return finality;
  }

  @Override
  public SyncStatus syncing() {
    attempt("read the sync status");
    return status;
  }

  @Override
  public String version() {
    attempt("read the version");
    return "Fake/v1.0.0";
  }

  @Override
  public Genesis genesis() {
    attempt("read the genesis");
    return genesis;
  }

  @Override
  public ChainSpec spec() {
    attempt("read the chain's specification");
    return spec;
  }

  @Override
  public DepositContract depositContract() {
    attempt("read the deposit contract");
    return depositContract;
  }

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public int subscriptions() {
    return listeners.size();
  }

  public void announce(BeaconEvent event) {
    List.copyOf(listeners).forEach(listener -> listener.accept(event));
  }

  public void connect() {
    announce(new BeaconEvent.Connected(name(), Set.of(Topic.HEAD)));
  }

  public void disconnect() {
    announce(new BeaconEvent.Disconnected(name(), "the test wants it so"));
  }

  public BeaconEvent.Head head(long slot) {
    BeaconEvent.Head head =
        new BeaconEvent.Head(new Slot(slot), Root.ZERO, Root.ZERO, false, false);
    announce(head);
    return head;
  }
}
