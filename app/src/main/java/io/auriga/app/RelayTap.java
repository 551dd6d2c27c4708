package io.auriga.app;

import io.auriga.sync.relay.RelayObserver;
import io.auriga.sync.relay.RelayedCall;

/** Hands on what the relay passes to an observer that there is only later: the relay is first. */
final class RelayTap implements RelayObserver {
  private volatile RelayObserver to = call -> {};

  void to(RelayObserver observer) {
    to = observer;
  }

  @Override
  public void relayed(RelayedCall call) {
    to.relayed(call);
  }
}
