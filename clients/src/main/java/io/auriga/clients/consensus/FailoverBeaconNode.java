package io.auriga.clients.consensus;

import io.auriga.clients.Failover;
import io.auriga.clients.Subscription;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Several consensus clients of one network behind one face, asked in order. A block named by its
 * root is looked for at all of them, because the first may not have it yet; anything else is the
 * first answer's, "no such block" included. Events come from one of them at a time, see {@link
 * FailoverEvents}.
 */
public final class FailoverBeaconNode implements BeaconNode {
  private final Failover<BeaconNode> failover;

  public FailoverBeaconNode(List<BeaconNode> nodes) {
    this(nodes, InstantSource.system());
  }

  public FailoverBeaconNode(List<BeaconNode> nodes, InstantSource time) {
    this.failover = new Failover<>(nodes, BeaconNode::name, time);
  }

  @Override
  public String name() {
    return failover.name();
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    return find("read block " + id.path(), id, node -> node.block(id));
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    return find("read the header of block " + id.path(), id, node -> node.header(id));
  }

  private <T> Optional<T> find(
      String asked, BlockId id, Function<BeaconNode, Optional<T>> question) {
    return id instanceof BlockId.ByRoot
        ? failover.findSoon(asked, question)
        : failover.ask(asked, question);
  }

  @Override
  public Finality finality() {
    return failover.ask("read the finality checkpoints", BeaconNode::finality);
  }

  @Override
  public SyncStatus syncing() {
    return failover.ask("read the sync status", BeaconNode::syncing);
  }

  @Override
  public String version() {
    return failover.ask("read the version", BeaconNode::version);
  }

  @Override
  public Genesis genesis() {
    return failover.ask("read the genesis", BeaconNode::genesis);
  }

  @Override
  public ChainSpec spec() {
    return failover.ask("read the chain's specification", BeaconNode::spec);
  }

  @Override
  public DepositContract depositContract() {
    return failover.ask("read the deposit contract", BeaconNode::depositContract);
  }

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    return new FailoverEvents(failover, topics, listener).start();
  }

  @Override
  public String toString() {
    return "FailoverBeaconNode[" + name() + "]";
  }
}
