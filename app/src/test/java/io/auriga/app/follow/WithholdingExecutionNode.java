package io.auriga.app.follow;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Another node, whose answers about blocks named by their hashes may be changed. */
final class WithholdingExecutionNode implements ExecutionNode {
  private final ExecutionNode node;
  private final AtomicInteger blocksAsked = new AtomicInteger();
  private volatile UnaryOperator<Optional<ExecutionBlock>> change = UnaryOperator.identity();

  WithholdingExecutionNode(ExecutionNode node) {
    this.node = node;
  }

  /** Changes what it says of the blocks it has. */
  void change(UnaryOperator<Optional<ExecutionBlock>> answers) {
    change = answers;
  }

  int blocksAsked() {
    return blocksAsked.get();
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    var _ = blocksAsked.incrementAndGet();
    return change.apply(node.block(hash));
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    return node.blocks(hashes);
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    return node.block(tag);
  }

  @Override
  public long chainId() {
    return node.chainId();
  }

  @Override
  public boolean syncing() {
    return node.syncing();
  }

  @Override
  public String clientVersion() {
    return node.clientVersion();
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    return node.balance(address, at);
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    return node.newHeads(listener);
  }
}
