package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoterSetTest {
  private static final int INDICES = 3 * VoterSet.PAGE_SIZE + 1234;

  private static VoterSet set(BitSet members) {
    int[] ascending = members.stream().toArray();
    return VoterSet.of(ascending, ascending.length);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0001, 0.02, 0.07, 0.5, 0.93, 0.98, 1})
  void holdsExactlyWhatItWasMadeOfHoweverDense(double density) {
    Random random = new Random(7);
    BitSet members = new BitSet();
    for (int i = 0; i < INDICES; i++) {
      // A page of its own density, so that every kind of page stands beside every other.
      double here = i >>> 16 == 1 ? 1 - density : density;
      members.set(i, random.nextDouble() < here);
    }
    VoterSet set = set(members);
    for (int i = 0; i < INDICES + 2 * VoterSet.PAGE_SIZE; i++) {
      assertThat(set.contains(i)).as("index %d", i).isEqualTo(members.get(i));
    }
  }

  @Test
  void takesAtMostABitAnIndexAndLessWhereNearlyAllOrNearlyNoneAreIn() {
    BitSet nearlyAll = new BitSet();
    BitSet half = new BitSet();
    for (int i = 0; i < VoterSet.PAGE_SIZE; i++) {
      nearlyAll.set(i, i % 50 != 0);
      half.set(i, i % 2 == 0);
    }
    assertThat(set(nearlyAll).bytes()).isEqualTo(2 * (VoterSet.PAGE_SIZE / 50 + 1));
    assertThat(set(half).bytes()).isEqualTo(VoterSet.PAGE_SIZE / 8);
    assertThat(set(new BitSet()).bytes()).isZero();
  }
}
