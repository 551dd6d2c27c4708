package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.Subscription;
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
import io.auriga.types.Genesis;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A beacon node whose answers count only once it was seen to be of the followed network. */
record VettedBeaconNode(BeaconNode node, NetworkCheck.Network network, Vetting vetting)
    implements BeaconNode {
  private BeaconNode vetted() {
    vetting.requireNetwork(node, network);
    return node;
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    return vetted().block(id);
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    return vetted().header(id);
  }

  @Override
  public Finality finality() {
    return vetted().finality();
  }

  @Override
  public SyncStatus syncing() {
    return vetted().syncing();
  }

  @Override
  public String version() {
    return node.version();
  }

  @Override
  public Genesis genesis() {
    return node.genesis();
  }

  @Override
  public ChainSpec spec() {
    return node.spec();
  }

  @Override
  public DepositContract depositContract() {
    return node.depositContract();
  }

  /** Events are hints that lead to questions, and those are vetted. */
  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    return node.events(topics, listener);
  }
}
