package io.auriga.chain;

import io.auriga.clients.Answers;
import io.auriga.clients.Answers.Answer;
import io.auriga.clients.ClientError;
import io.auriga.clients.Hedge;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.crypto.verify.WithdrawalDifference;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verified blocks, from several nodes tried in order; where one takes longer than it usually does,
 * the next is asked as well. A node that serves wrong data is passed over for the next, and
 * reported; only where every node that answers is wrong does the call fail.
 */
public final class BlockSource {
  private static final Logger LOG = LoggerFactory.getLogger(BlockSource.class);

  private final List<BeaconNode> beacons;
  private final List<ExecutionNode> executions;
  private final Hedge beaconReads;
  private final Hedge executionReads;
  private final BlockSchemas schemas;
  private final ChainSpec spec;
  private final InstantSource time;
  private final Consumer<AurigaException> refused;

  /**
   * @param refused hears of each answer that was passed over; called on any thread
   */
  public BlockSource(
      List<BeaconNode> beacons,
      List<ExecutionNode> executions,
      BlockSchemas schemas,
      ChainSpec spec,
      InstantSource time,
      Consumer<AurigaException> refused) {
    this.beacons = List.copyOf(beacons);
    this.executions = List.copyOf(executions);
    this.beaconReads = new Hedge(beacons.size());
    this.executionReads = new Hedge(executions.size());
    this.schemas = schemas;
    this.spec = spec;
    this.time = time;
    this.refused = refused;
  }

  /** How often a second beacon node was asked for a block because the first was slow. */
  public Hedge beaconReads() {
    return beaconReads;
  }

  /** The same of execution nodes. */
  public Hedge executionReads() {
    return executionReads;
  }

  /**
   * The block, verified, with the execution node's confirmation if it has it already.
   *
   * @return empty where no node has such a block
   * @throws AurigaException where no node gave a usable answer, or every answer was wrong
   */
  public Optional<ChainBlock> load(BlockId id) {
    @Nullable AurigaException wrong = null;
    @Nullable NodeException unanswered = null;
    boolean absent = false;
    try (Answers<Optional<BeaconBlock>> answers =
        beaconReads.ask(at -> beacons.get(at).block(id))) {
      while (answers.hasNext()) {
        Answer<Optional<BeaconBlock>> answer = answers.next();
        BeaconNode node = beacons.get(answer.position());
        try {
          Optional<BeaconBlock> served = answer.result().get();
          if (served.isPresent()) {
            return Optional.of(verify(node, id, served.get()));
          }
          absent = true;
        } catch (NodeException failure) {
          if (isWrong(failure.error())) {
            refuse(failure);
            wrong = failure;
          } else {
            unanswered = failure;
          }
        } catch (ChainException failure) {
          if (failure.error() == ChainError.EXECUTION_MISMATCH) {
            // The block is proven by its hashes; another beacon node would serve the same.
            throw failure;
          }
          refuse(failure);
          wrong = failure;
        } catch (AurigaException failure) {
          refuse(failure);
          wrong = failure;
        } catch (RuntimeException ours) {
          wrong =
              new ChainException(
                  ChainError.INTERNAL, "verify block " + id.path() + " from " + node.name(), ours);
          LOG.error("Verifying a block failed for a reason that is ours", ours);
          refuse(wrong);
        }
      }
    }
    // That a slot is empty is proven by the next block's parent; that a root is unknown, by
    // nothing.
    boolean mayBeEmpty = absent && id instanceof BlockId.BySlot;
    if (wrong != null && !mayBeEmpty) {
      throw wrong;
    }
    if (unanswered != null && !absent) {
      throw unanswered;
    }
    return Optional.empty();
  }

  /** Whether a node answered, and what it said cannot be a block. */
  private static boolean isWrong(ClientError error) {
    return switch (error) {
      case MALFORMED, TOO_LARGE, TOO_DEEP, WRONG_VERSION, UNSUPPORTED_FORK -> true;
      case TIMEOUT,
          UNREACHABLE,
          STATUS,
          UNAUTHORIZED,
          REDIRECTED,
          BREAKER_OPEN,
          BUSY,
          INTERRUPTED,
          CLOSED,
          WRONG_NETWORK,
          UNSUPPORTED_ROUTE,
          RPC_ERROR,
          NOT_SHANGHAI,
          ALL_NODES_FAILED,
          BAD_ENDPOINT ->
          false;
    };
  }

  /** Whoever hears of it must not be able to stop the reading. */
  private void refuse(AurigaException failure) {
    try {
      refused.accept(failure);
    } catch (RuntimeException listener) {
      LOG.error("A listener failed to hear of a refusal", listener);
    }
  }

