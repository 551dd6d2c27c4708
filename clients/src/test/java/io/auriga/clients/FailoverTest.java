package io.auriga.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.execution.BlockAnswer;
import io.auriga.clients.execution.FailoverExecutionNode;
import io.auriga.types.BlockHash;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailoverTest {
  private final FakeBeaconNode first = new FakeBeaconNode("first");
  private final FakeBeaconNode second = new FakeBeaconNode("second");
  private Instant now = Instant.EPOCH;
  private final FailoverBeaconNode both = new FailoverBeaconNode(List.of(first, second), () -> now);
  private final List<BeaconEvent> heard = new ArrayList<>();

  @Test
  void asksTheNextNodeWhenTheFirstFailsAndRemembersIt() {
    first.failure = ClientError.TIMEOUT;
    both.finality();
    both.finality();
    assertThat(first.asked).isEqualTo(1);
    assertThat(second.asked).isEqualTo(2);

    first.failure = null;
    now = now.plusSeconds(60);
    both.finality();
    assertThat(first.asked).isEqualTo(2);
    assertThat(second.asked).isEqualTo(2);
  }

  @Test
  void asksANodeThatFailedLatelyRatherThanNobody() {
    first.failure = ClientError.TIMEOUT;
    both.finality();
    first.failure = null;
    second.failure = ClientError.UNREACHABLE;
    assertThat(both.finality()).isEqualTo(first.finality);
  }

  @Test
  void listsEveryFailureWhenAllFail() {
    first.failure = ClientError.TIMEOUT;
    second.failure = ClientError.UNREACHABLE;
    assertThatThrownBy(both::finality)
        .isInstanceOfSatisfying(
            NodeException.class,
            all -> assertThat(all.error()).isEqualTo(ClientError.ALL_NODES_FAILED))
        .hasMessageContaining("Cannot read the finality checkpoints from first, second")
        .hasMessageContaining("AUR-CLIENT-TIMEOUT")
        .hasMessageContaining("AUR-CLIENT-UNREACHABLE");
  }

  @Test
  void throwsTheFailureItselfWhereThereIsOneNode() {
    first.failure = ClientError.TIMEOUT;
    assertThatThrownBy(new FailoverBeaconNode(List.of(first))::finality)
        .hasMessageStartingWith("Cannot read the finality checkpoints from first: ");
  }

  @Test
  void asksNobodyElseWhenTheProcessIsStopping() {
    first.failure = ClientError.INTERRUPTED;
    assertThatThrownBy(both::finality).isInstanceOf(NodeException.class);
    assertThat(second.asked).isZero();
  }

  @Test
  void looksForABlockByRootAtEveryNode() {
    first.knowsBlocks = false;
    assertThat(both.block(BlockId.of(Root.ZERO))).isPresent();
    second.knowsBlocks = false;
    assertThat(both.block(BlockId.of(Root.ZERO))).isEmpty();
    second.failure = ClientError.TIMEOUT;
    assertThat(both.block(BlockId.of(Root.ZERO))).isEmpty();
    first.failure = ClientError.TIMEOUT;
    assertThatThrownBy(() -> both.block(BlockId.of(Root.ZERO))).isInstanceOf(NodeException.class);
  }

  @Test
  void asksForWhatIsLargeOneNodeAfterAnotherOnTheCallersThread() {
    Failover<FakeBeaconNode> failover =
        new Failover<>(List.of(first, second), FakeBeaconNode::name, () -> now);
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      var _ =
          failover.find(
              "read it",
              _ -> {
                asking.add(Thread.currentThread());
                return Optional.of("it");
              });
    }
    assertThat(asking).hasSize(40).containsOnly(Thread.currentThread());
  }

  @Test
  void takesTheFirstAnswerForASlot() {
    first.knowsBlocks = false;
    assertThat(both.block(BlockId.of(new Slot(5)))).isEmpty();
    assertThat(second.asked).isZero();
  }

  private Subscription subscribe() {
    return both.events(Set.of(Topic.HEAD), heard::add);
  }

  @Test
  void hearsOneNodeAtATime() {
    try (Subscription _ = subscribe()) {
      first.connect();
      second.connect();
      BeaconEvent.Head fromFirst = first.head(10);
      second.head(10);
      assertThat(heard)
          .containsExactly(new BeaconEvent.Connected("first", Set.of(Topic.HEAD)), fromFirst);
    }
  }

  @Test
  void hearsTheNextNodeWhenTheFirstIsGoneAndReturnsToIt() {
    try (Subscription _ = subscribe()) {
      first.connect();
      second.connect();
      heard.clear();
      first.disconnect();
      BeaconEvent.Head fromSecond = second.head(11);
      first.connect();
      BeaconEvent.Head fromFirst = first.head(12);
      second.disconnect();
      assertThat(heard)
          .containsExactly(
              new BeaconEvent.Connected("second", Set.of(Topic.HEAD)),
              fromSecond,
              new BeaconEvent.Connected("first", Set.of(Topic.HEAD)),
              fromFirst);
    }
  }

  @Test
  void stopsHearingANodeWhoseHeadStandsStillAndAsksTheOtherFirst() {
    try (Subscription _ = subscribe()) {
      first.connect();
      second.connect();
      first.head(10);
      second.head(11);
      heard.clear();
      BeaconEvent.Head fromSecond = second.head(13);
      assertThat(heard)
          .containsExactly(new BeaconEvent.Connected("second", Set.of(Topic.HEAD)), fromSecond);
      both.finality();
      assertThat(first.asked).isZero();
      assertThat(second.asked).isEqualTo(1);
    }
  }

  @Test
  void saysThatNobodyIsLeft() {
    try (Subscription _ = subscribe()) {
      first.connect();
      heard.clear();
      first.disconnect();
      assertThat(heard)
          .containsExactly(new BeaconEvent.Disconnected("first", "the test wants it so"));
    }
  }

  @Test
  void closesTheStreamsOfAllNodes() {
    subscribe().close();
    assertThat(first.subscriptions() + second.subscriptions()).isZero();
  }

  @Test
  void asksAnotherExecutionNodeForWhatTheFirstLacks() {
    FakeExecutionNode one = new FakeExecutionNode("one");
    FakeExecutionNode two = new FakeExecutionNode("two");
    BlockHash hash = BlockHash.ZERO;
    NodeException pruned = new NodeException(ClientError.RPC_ERROR, "one", "read it", "pruned");
    one.answers.put(hash, new BlockAnswer.Failed(hash, pruned));
    FailoverExecutionNode either = new FailoverExecutionNode(List.of(one, two), () -> now);
    assertThat(either.blocks(List.of(hash))).containsExactly(new BlockAnswer.Unknown(hash));
    assertThat(either.block(hash)).isEmpty();

    two.failure = ClientError.TIMEOUT;
    assertThatThrownBy(() -> either.block(hash)).isSameAs(pruned);
    one.failure = ClientError.TIMEOUT;
    assertThatThrownBy(() -> either.block(hash)).hasMessageContaining("from one, two");
  }

  @Test
  void forgetsTheHeadOfANodeThatIsGoneHoweverFarItWas() {
    try (Subscription _ = subscribe()) {
      first.connect();
      second.connect();
      first.head(10);
      second.head(Long.MAX_VALUE);
      second.disconnect();
      heard.clear();
      BeaconEvent.Head fromFirst = first.head(11);
      assertThat(heard).containsExactly(fromFirst);
    }
  }
}
