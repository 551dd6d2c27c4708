package io.auriga.crypto.committee;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.Epoch;
import java.util.Arrays;

/** Who has duties in an epoch ({@code get_active_validator_indices}, phase0). */
public final class ActiveValidators {
  private ActiveValidators() {}

  /**
   * The validators that a state knows to be active in {@code epoch}, ascending. Right for the epoch
   * of the state and the {@code MAX_SEED_LOOKAHEAD} ones behind it: who comes or goes has been
   * given an epoch by then.
   */
  public static int[] of(BeaconStateView state, Epoch epoch) {
    int[] active = new int[state.validatorCount()];
    int count = 0;
    for (int i = 0; i < active.length; i++) {
      if (Long.compareUnsigned(state.activationEpoch(i), epoch.value()) <= 0
          && Long.compareUnsigned(epoch.value(), state.exitEpoch(i)) < 0) {
        active[count++] = i;
      }
    }
    return Arrays.copyOf(active, count);
  }
}
