package io.auriga.withdrawals.reconcile;

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

/** An execution node that knows one block, by whatever hash it is asked for. */
record OneBlockNode(Optional<ExecutionBlock> held) implements ExecutionNode {
  @Override
  public String name() {
    return "one block";
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    return held;
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long chainId() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean syncing() {
    return false;
  }

  @Override
  public String clientVersion() {
    return "one block";
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Wei balance(Address address, BlockHash at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    return () -> {};
  }
}
