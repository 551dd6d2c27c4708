package io.auriga.validators.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardCodecTest {
  private static void assertSame(RewardColumns decoded, RewardColumns rows) {
    assertThat(decoded.count()).isEqualTo(rows.count());
    for (int row = 0; row < rows.count(); row++) {
      assertThat(decoded.validator(row)).isEqualTo(rows.validator(row));
      for (RewardPart part : RewardPart.values()) {
        assertThat(decoded.earned(row, part)).isEqualTo(rows.earned(row, part));
        assertThat(decoded.ideal(row, part)).isEqualTo(rows.ideal(row, part));
        assertThat(decoded.isUnknown(row, part.duty())).isEqualTo(rows.isUnknown(row, part.duty()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 300})
  void givesBackWhatItWasGiven(int count) {
    Random random = new Random(count);
    int[] validators = random.ints(0, Integer.MAX_VALUE).distinct().limit(count).sorted().toArray();
    RewardColumns rows = new RewardColumns(validators);
    for (int row = 0; row < count; row++) {
      for (RewardPart part : RewardPart.values()) {
        rows.add(
            row,
            part,
            random.nextLong(-RewardColumns.GWEI_MAX, RewardColumns.GWEI_MAX + 1),
            random.nextLong(RewardColumns.GWEI_MAX + 1));
      }
      if (random.nextInt(4) == 0) {
        rows.forget(row, 1 << random.nextInt(RewardColumns.DUTIES));
      }
    }
    assertSame(RewardCodec.decode(RewardCodec.encode(rows)), rows);
  }

  @Test
  void keepsTheUsualEpochOfTenThousandInAFewKilobytes() {
    RewardColumns rows = new RewardColumns(java.util.stream.IntStream.range(0, 10_000).toArray());
    Random random = new Random(1);
    for (int row = 0; row < rows.count(); row++) {
      boolean missed = random.nextInt(50) == 0;
      rows.add(row, RewardPart.HEAD, missed ? 0 : 2735, 2735);
      rows.add(row, RewardPart.TARGET, missed ? -5216 : 5190, 5190);
      rows.add(row, RewardPart.SOURCE, missed ? -2808 : 2792, 2792);
    }
    byte[] bytes = RewardCodec.encode(rows);
    assertThat(bytes.length).isLessThan(4_000);
    assertSame(RewardCodec.decode(bytes), rows);
  }

  @Test
  void doesNotTakeHalfOfIt() {
    RewardColumns rows = new RewardColumns(new int[] {1, 2, 3});
    byte[] bytes = RewardCodec.encode(rows);
    assertThatThrownBy(() -> RewardCodec.decode(Arrays.copyOf(bytes, bytes.length / 2)))
        .isInstanceOf(IllegalStateException.class);
  }
}
