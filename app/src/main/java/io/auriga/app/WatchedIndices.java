package io.auriga.app;

import io.auriga.validators.watched.Watched;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Whether a validator is watched now, fast enough to be asked for every vote of a network. For one
 * thread.
 */
final class WatchedIndices implements IntPredicate {
  /** Far beyond every network: a node that lies must not make us reserve room for more. */
  private static final int INDICES_MAX = 1 << 24;

  private final Supplier<Watched> watched;
  private Watched known = Watched.NOBODY;
  private BitSet indices = new BitSet();

  WatchedIndices(Supplier<Watched> watched) {
    this.watched = watched;
  }

  @Override
  public boolean test(int validator) {
    Watched now = watched.get();
    if (now != known) {
      BitSet fresh = new BitSet();
      for (int index : now.indicesOf(Watched.ALL)) {
        if (index < INDICES_MAX) {
          fresh.set(index);
        }
      }
      indices = fresh;
      known = now;
    }
    return validator >= 0 && indices.get(validator);
  }
}
