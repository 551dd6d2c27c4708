package io.auriga.chain;

import io.auriga.types.AurigaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a listener that throws, against its contract, from stopping the follower. */
final class GuardedListener implements FollowerListener {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private final FollowerListener listener;

  /** A listener that throws mostly goes on to: its first failure is shown, the rest are noted. */
  private volatile boolean told;

  GuardedListener(FollowerListener listener) {
    this.listener = listener;
  }

  @Override
  public void committed(ChainUpdate update) {
    guard("an update", () -> listener.committed(update));
  }

  @Override
  public void stateChanged(FollowerSnapshot snapshot) {
    guard("a state", () -> listener.stateChanged(snapshot));
  }

  @Override
  public void refused(AurigaException failure) {
    guard("a refusal", () -> listener.refused(failure));
  }

  @Override
  public void headWentBack(BlockRef from, BlockRef to) {
    guard("a head that went back", () -> listener.headWentBack(from, to));
  }

  private void guard(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      if (told) {
        LOG.debug("A listener failed again to hear of {}", what, failure);
      } else {
        told = true;
        LOG.error("A listener failed to hear of {}; further failures are not shown", what, failure);
      }
    }
  }
}
