package io.auriga.clients;

import io.auriga.clients.execution.BlockAnswer;
import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.NewHead;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An execution client that says what a test lets it say. */
public final class FakeExecutionNode extends FakeNode implements ExecutionNode {
  public long chainId = 1;
  public final Map<BlockHash, BlockAnswer> answers = new HashMap<>();

  public FakeExecutionNode(String name) {
    super(name);
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    attempt("read execution blocks");
    return hashes.stream()
        .map(hash -> answers.getOrDefault(hash, new BlockAnswer.Unknown(hash)))
        .toList();
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    attempt("read execution block " + tag.wireName());
    return Optional.empty();
  }

  @Override
  public long chainId() {
    attempt("read the chain id");
    return chainId;
  }

  @Override
  public boolean syncing() {
    attempt("read the sync status");
    return false;
  }

  @Override
  public String clientVersion() {
    attempt("read the version");
    return "Geth/v1.11.4-stable/linux-amd64/go1.20";
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    return () -> {};
  }
}
