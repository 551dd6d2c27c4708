package io.auriga.testkit.simulation;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.execution.BlockAnswer;
import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.NewHead;
import io.auriga.testkit.replay.NodeState;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Wei;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An execution client of a simulated chain, in this process, as faithful as its {@link Trouble}
 * lets it be. Any thread may ask; one thread drives it: after moving the clock, {@link
 * #deliverHeads}.
 */
public final class SimulatedExecutionNode implements ExecutionNode {
  private static final int BEHIND_SLOTS_MAX = 8;

  private final String name;
  private final SimulatedChain chain;
  private final InstantSource time;
  private final Trouble trouble;
  private final long chainId;
  private final List<Consumer<NewHead>> listeners = new CopyOnWriteArrayList<>();
  private Optional<BlockHash> lastHead = Optional.empty();

  public SimulatedExecutionNode(
      String name, SimulatedChain chain, InstantSource time, Trouble trouble) {
    this(name, chain, time, trouble, chain.spec().chainId());
  }

  private SimulatedExecutionNode(
      String name, SimulatedChain chain, InstantSource time, Trouble trouble, long chainId) {
    this.name = name;
    this.chain = chain;
    this.time = time;
    this.trouble = trouble;
    this.chainId = chainId;
  }

  /** The same, but on a network with another chain id. */
  public SimulatedExecutionNode onAnotherNetwork() {
    return new SimulatedExecutionNode(name, chain, time, trouble, chainId + 1);
  }

  /** Announces the head if it is another than the last time, on the calling thread. */
  public void deliverHeads() {
    Optional<RecordedBlock> head = chain.at(time.instant()).head();
    if (!head.map(RecordedBlock::blockHash).equals(lastHead)) {
      lastHead = head.map(RecordedBlock::blockHash);
      SimulatedBlock block = chain.block(head.orElseThrow().root()).orElseThrow();
      NewHead announced =
          new NewHead(block.header().number(), block.blockHash(), block.header().parentHash());
      listeners.forEach(listener -> listener.accept(announced));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    requirePresent("read block " + hash.toShortHex(), hash);
    return serve(state(), hash);
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    requirePresent("read a batch of blocks", hashes.size());
    NodeState state = state();
    return hashes.stream().map(hash -> answer(state, hash)).toList();
  }

  private BlockAnswer answer(NodeState state, BlockHash hash) {
    try {
      trouble.failSometimes(name, "read block " + hash.toShortHex() + " of a batch", hash);
    } catch (NodeException failure) {
      return new BlockAnswer.Failed(hash, failure);
    }
    return serve(state, hash)
        .<BlockAnswer>map(block -> new BlockAnswer.Found(hash, block))
        .orElseGet(() -> new BlockAnswer.Unknown(hash));
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    requirePresent("read block " + tag.wireName(), tag.wireName());
    NodeState state = state();
    return find(state, tag).flatMap(block -> serve(state, block.blockHash()));
  }

  private static Optional<RecordedBlock> find(NodeState state, BlockTag tag) {
    return switch (tag) {
      case BlockTag.Latest() -> state.head();
      case BlockTag.Safe() -> state.justified();
      case BlockTag.Finalized() -> state.finalized();
      case BlockTag.ByNumber(BlockNumber number) -> state.canonicalAt(number);
    };
  }

  private Optional<ExecutionBlock> serve(NodeState state, BlockHash hash) {
    return chain
        .block(hash)
        .filter(block -> state.known(block.root()).isPresent())
        .map(
            block ->
                trouble.happens(trouble.plan().execution().lies(), "execution lie", hash)
                    ? Lies.execution(block, trouble)
                    : new ExecutionBlock(block.header(), hash, block.withdrawals()));
  }

  @Override
  public long chainId() {
    return chainId;
  }

  @Override
  public boolean syncing() {
    requirePresent("read sync status", "head");
    return false;
  }

  @Override
  public String clientVersion() {
    return "Simulated/v1 seed " + chain.plan().seed();
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    requirePresent("read a balance", address);
    NodeState state = state();
    return find(state, at)
        .map(block -> balance(address, block))
        .orElseThrow(() -> unknown(at.wireName()));
  }

  private Wei balance(Address address, RecordedBlock block) {
    return chain.ancestry(block.root()).stream()
        .flatMap(ancestor -> ancestor.withdrawals().stream())
        .filter(withdrawal -> withdrawal.address().equals(address))
        .map(withdrawal -> withdrawal.amount().toWei())
        .reduce(Wei.ZERO, Wei::plus);
  }

  private NodeException unknown(String block) {
    return new NodeException(ClientError.RPC_ERROR, name, "read a balance", "no block " + block);
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void requirePresent(String asked, Object about) {
    if (trouble.happens(trouble.plan().execution().absent(), "absent", name)) {
      Trouble.fail(ClientError.UNREACHABLE, name, asked);
    }
    trouble.failSometimes(name, asked, about);
  }

  private NodeState state() {
    Instant now = time.instant();
    if (trouble.happens(trouble.plan().execution().behind(), "behind", name)) {
      int slots = 1 + trouble.choose(BEHIND_SLOTS_MAX, "behind", name);
      now = now.minus(chain.spec().slotDuration().multipliedBy(slots));
    }
    return chain.at(now);
  }
}
