package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimelineTest {
  private final Recording recording = Recordings.bundled();
  private final Timeline timeline = recording.timeline();

  @Test
  void knowsNothingBeforeTheFirstEvent() {
    NodeState state = timeline.at(Instant.EPOCH);

    assertThat(state.head()).isEmpty();
    assertThat(state.canonical()).isEmpty();
    assertThat(state.knownWhere(block -> true)).isEmpty();
    assertThat(state.checkpoints()).isEqualTo(Checkpoints.GENESIS);
  }

  @Test
  void knowsExactlyTheBlocksThatWereAnnounced() {
    Set<String> announced = new HashSet<>();
    for (int count = 1; count <= timeline.events().size(); count++) {
      TimedEvent event = timeline.events().get(count - 1);
      if (event.topic().equals("block")) {
        announced.add(JsonMapper.shared().readTree(event.data()).path("block").asString());
      }
      Set<String> known = new HashSet<>();
      timeline.after(count).knownWhere(b -> true).forEach(b -> known.add(b.root().toHex()));

      assertThat(known).isEqualTo(announced);
    }
    assertThat(announced).hasSize(127);
  }

  @Test
  void anEventHappensAtItsTimeAndNotBefore() {
    Instant at = timeline.events().get(1).at();

    assertThat(timeline.countUntil(at.minusNanos(1))).isEqualTo(1);
    assertThat(timeline.countUntil(at)).isEqualTo(2);
  }

  @Test
  void theCanonicalChainIsTheHeadsAncestry() {
    for (int count = 0; count <= timeline.events().size(); count += 7) {
      NodeState state = timeline.after(count);
      RecordedBlock child = null;
      for (RecordedBlock block : state.canonical().reversed()) {
        if (child != null) {
          assertThat(child.parentRoot()).isEqualTo(block.root());
        }
        assertThat(state.canonicalAt(block.slot())).contains(block);
        assertThat(state.canonicalAt(block.number())).contains(block);
        child = block;
      }
    }
  }

  @Test
  void aReorgReplacesWhatWasCanonical() {
    int reorg = 0;
    while (!timeline.events().get(reorg).topic().equals("chain_reorg")) {
      reorg++;
    }
    JsonNode data = JsonMapper.shared().readTree(timeline.events().get(reorg).data());
    NodeState after = timeline.at(timeline.events().get(reorg).at().plusSeconds(1));
    RecordedBlock orphan =
        after
            .knownWhere(b -> b.root().toHex().equals(data.path("old_head_block").asString()))
            .getFirst();

    assertThat(after.isCanonical(orphan)).isFalse();
    assertThat(after.canonicalAt(orphan.slot())).isNotEqualTo(Optional.of(orphan));
  }

  @Test
  void finalityIsThatOfTheLastChange() {
    NodeState last = timeline.after(timeline.events().size());

    assertThat(last.checkpoints().finalized().epoch()).isGreaterThan(new Epoch(0));
    RecordedBlock finalized = last.finalized().orElseThrow();
    assertThat(last.isFinal(finalized)).isTrue();
    assertThat(last.isFinal(last.head().orElseThrow())).isFalse();
    assertThat(last.head().orElseThrow().slot()).isEqualTo(new Slot(136));
  }
}
