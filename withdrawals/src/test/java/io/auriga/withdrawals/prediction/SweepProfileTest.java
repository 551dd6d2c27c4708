package io.auriga.withdrawals.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.testkit.sweep.SimulatedSweep;
import io.auriga.testkit.sweep.SweepWorld;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepProfileTest {
  private static final SweepRules RULES =
      SweepRules.of(ChainSpec.builtIn("mainnet"), ForkName.FULU);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(int slot, int[] payload) {}

  private static List<Block> blocks(long seed, int count) {
    SimulatedSweep chain = new SimulatedSweep(SweepWorld.mainnet(30_000, 0.05), seed);
    List<Block> blocks = new ArrayList<>();
    while (blocks.size() < count) {
      if (chain.step()) {
        blocks.add(new Block(chain.slot(), chain.payload()));
      }
    }
    return blocks;
  }

  private static SweepProfile profile(List<Block> blocks) {
    SweepProfile profile = new SweepProfile(RULES);
    profile.validators(30_000, 0);
    blocks.forEach(block -> profile.applied(block.slot(), block.payload()));
    return profile;
  }

  private static List<Integer> turns(SweepProfile profile) {
    SweepPath path = SweepPath.of(profile, PartialSchedule.UNKNOWN, 0);
    return IntStream.range(0, profile.count()).map(path::blockOf).boxed().toList();
  }

  @Test
  void takesBlocksBackAsIfTheyHadNeverCome() {
    List<Block> blocks = blocks(1, 3_000);
    SweepProfile straight = profile(blocks.subList(0, 2_900));
    SweepProfile winding = profile(blocks);
    for (int i = 0; i < 100; i++) {
      assertThat(winding.undone()).isTrue();
    }
    assertThat(winding.cursor()).isEqualTo(straight.cursor());
    assertThat(winding.slot()).isEqualTo(straight.slot());
    assertThat(winding.pace().pace()).isEqualTo(straight.pace().pace());
    assertThat(winding.count()).isEqualTo(straight.count());
    assertThat(turns(winding)).isEqualTo(turns(straight));
  }

  @Test
  void saysThatItCannotGoBackFurtherThanItRemembers() {
    SweepProfile profile = profile(blocks(2, 600));
    int undone = 0;
    while (profile.undone()) {
      undone++;
    }
    assertThat(undone).isEqualTo(SweepProfile.UNDO_MAX);
  }

  @Test
  void findsItsPlaceAgainAfterBlocksThatItDidNotSee() {
    List<Block> blocks = blocks(3, 2_000);
    SweepProfile profile = profile(blocks.subList(0, 500));
    blocks.subList(1_500, 2_000).forEach(block -> profile.applied(block.slot(), block.payload()));
    assertThat(profile.cursor()).isEqualTo(profile(blocks).cursor());
  }

  @Test
  void knowsNoPlaceBeforeAFullPayload() {
    SweepProfile profile = new SweepProfile(RULES);
    assertThat(profile.cursor()).isEmpty();
    profile.applied(10, new int[] {5, 6, 7});
    assertThat(profile.cursor()).isEmpty();
    profile.applied(11, IntStream.range(100, 116).toArray());
    assertThat(profile.cursor()).hasValue(0);
    profile.validators(100_000, 11);
    profile.applied(12, IntStream.range(0, 16).toArray());
    assertThat(profile.cursor()).hasValue(16);
    // A payload with room means that the sweep went as far as it may.
    profile.applied(13, new int[0]);
    assertThat(profile.cursor()).hasValue(16 + 16_384);
  }

  @Test
  void refusesBlocksOutOfOrder() {
    SweepProfile profile = profile(blocks(4, 5));
    assertThatThrownBy(() -> profile.applied(profile.slot(), new int[0]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsPartialsFromTheSweepByTheirOrder() {
    SweepProfile profile = new SweepProfile(RULES);
    profile.validators(100_000, 0);
    profile.applied(1, IntStream.range(0, 16).toArray());
    int[] mixed = {90_000, 5, 90_001, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28};
    profile.applied(2, mixed);
    assertThat(profile.cursor()).hasValue(29);
    assertThat(profile.pace().pace().partials()).isEqualTo(3);
  }
}
