package io.auriga.validators.accounting;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags counted from blocks beside those of a state, which the node's own state transition made.
 *
 * @param slot of the state
 * @param compared how many validators
 * @param different the first that differ, by index
 * @param differing how many do
 */
public record FlagCheck(Slot slot, int compared, List<Integer> different, int differing) {
  /** As many as help. */
  private static final int NAMED = 10;

  public FlagCheck {
    different = List.copyOf(different);
  }

  /**
   * @param state behind the last block that could have the epoch's attestations
   */
  static FlagCheck of(ChainSpec spec, EpochDuties duties, BeaconStateView state) {
    boolean isCurrent = spec.epochOf(state.slot()).equals(duties.epoch());
    byte[] theirs =
        state
            .fields()
            .field(isCurrent ? "current_epoch_participation" : "previous_epoch_participation")
            .toBytes();
    byte[] ours = duties.participation();
    List<Integer> different = new ArrayList<>();
    int differing = 0;
    int compared = Math.max(ours.length, theirs.length);
    for (int i = 0; i < compared; i++) {
      int one = i < ours.length ? ours[i] : 0;
      int other = i < theirs.length ? theirs[i] : 0;
      if (one != other) {
        differing++;
        if (different.size() < NAMED) {
          different.add(i);
        }
      }
    }
    return new FlagCheck(state.slot(), compared, different, differing);
  }
}
