package io.auriga.validators;

import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.validators.accounting.DutyAccounting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells accounting, once an epoch, what blocks do not say: who comes and goes, whose turn it is to
 * propose, and who sits in a new sync committee. For one thread.
 */
final class DutyOutlook {
  private static final Logger LOG = LoggerFactory.getLogger(DutyOutlook.class);

  /** A state of epoch e is right up to e + 4: plans are made that far ahead. */
  private static final int RIGHT_FOR_EPOCHS = 4;

  private final ChainSpec spec;
  private final long epochsPerPeriod;
  private final BeaconStates states;
  private final BeaconDuties duties;
  private long told;
  private long right;
  private long period;

  DutyOutlook(ChainSpec spec, BeaconStates states, BeaconDuties duties) {
    this.spec = spec;
    this.epochsPerPeriod = spec.number("EPOCHS_PER_SYNC_COMMITTEE_PERIOD");
    this.states = states;
    this.duties = duties;
  }

  /** A state of this epoch was begun with: it knows this period's committee and the next one's. */
  void begun(Epoch epoch) {
    told = epoch.value();
    right = epoch.value();
    period = epoch.value() / epochsPerPeriod + 1;
  }

  /** Whether the active set may be wrong by now. */
  boolean isOutdated() {
    return told - right > RIGHT_FOR_EPOCHS;
  }

  /** To be called before the first block of an epoch is counted, and does nothing at others. */
  void reached(DutyAccounting accounting, Epoch epoch) {
    if (epoch.value() <= told) {
      return;
    }
    told = epoch.value();
    tell("the validators that come and go", () -> changing(accounting, epoch));
    tell("the proposers", () -> proposers(accounting, epoch));
    if (epoch.value() / epochsPerPeriod > period) {
      tell("the sync committee", () -> committee(accounting, epoch));
    }
  }

  private static void tell(String what, Runnable telling) {
    try {
      telling.run();
    } catch (NodeException unanswered) {
      LOG.atDebug()
          .addKeyValue("code", unanswered.code())
          .addKeyValue("problem", unanswered.getMessage())
          .log("No node names " + what);
    }
  }

  private void changing(DutyAccounting accounting, Epoch epoch) {
    duties
        .changing()
        .ifPresent(
            changing -> {
              accounting.validators().forgetPlans(epoch);
              for (Validator one : changing) {
                accounting
                    .validators()
                    .set(
                        Math.toIntExact(one.index().value()),
                        one.life().activation(),
                        one.life().exit());
              }
              accounting.validatorsChanged();
              right = epoch.value();
            });
  }

  private void proposers(DutyAccounting accounting, Epoch epoch) {
    duties.proposers(epoch).ifPresent(named -> accounting.proposers(epoch, named));
    if (spec.forks().forkAt(epoch).isAtLeast(ForkName.FULU)) {
      // Decided an epoch ahead; before, they could still change.
      Epoch next = new Epoch(epoch.value() + 1);
      duties.proposers(next).ifPresent(named -> accounting.proposers(next, named));
    }
  }

  private void committee(DutyAccounting accounting, Epoch epoch) {
    states
        .syncCommittee(StateId.head())
        .ifPresent(
            answer -> {
              accounting.syncCommittee(
                  epoch,
                  answer.data().stream().mapToInt(seat -> Math.toIntExact(seat.value())).toArray());
              period = epoch.value() / epochsPerPeriod;
            });
  }
}
