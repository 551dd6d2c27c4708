package io.auriga.sync.relay;

/**
 * Is told of calls after they are over, on a thread of its own. It may take its time and may fail:
 * the calls do not notice, but what comes meanwhile may be lost, which is counted.
 */
public interface RelayObserver {
  /** One call to one execution client is over. */
  void relayed(RelayedCall call);
}
