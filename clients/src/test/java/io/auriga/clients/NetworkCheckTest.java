package io.auriga.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.clients.consensus.DepositContract;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCheckTest {
  private final FakeBeaconNode beaconA = new FakeBeaconNode("beacon A");
  private final FakeBeaconNode beaconB = new FakeBeaconNode("beacon B");
  private final FakeExecutionNode executionC = new FakeExecutionNode("execution C");
  private final FakeExecutionNode executionD = new FakeExecutionNode("execution D");

  private NetworkCheck.Network require() {
    return NetworkCheck.require(List.of(beaconA, beaconB), List.of(executionC, executionD));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::require)
        .isInstanceOfSatisfying(
            NodeException.class,
            refused -> assertThat(refused.error()).isEqualTo(ClientError.WRONG_NETWORK))
        .hasMessageContainingAll(parts);
  }

  @Test
  void takesNodesOfOneNetwork() {
    NetworkCheck.Network network = require();
    assertThat(network.depositContract().chainId()).isEqualTo(1);
    assertThat(network.unreachable()).isEmpty();
  }

  @Test
  void refusesAnExecutionNodeOfAnotherNetworkNamingBothValues() {
    executionD.chainId = 11155111;
    assertRefused("chain id of beacon A is 1", "that of execution D is 11155111");
  }

  @Test
  void refusesAnotherGenesis() {
    Genesis other = ChainSpec.builtInGenesis("sepolia").orElseThrow();
    beaconB.genesis = other;
    assertRefused("genesis of beacon A is", "that of beacon B is", other.time().toString());
  }

  @Test
  void refusesAnotherDepositContract() {
    beaconB.depositContract =
        new DepositContract(1, ChainSpec.builtIn("sepolia").depositContract());
    assertRefused(
        "deposit contract",
        "0x00000000219ab540356cbb839cbe05303d7705fa",
        "0x7f02c3e3c98b133055b8b348b2ac625669ed295d");
  }

  @Test
  void refusesANodeThatContradictsItself() {
    beaconA.depositContract = new DepositContract(5, beaconA.spec.depositContract());
    beaconB.depositContract = beaconA.depositContract;
    assertRefused("chain id of beacon A is 5", "beacon A (its specification) is 1");
  }

  @Test
  void reportsANodeThatCannotBeCompared() {
    beaconB.failure = ClientError.UNREACHABLE;
    executionC.failure = ClientError.TIMEOUT;
    assertThat(require().unreachable())
        .extracting(NodeException::endpoint)
        .containsExactly("beacon B", "execution C");
  }

  @Test
  void needsOneNodeOfEachSide() {
    executionC.failure = ClientError.TIMEOUT;
    executionD.failure = ClientError.UNREACHABLE;
    assertThatThrownBy(this::require)
        .hasMessageContaining("from execution C, execution D")
        .isInstanceOfSatisfying(
            NodeException.class,
            all -> assertThat(all.error()).isEqualTo(ClientError.ALL_NODES_FAILED));
    beaconA.failure = ClientError.TIMEOUT;
    beaconB.failure = ClientError.TIMEOUT;
    assertThatThrownBy(this::require).hasMessageContaining("from beacon A, beacon B");
  }

  @Test
  void goesOnWithoutANodeWhoseSpecificationHasNoUsableChainId() {
    beaconB.spec = ChainSpec.of(java.util.Map.of("DEPOSIT_CHAIN_ID", "one"));
    assertThat(require().unreachable())
        .extracting(NodeException::endpoint)
        .containsExactly("beacon B");
  }

  @Test
  void namesALargeChainIdAsTheNumberItIs() {
    executionD.chainId = -1;
    assertRefused("that of execution D is 18446744073709551615");
  }
}
