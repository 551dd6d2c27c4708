package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.HttpExecutionNode;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.testkit.fault.FaultProxy;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The product's own clients against the replay nodes: both sides must mean the same. */
class ReplayWithClientsTest {
  private final Recording recording = Recordings.bundled();
  private final SteppedClock clock = new SteppedClock(recording.end());

  @ParameterizedTest
  @EnumSource(BeaconQuirks.Ssz.class)
  void everyBlockArrivesByteForByteInWhateverForm(BeaconQuirks.Ssz ssz) {
    try (ReplayBeaconNode node =
            new ReplayBeaconNode(recording, clock, BeaconQuirks.NONE.withSsz(ssz), 0);
        HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(node.uri()))) {
      HttpBeaconNode client = new HttpBeaconNode(endpoint);

      for (RecordedBlock block : recording.timeline().blocks()) {
        assertThat(client.block(BlockId.of(block.root())).orElseThrow().ssz())
            .isEqualTo(block.ssz());
        assertThat(client.header(BlockId.of(block.root())).orElseThrow().parentRoot())
            .isEqualTo(block.parentRoot());
      }
      assertThat(client.block(BlockId.of(new Slot(9_999)))).isEmpty();
      assertThat(client.genesis()).isEqualTo(recording.genesis());
      assertThat(client.finality().finalized())
          .isEqualTo(recording.timeline().at(clock.instant()).checkpoints().finalized());
    }
  }

  @Test
  void everyExecutionBlockHashesToItsHash() {
    try (ReplayExecutionNode node = new ReplayExecutionNode(recording, clock, 0);
        HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(node.uri()))) {
      HttpExecutionNode client = new HttpExecutionNode(endpoint);

      for (RecordedBlock block : recording.timeline().blocks()) {
        ExecutionBlock served = client.block(block.blockHash()).orElseThrow();
        assertThat(served.header().hash()).isEqualTo(block.blockHash());
      }
      assertThat(client.chainId()).isEqualTo(recording.spec().chainId());
      assertThat(client.block(BlockTag.latest()).orElseThrow().claimedHash())
          .isEqualTo(recording.timeline().at(clock.instant()).head().orElseThrow().blockHash());
    }
  }

  @Test
  void theClientHearsEventsAndReturnsAfterACut() throws Exception {
    SteppedClock time = new SteppedClock(recording.startOf(new Slot(20)));
    List<BeaconEvent> seen = new CopyOnWriteArrayList<>();
    try (ReplayBeaconNode node = new ReplayBeaconNode(recording, time, BeaconQuirks.NONE, 0);
        FaultProxy proxy = FaultProxy.before(node.uri());
        HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(proxy.uri()));
        var _ = new HttpBeaconNode(endpoint).events(Topic.CHAIN, seen::add)) {
      awaitCount(seen, BeaconEvent.Connected.class, 1);
      time.advanceTo(recording.startOf(new Slot(30)));
      awaitCount(seen, BeaconEvent.Head.class, 5);
      awaitCount(seen, BeaconEvent.ChainReorg.class, 1);

      proxy.cutAll();
      awaitCount(seen, BeaconEvent.Disconnected.class, 1);
      awaitCount(seen, BeaconEvent.Connected.class, 2);
      int before = count(seen, BeaconEvent.Block.class);
      time.advanceTo(recording.startOf(new Slot(40)));

      awaitCount(seen, BeaconEvent.Block.class, before + 5);
    }
  }

  private static void awaitCount(
      List<BeaconEvent> seen, Class<? extends BeaconEvent> kind, int atLeast) {
    Awaitility.await(kind.getSimpleName())
        .atMost(Duration.ofMinutes(1))
        .until(() -> count(seen, kind) >= atLeast);
  }

  private static int count(List<BeaconEvent> seen, Class<? extends BeaconEvent> kind) {
    return (int) seen.stream().filter(kind::isInstance).count();
  }
}
