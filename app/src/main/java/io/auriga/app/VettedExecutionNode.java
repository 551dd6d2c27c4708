package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.Subscription;
import io.auriga.clients.execution.BlockAnswer;
import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.NewHead;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An execution node whose answers count only once it was seen to be of the followed network. */
record VettedExecutionNode(ExecutionNode node, NetworkCheck.Network network, Vetting vetting)
    implements ExecutionNode {
  private ExecutionNode vetted() {
    vetting.requireNetwork(node, network);
    return node;
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    return vetted().block(hash);
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    return vetted().blocks(hashes);
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    return vetted().block(tag);
  }

  @Override
  public long chainId() {
    return node.chainId();
  }

  @Override
  public boolean syncing() {
    return vetted().syncing();
  }

  @Override
  public String clientVersion() {
    return node.clientVersion();
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    return node.newHeads(listener);
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    return vetted().balance(address, at);
  }
}
