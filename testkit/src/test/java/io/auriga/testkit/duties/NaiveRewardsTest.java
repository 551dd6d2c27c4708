package io.auriga.testkit.duties;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The naive rewards beside what another client's state transition did to the balances, at the end
 * of every epoch on every branch of the generated chain.
 */
class NaiveRewardsTest {
  /** The queues move more than eight ether at once, and no reward is as large. */
  private static final long QUEUED = 8_000_000_000L;

  private final Recording recording =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."))
              .resolve("recordings/minimal-capella-to-fulu"));

  private BeaconStateView view(RecordedState state) {
    return BeaconStateView.of(StateSchemas.of(recording.spec()), state.fork(), state.ssz());
  }

  @Test
  void changesBalancesAsTheStateTransitionDid() {
    int compared = 0;
    int penalties = 0;
    Set<Integer> others = new TreeSet<>();
    for (RecordedBlock block : recording.timeline().blocks()) {
      var met = recording.states().before(block.root()).map(this::view);
      var parent = recording.states().after(block.parentRoot()).map(this::view);
      if (met.isEmpty() || parent.isEmpty()) {
        continue;
      }
      long epoch = recording.spec().epochOf(parent.get().slot()).value();
      if (epoch == 0 || recording.spec().epochOf(met.get().slot()).value() != epoch + 1) {
        continue;
      }
      NaiveRewards rewards = new NaiveRewards(recording.spec(), parent.get());
      for (int i = 0; i < parent.get().validatorCount(); i++) {
        long change = met.get().balance(i) - parent.get().balance(i);
        if (change == rewards.of(i).total()) {
          compared++;
          penalties += change < 0 ? 1 : 0;
        } else {
          others.add(i);
          assertThat(Math.abs(change - rewards.of(i).total()))
              .as("validator " + i + " before " + block)
              .isGreaterThan(QUEUED);
        }
      }
    }
    assertThat(compared).isGreaterThan(400);
    assertThat(penalties).as("29 and 30 never attest").isGreaterThan(25);
    assertThat(others)
        .as("compounding ones, whose excess the fork to Electra queues, and 8 goes into 9")
        .containsExactly(6, 7, 8, 9);
  }
}
