package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;
import java.util.List;
import java.util.Optional;

/** Duties of a beacon node that count only once it was seen to be of the followed network. */
record VettedBeaconDuties(
    BeaconDuties duties, BeaconNode node, NetworkCheck.Network network, Vetting vetting)
    implements BeaconDuties {
  private BeaconDuties vetted() {
    vetting.requireNetwork(node, network);
    return duties;
  }

  @Override
  public String name() {
    return duties.name();
  }

  @Override
  public Optional<List<ProposerDuty>> proposers(Epoch epoch) {
    return vetted().proposers(epoch);
  }

  @Override
  public Optional<List<Validator>> changing() {
    return vetted().changing();
  }
}