  private ChainBlock verify(BeaconNode node, BlockId id, BeaconBlock served) {
    String attempted = "verify block " + id.path() + " from " + node.name();
    SignedBlockView view = SignedBlockView.of(schemas, served.fork(), served.ssz());
    ForkName scheduled = spec.forkAt(view.slot());
    if (scheduled != served.fork()) {
      throw new ChainException(
          ChainError.BLOCK_MISMATCH,
          attempted,
          "it was served as %s, and slot %s belongs to %s"
              .formatted(served.fork().lowerName(), view.slot(), scheduled.lowerName()));
    }
    if (id instanceof BlockId.BySlot(var slot) && !view.slot().equals(slot)) {
      throw new ChainException(
          ChainError.BLOCK_MISMATCH, attempted, "it is the block of slot " + view.slot());
    }
    @Nullable Root expected = id instanceof BlockId.ByRoot(var root) ? root : null;
    return switch (BlockVerifier.verify(view, expected)) {
      case BlockVerdict.Mismatch mismatch ->
          throw new ChainException(
              ChainError.BLOCK_MISMATCH,
              attempted,
              "the %s should be %s, and the content hashes to %s: the answer was altered or damaged"
                  .formatted(mismatch.part(), mismatch.claimed(), mismatch.computed()));
      case BlockVerdict.Verified verified -> chainBlock(view, verified, served.optimistic());
    };
  }

  private ChainBlock chainBlock(
      SignedBlockView view, BlockVerdict.Verified verified, boolean optimistic) {
    Instant seenAt = time.instant();
    List<Withdrawal> withdrawals = view.payload().withdrawals();
    BlockHash blockHash = view.payload().blockHash();
    Optional<Instant> executedAt = Optional.empty();
    try {
      executedAt = confirm(blockHash, withdrawals);
    } catch (NodeException unanswered) {
      // The block is proven by its own hashes; the confirmation is asked for again later.
    }
    return new ChainBlock(
        view,
        verified.blockRoot(),
        view.payload().blockNumber(),
        blockHash,
        verified.withdrawalsRoot(),
        withdrawals,
        optimistic,
        seenAt,
        executedAt);
  }

  /**
   * When the execution layer was seen to hold the same payload with the same withdrawals; empty if
   * it does not have it yet.
   *
   * @throws ChainException {@link ChainError#EXECUTION_MISMATCH} where every node that has the
   *     block shows other content
   * @throws NodeException where no node answered
   */
  public Optional<Instant> confirm(BlockHash hash, List<Withdrawal> expected) {
    @Nullable ChainException mismatch = null;
    @Nullable NodeException unanswered = null;
    boolean absent = false;
    try (Answers<Optional<ExecutionBlock>> answers =
        executionReads.ask(at -> executions.get(at).block(hash))) {
      while (answers.hasNext()) {
        Answer<Optional<ExecutionBlock>> answer = answers.next();
        ExecutionNode node = executions.get(answer.position());
        try {
          Optional<ExecutionBlock> block = answer.result().get();
          if (block.isPresent()) {
            requireSame(node, hash, expected, block.get());
            return Optional.of(time.instant());
          }
          absent = true;
        } catch (ChainException wrong) {
          refuse(wrong);
          mismatch = wrong;
        } catch (NodeException failure) {
          unanswered = failure;
        }
      }
    }
    if (mismatch != null) {
      throw mismatch;
    }
    if (unanswered != null && !absent) {
      throw unanswered;
    }
    return Optional.empty();
  }

  private static void requireSame(
      ExecutionNode node, BlockHash hash, List<Withdrawal> expected, ExecutionBlock block) {
    @Nullable List<Withdrawal> withdrawals = block.withdrawals();
    @Nullable String problem = null;
    if (!block.header().hash().equals(hash)) {
      problem = "its header hashes to " + block.header().hash();
    } else if (withdrawals == null) {
      problem =
          "it has no withdrawals list although its header has a withdrawals root: the node is not"
              + " Shanghai capable, or strips the field";
    } else {
      problem =
          WithdrawalDifference.find(expected, withdrawals)
              .orElseGet(() -> rootProblem(block, withdrawals));
    }
    if (problem != null && !problem.isEmpty()) {
      throw new ChainException(
          ChainError.EXECUTION_MISMATCH,
          "match the payload with execution block " + hash + " from " + node.name(),
          problem);
    }
  }

  private static String rootProblem(ExecutionBlock block, List<Withdrawal> withdrawals) {
    Root computed = WithdrawalsRoot.of(withdrawals);
    Root claimed = block.header().withdrawalsRoot();
    return computed.equals(claimed)
        ? ""
        : "its withdrawals hash to " + computed + " and its header claims " + claimed;
  }
}
