package io.auriga.app;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.types.AurigaException;
import java.util.List;

/** Several listeners behind one, called in order. */
record FollowerListeners(List<FollowerListener> all) implements FollowerListener {
  FollowerListeners {
    all = List.copyOf(all);
  }

  @Override
  public void committed(ChainUpdate update) {
    all.forEach(listener -> listener.committed(update));
  }

  @Override
  public void stateChanged(FollowerSnapshot snapshot) {
    all.forEach(listener -> listener.stateChanged(snapshot));
  }

  @Override
  public void refused(AurigaException failure) {
    all.forEach(listener -> listener.refused(failure));
  }

  @Override
  public void headWentBack(BlockRef from, BlockRef to) {
    all.forEach(listener -> listener.headWentBack(from, to));
  }
}
