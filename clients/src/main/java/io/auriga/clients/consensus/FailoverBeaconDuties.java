package io.auriga.clients.consensus;

import io.auriga.clients.Failover;
import io.auriga.types.Epoch;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The duties as the first of several consensus clients that knows them says. */
public final class FailoverBeaconDuties implements BeaconDuties {
  private final Failover<BeaconDuties> failover;

  public FailoverBeaconDuties(List<BeaconDuties> nodes) {
    this.failover = new Failover<>(nodes, BeaconDuties::name, InstantSource.system());
  }

  @Override
  public String name() {
    return failover.name();
  }

  @Override
  public Optional<List<ProposerDuty>> proposers(Epoch epoch) {
    return failover.find("read who proposes in epoch " + epoch, node -> node.proposers(epoch));
  }

  @Override
  public Optional<List<Validator>> changing() {
    return failover.find("read the validators that come and go", BeaconDuties::changing);
  }
}
