package io.auriga.clients.consensus;

import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Epoch;
import java.util.List;
import java.util.Optional;

/** {@link BeaconDuties} over the Beacon API. */
public final class HttpBeaconDuties implements BeaconDuties {
  /** No network has longer epochs. */
  private static final int SLOTS_MAX = 1_024;

  /** More than have ever waited at once; some 60 MB of answer, read piece by piece. */
  private static final int CHANGING_MAX = 1 << 17;

  private static final String CHANGING =
      BeaconRoutes.STATES
          + "head/validators?status=pending_initialized&status=pending_queued"
          + "&status=active_exiting&status=active_slashed";

  private final HttpEndpoint endpoint;
  private final StreamedLists lists;

  public HttpBeaconDuties(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    this.lists = new StreamedLists(endpoint);
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  @Override
  public Optional<List<ProposerDuty>> proposers(Epoch epoch) {
    return HttpBeaconStates.find(
        endpoint,
        BeaconRoutes.PROPOSERS + epoch,
        "read who proposes in epoch " + epoch,
        parser -> StateJson.list(parser, SLOTS_MAX, StateJson::proposer).data());
  }

  @Override
  public Optional<List<Validator>> changing() {
    return lists
        .read(CHANGING, "read the validators that come and go", CHANGING_MAX, StateJson::validator)
        .map(StateAnswer::data);
  }
}
