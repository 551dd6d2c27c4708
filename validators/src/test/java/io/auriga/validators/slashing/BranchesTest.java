package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import org.junit.jupiter.api.Test;

class BranchesTest {
  private final Branches branches = new Branches();

  private static Root root(int number) {
    return Votes.root(number & 0xff, number >>> 8, 1);
  }

  private void block(int number, int slot, int parent) {
    branches.add(root(number), new Branches.Block(new Slot(slot), root(parent), Root.ZERO));
  }

  @Test
  void branchesThatPartedAfterTheDecisionHaveOneAnchorAndOthersHaveTwo() {
    block(1, 6, 0);
    block(2, 7, 1);
    block(3, 9, 2);
    block(4, 10, 2);
    block(5, 9, 1);

    assertThat(branches.anchor(root(3), new Slot(8))).contains(root(2));
    assertThat(branches.anchor(root(4), new Slot(8))).contains(root(2));
    assertThat(branches.anchor(root(5), new Slot(8))).contains(root(1));
    assertThat(branches.anchor(root(4), new Slot(7))).contains(root(1));
  }

  @Test
  void whereTheDecisionIsNotKnownWhatIsInCommonStandsForIt() {
    block(1, 6, 0);
    block(2, 7, 1);
    block(3, 7, 1);

    assertThat(branches.anchor(root(2), new Slot(5))).contains(root(1));
    assertThat(branches.anchor(root(3), new Slot(5))).contains(root(1));
    assertThat(branches.anchor(root(9), new Slot(5))).isEmpty();
  }

  @Test
  void forgetsTheOldestAndNeverGrows() {
    for (int i = 1; i <= Branches.BLOCKS_MAX + 1; i++) {
      block(i, i, i - 1);
    }
    assertThat(branches.find(root(1))).isEmpty();
    assertThat(branches.anchor(root(Branches.BLOCKS_MAX + 1), new Slot(0))).contains(root(2));
  }
}
