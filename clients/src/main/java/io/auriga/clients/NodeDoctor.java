package io.auriga.clients;

import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks nodes everything that Auriga will need of them and says what was found, each with a remedy.
 * What a node can do is tried, not guessed from its version.
 */
public final class NodeDoctor {
  private final ClientVersions versions;
  private final InstantSource time;

  /**
   * @param time our clock, to compare with the nodes'
   */
  public NodeDoctor(ClientVersions versions, InstantSource time) {
    this.versions = versions;
    this.time = time;
  }

  /** Examines with the built-in table of versions and the system's clock. */
  public static List<Finding> examine(
      List<BeaconNode> beaconNodes, List<ExecutionNode> executionNodes) {
    return new NodeDoctor(ClientVersions.builtIn(), InstantSource.system())
        .findings(beaconNodes, executionNodes);
  }

  /** All findings, the comparison of networks first; asks the single nodes. */
  public List<Finding> findings(List<BeaconNode> beaconNodes, List<ExecutionNode> executionNodes) {
    List<Finding> findings = new ArrayList<>();
    findings.add(sameNetwork(beaconNodes, executionNodes));
    for (BeaconNode node : beaconNodes) {
      new BeaconExamination(node, versions, time, findings).run();
    }
    ExecutionExamination.Chain chain = chain(beaconNodes);
    for (ExecutionNode node : executionNodes) {
      new ExecutionExamination(node, versions, chain, findings).run();
    }
    return List.copyOf(findings);
  }

  /** Makes one check; a failure of the node instead of an answer is the finding then. */
  static void check(List<Finding> findings, String name, Runnable examination) {
    try {
      examination.run();
    } catch (NodeException failed) {
      if (failed.error() == ClientError.INTERRUPTED) {
        throw failed;
      }
      findings.add(Finding.of(Finding.Severity.BLOCKER, name, failed));
    }
  }

  private static Finding sameNetwork(
      List<BeaconNode> beaconNodes, List<ExecutionNode> executionNodes) {
    try {
      NetworkCheck.Network network = NetworkCheck.require(beaconNodes, executionNodes);
      String detail =
          network.spec().name()
              + ", chain id "
              + Long.toUnsignedString(network.depositContract().chainId())
              + ", genesis at "
              + network.genesis().time();
      return network.unreachable().isEmpty()
          ? Finding.ok("same network", "all nodes", detail)
          : Finding.warning(
              "same network",
              "all nodes",
              detail
                  + "; not compared: "
                  + network.unreachable().stream().map(NodeException::endpoint).distinct().toList(),
              "See the findings of these nodes");
    } catch (NodeException failed) {
      return Finding.of(Finding.Severity.BLOCKER, "same network", failed);
    }
  }

  private ExecutionExamination.@Nullable Chain chain(List<BeaconNode> beaconNodes) {
    for (BeaconNode node : beaconNodes) {
      ExecutionExamination.Chain chain = chain(node);
      if (chain != null) {
        return chain;
      }
    }
    return null;
  }

  private ExecutionExamination.@Nullable Chain chain(BeaconNode node) {
    try {
      ChainSpec spec = node.spec();
      return new ExecutionExamination.Chain(
          spec, SlotClock.of(spec, node.genesis(), time), headPayload(node, spec));
    } catch (NodeException unreachable) {
      // Already among the findings of that node.
      return null;
    }
  }

  private static Optional<BlockHash> headPayload(BeaconNode node, ChainSpec spec) {
    try {
      Optional<BeaconBlock> head = node.block(BlockId.head());
      return head.map(
          block ->
              SignedBlockView.of(BlockSchemas.of(spec), block.fork(), block.ssz())
                  .payload()
                  .blockHash());
    } catch (AurigaException unusable) {
      // Already among the findings of that node.
      return Optional.empty();
    }
  }
}
