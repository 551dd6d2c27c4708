package io.auriga.validators.accounting;

import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.Committee;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.committee.CommitteeList;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import java.util.List;

/**
 * Compares committees that were computed from a state with those that a node lists. Once is enough:
 * from then on a wrong active set shows in bits that are not as many as the members.
 */
public final class CommitteeCheck {
  private final ChainSpec spec;
  private final BeaconStates states;

  public CommitteeCheck(ChainSpec spec, BeaconStates states) {
    this.spec = spec;
    this.states = states;
  }

  /**
   * Compares those of the first epoch; where no node lists any, there is nothing to compare.
   *
   * @param state the one that the accounting began with
   * @throws AurigaException {@link AccountingError#COMMITTEES_DIFFER}
   */
  public void check(DutyAccounting accounting, StateId state) {
    Epoch epoch = accounting.firstEpoch();
    List<Committee> listed;
    try {
      listed = states.committees(state, epoch).map(StateAnswer::data).orElse(List.of());
    } catch (NodeException unanswered) {
      return;
    }
    if (listed.isEmpty()) {
      return;
    }
    CommitteeList list = new CommitteeList(spec, epoch);
    listed.forEach(one -> list.add(one.slot(), one.index(), one.validators()));
    if (!list.toCommittees().hasPlacesOf(accounting.committees(epoch))) {
      throw new AurigaException(
          AccountingError.COMMITTEES_DIFFER,
          "take the committees of epoch " + epoch + " from " + states.name(),
          "they are not those that follow from its state");
    }
  }
}
