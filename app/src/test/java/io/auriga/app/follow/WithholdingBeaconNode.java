package io.auriga.app.follow;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Another node, which says of some blocks that it does not have them. */
final class WithholdingBeaconNode implements BeaconNode {
  private final AtomicInteger blocksAsked = new AtomicInteger();
  private volatile BeaconNode node;
  private volatile Predicate<BlockId> withheld = _ -> false;

  WithholdingBeaconNode(BeaconNode node) {
    this.node = node;
  }

  void withhold(Predicate<BlockId> blocks) {
    withheld = blocks;
  }

  /** From now on it knows what another does. */
  void become(BeaconNode other) {
    node = other;
  }

  int blocksAsked() {
    return blocksAsked.get();
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    var _ = blocksAsked.incrementAndGet();
    return withheld.test(id) ? Optional.empty() : node.block(id);
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    return withheld.test(id) ? Optional.empty() : node.header(id);
  }

  @Override
  public Finality finality() {
    return node.finality();
  }

  @Override
  public SyncStatus syncing() {
    return node.syncing();
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

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    return node.events(topics, listener);
  }
}
