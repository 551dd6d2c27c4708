package io.auriga.withdrawals.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.ScheduledExit;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The exits of the generated chain, and the exit queue of each of its states. */
class GeneratedExitsTest {
  private static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));
  private static final ChainSpec SPEC = CHAIN.spec();
  private static final StateSchemas SCHEMAS = StateSchemas.of(SPEC);

  private static BeaconStateView view(RecordedState state) {
    return BeaconStateView.of(SCHEMAS, state.fork(), state.ssz());
  }

  /** A block in which one validator asked to leave, and nothing else entered the queue. */
  @Test
  void givesTheEpochsThatTheChainGave() {
    int exits = 0;
    for (RecordedBlock block : CHAIN.timeline().blocks()) {
      BeaconStateView met =
          view(
              CHAIN
                  .states()
                  .before(block.root())
                  .or(() -> CHAIN.states().after(block.parentRoot()))
                  .orElseThrow());
      BeaconStateView left = view(CHAIN.states().after(block.root()).orElseThrow());
      List<Integer> leaving = new ArrayList<>();
      for (int i = 0; i < met.validatorCount(); i++) {
        if (met.exitEpoch(i) != left.exitEpoch(i) && !left.isSlashed(i)) {
          leaving.add(i);
        }
      }
      boolean asked =
          left.partialCount() > 0
              && (met.partialCount() == 0
                  || left.partialWithdrawableEpoch(left.partialCount() - 1)
                      != met.partialWithdrawableEpoch(met.partialCount() - 1));
      if (leaving.size() == 1 && !asked) {
        ExitRules rules = ExitRules.of(SPEC, met.fork());
        Epoch now = SPEC.epochOf(block.slot());
        int validator = leaving.getFirst();
        Epoch exit =
            ExitQueue.of(rules, met, now)
                .enter(rules.weight(met.effectiveBalance(validator)), now)
                .exit();
        assertThat(exit.value()).as("%s", block).isEqualTo(left.exitEpoch(validator));
        assertThat(rules.withdrawable(exit).value())
            .as("%s", block)
            .isEqualTo(left.withdrawableEpoch(validator));
        exits++;
      }
    }
    assertThat(exits).isGreaterThanOrEqualTo(3);
  }

  /** What a node would list of each state holds what the state itself says. */
  @Test
  void findsTheTrueQueueInTheListsOfEveryState() {
    int states = 0;
    for (RecordedState recorded : CHAIN.states().all()) {
      BeaconStateView state = view(recorded);
      ExitRules rules = ExitRules.of(SPEC, state.fork());
      Epoch now = SPEC.epochOf(state.slot());
      List<ScheduledExit> exits = new ArrayList<>();
      long active = 0;
      for (int i = 0; i < state.validatorCount(); i++) {
        Epoch exit = new Epoch(state.exitEpoch(i));
        if (now.compareTo(exit) < 0
            && Long.compareUnsigned(state.activationEpoch(i), now.value()) <= 0) {
          active += rules.weight(state.effectiveBalance(i));
          if (exit.isScheduled()) {
            exits.add(
                new ScheduledExit(
                    new ValidatorIndex(i), new Gwei(state.effectiveBalance(i)), exit));
          }
        }
      }
      List<PendingPartials.Entry> partials = new ArrayList<>();
      for (int i = 0; i < state.partialCount(); i++) {
        partials.add(
            new PendingPartials.Entry(
                new ValidatorIndex(state.partialValidatorIndex(i)),
                new Gwei(state.partialAmount(i)),
                new Epoch(state.partialWithdrawableEpoch(i))));
      }
      ExitWindow window =
          ExitLists.window(
              rules,
              exits,
              Set.of(),
              partials,
              new ExitLists.Active(active, active),
              SPEC.forks().epochOf(ForkName.ELECTRA).orElseThrow(),
              now);
      long weight = rules.weight(32_000_000_000L);
      assertThat(ExitQueue.of(rules, state, now).enter(weight, now).exit())
          .as("%s", recorded)
          .isBetween(window.enter(weight).exit().soonest(), window.enter(weight).exit().latest());
      states++;
    }
    assertThat(states).isGreaterThan(100);
  }
}
