package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.ScheduledExit;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.exit.ExitLists;
import io.auriga.withdrawals.exit.ExitRules;
import io.auriga.withdrawals.exit.ExitWindow;
import java.util.List;

/** Asks a node for what the exit queue is made of: three lists and a sample of validators. */
final class ExitQuestions {
  private final BeaconStates states;
  private final ChainSpec spec;

  ExitQuestions(BeaconStates states, ChainSpec spec) {
    this.states = states;
    this.spec = spec;
  }

  /**
   * The queue for one that asks in the next block.
   *
   * @param count of all validators
   * @throws AurigaException {@code AUR-WITHDRAWALS-NO-EXIT-QUEUE} if no node lists what is needed
   */
  ExitWindow ask(Slot head, int count) {
    Slot next = head.next();
    Epoch now = spec.epochOf(next);
    ExitRules rules = ExitRules.of(spec, spec.forkAt(next));
    StateId state = StateId.head();
    List<ScheduledExit> exits =
        states
            .scheduledExits(state)
            .map(StateAnswer::data)
            .orElseThrow(() -> unknown("the beacon node lists no validators by status"));
    List<ValidatorIndex> consolidating = List.of();
    List<PendingPartials.Entry> partials = List.of();
    if (rules.byBalance()) {
      consolidating =
          states
              .consolidationSources(state)
              .map(StateAnswer::data)
              .orElseThrow(() -> unknown("the beacon node does not list pending consolidations"));
      partials =
          switch (states.pendingPartialWithdrawals(state)) {
            case PendingPartials.Listed listed -> listed.entries();
            case PendingPartials.Unavailable(String reason) -> throw unknown(reason);
          };
    }
    return ExitLists.window(
        rules,
        exits,
        consolidating,
        partials,
        ExitLists.Active.of(rules, Forecaster.spread(states, count), count, now),
        spec.forks().epochOf(ForkName.ELECTRA).orElse(new Epoch(0)),
        now);
  }

  private static AurigaException unknown(String problem) {
    return new AurigaException(
        WithdrawalError.NO_EXIT_QUEUE, "find the end of the exit queue", problem);
  }
}
