package io.auriga.validators.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.Committee;
import io.auriga.clients.consensus.HttpBeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.StatesWithCommittees;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beside a replayed node, which computes its committees one member at a time. */
class CommitteeCheckTest {
  private static final StateId STATE = StateId.of(new Slot(75));

  private final RecordedChain chain = new RecordedChain();
  private final ReplayBeaconNode node =
      new ReplayBeaconNode(
          chain.recording, new SteppedClock(chain.recording.end()), BeaconQuirks.NONE, 0);
  private final HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(node.uri()));
  private final HttpBeaconStates honest = new HttpBeaconStates(endpoint);
  private final DutyAccounting accounting = begin();

  private DutyAccounting begin() {
    RecordedBlock block =
        chain.canonical().stream().filter(b -> b.slot().value() == 75).findFirst().orElseThrow();
    BlockRef ref = new BlockRef(block.slot(), block.root());
    return new DutyAccounting(
        Beginning.of(chain.spec, chain.stateAfter(block.root()), ref), _ -> {});
  }

  @AfterEach
  void stopNode() {
    endpoint.close();
    node.close();
  }

  private static StatesWithCommittees listing(List<Committee> committees) {
    StatesWithCommittees states = new StatesWithCommittees();
    states.committees.addAll(committees);
    states.absent = committees.isEmpty();
    return states;
  }

  @Test
  void agreesWithTheNode() {
    new CommitteeCheck(chain.spec, honest).check(accounting, STATE);
    List<Committee> listed = honest.committees(STATE, new Epoch(10)).orElseThrow().data();
    assertThat(listed).hasSize(8).allMatch(committee -> committee.validators().length > 0);
    assertThat(honest.committees(STATE, new Epoch(12))).as("too far ahead").isEmpty();
  }

  @Test
  void refusesANodeThatListsOtherCommittees() {
    List<Committee> lie = new ArrayList<>(honest.committees(STATE, new Epoch(10)).get().data());
    Committee first = lie.getFirst();
    int[] turned = first.validators().clone();
    turned[0] = first.validators()[1];
    turned[1] = first.validators()[0];
    lie.set(0, new Committee(first.slot(), first.index(), turned));
    assertRefused(lie, "AUR-DUTIES-COMMITTEES");
    assertRefused(lie.subList(0, 7), "AUR-CRYPTO-COMMITTEES-SUM");
  }

  private void assertRefused(List<Committee> committees, String code) {
    CommitteeCheck check = new CommitteeCheck(chain.spec, listing(committees));
    assertThatThrownBy(() -> check.check(accounting, STATE))
        .isInstanceOfSatisfying(AurigaException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void hasNothingToCompareWhereNobodyListsAny() {
    new CommitteeCheck(chain.spec, listing(List.of())).check(accounting, STATE);
    endpoint.close();
    new CommitteeCheck(chain.spec, honest).check(accounting, STATE);
  }
}
