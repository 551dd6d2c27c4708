package io.auriga.clients;

import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.DepositContract;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import io.auriga.types.UInt64;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a mix of networks: the genesis, the chain id and the deposit contract of every node on
 * both sides must be equal. Asks the single nodes, not several behind one face.
 */
public final class NetworkCheck {
  private static final String ASKED = "read one and the same network";

  /**
   * What all nodes agree on.
   *
   * @param unreachable why some nodes could not be compared; to be compared before they are used
   */
  public record Network(
      Genesis genesis,
      ChainSpec spec,
      DepositContract depositContract,
      List<NodeException> unreachable) {
    public Network {
      unreachable = List.copyOf(unreachable);
    }
  }

  /** The first node seen to say something, and what it says. */
  private record Claim<T>(String node, T value) {}

  private final List<NodeException> unreachable = new ArrayList<>();
  private @Nullable Claim<Genesis> genesis;
  private @Nullable Claim<DepositContract> depositContract;
  private @Nullable Claim<String> chainId;
  private @Nullable ChainSpec spec;

  private NetworkCheck() {}

  /**
   * Compares all nodes that answer.
   *
   * @throws NodeException {@code AUR-CLIENT-WRONG-NETWORK} naming both values and both nodes;
   *     {@code AUR-CLIENT-ALL-NODES-FAILED} or the failure itself if no node of one side answers
   */
  public static Network require(List<BeaconNode> beaconNodes, List<ExecutionNode> executionNodes) {
    return new NetworkCheck().compare(beaconNodes, executionNodes);
  }

  private Network compare(List<BeaconNode> beaconNodes, List<ExecutionNode> executionNodes) {
    int answered = 0;
    for (BeaconNode node : beaconNodes) {
      answered += answers(() -> beacon(node)) ? 1 : 0;
    }
    requireSome(answered, "consensus", beaconNodes.stream().map(BeaconNode::name).toList());
    answered = 0;
    for (ExecutionNode node : executionNodes) {
      answered += answers(() -> execution(node)) ? 1 : 0;
    }
    if (!executionNodes.isEmpty()) {
      requireSome(answered, "execution", executionNodes.stream().map(ExecutionNode::name).toList());
    }
    return new Network(
        Objects.requireNonNull(genesis).value(),
        Objects.requireNonNull(spec),
        Objects.requireNonNull(depositContract).value(),
        unreachable);
  }

  private boolean answers(Runnable comparison) {
    try {
      comparison.run();
      return true;
    } catch (NodeException failed) {
      if (failed.error() == ClientError.WRONG_NETWORK
          || failed.error() == ClientError.INTERRUPTED) {
        throw failed;
      }
      unreachable.add(failed);
      return false;
    }
  }

  private void requireSome(int answered, String side, List<String> names) {
    if (answered > 0) {
      return;
    }
    List<NodeException> failures =
        unreachable.stream().filter(failure -> names.contains(failure.endpoint())).toList();
    if (failures.size() == 1) {
      throw failures.getFirst();
    }
    throw new NodeException(
        ClientError.ALL_NODES_FAILED,
        names.isEmpty() ? "nowhere" : String.join(", ", names),
        "learn the network",
        names.isEmpty()
            ? "no " + side + " node is configured"
            : failures.stream().map(NodeException::getMessage).collect(Collectors.joining("; ")));
  }

  private void beacon(BeaconNode node) {
    // All questions first: a node that fails half-way must leave no claim behind.
    Genesis itsGenesis = node.genesis();
    DepositContract itsContract = node.depositContract();
    ChainSpec itsSpec = node.spec();
    Optional<String> itsChainId = chainId(node, itsSpec);
    genesis = same("genesis", genesis, node.name(), itsGenesis);
    chainId = same("chain id", chainId, node.name(), UInt64.toDecimal(itsContract.chainId()));
    if (itsChainId.isPresent()) {
      chainId = same("chain id", chainId, node.name() + " (its specification)", itsChainId.get());
    }
    depositContract = same("deposit contract", depositContract, node.name(), itsContract);
    if (spec == null) {
      spec = itsSpec;
    }
  }

  private static Optional<String> chainId(BeaconNode node, ChainSpec spec) {
    if (!spec.has("DEPOSIT_CHAIN_ID")) {
      return Optional.empty();
    }
    try {
      return Optional.of(UInt64.toDecimal(spec.chainId()));
    } catch (AurigaException unusable) {
      throw new NodeException(
          ClientError.MALFORMED,
          node.name(),
          ASKED,
          String.valueOf(unusable.getMessage()),
          unusable);
    }
  }

  private void execution(ExecutionNode node) {
    chainId = same("chain id", chainId, node.name(), UInt64.toDecimal(node.chainId()));
  }

  private static <T> Claim<T> same(String what, @Nullable Claim<T> known, String node, T value) {
    if (known == null) {
      return new Claim<>(node, value);
    }
    if (!known.value().equals(value)) {
      throw new NodeException(
          ClientError.WRONG_NETWORK,
          known.node() + " and " + node,
          ASKED,
          "the "
              + what
              + " of "
              + known.node()
              + " is "
              + known.value()
              + ", that of "
              + node
              + " is "
              + value);
    }
    return known;
  }
}
