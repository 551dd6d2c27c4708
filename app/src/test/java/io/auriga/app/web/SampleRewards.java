package io.auriga.app.web;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.validators.rewards.EpochRewards;
import io.auriga.validators.rewards.RewardColumns;
import io.auriga.validators.rewards.RewardPart;
import io.auriga.validators.rewards.RewardStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/** Made-up rewards: everybody does everything, but for validator 1, of whom some is not known. */
public final class SampleRewards {
  private SampleRewards() {}

  /** Some epochs of validators 0 to {@code validators}; validator 2 misses every one. */
  public static void fill(Store store, long first, int epochs, int validators) {
    RewardStore rewards = new RewardStore(store);
    for (long epoch = first; epoch < first + epochs; epoch++) {
      RewardColumns rows = new RewardColumns(IntStream.range(0, validators).toArray());
      for (int i = 0; i < validators; i++) {
        boolean missed = i == 2;
        rows.add(i, RewardPart.HEAD, missed ? 0 : 2_735, 2_735);
        rows.add(i, RewardPart.TARGET, missed ? -5_216 : 5_190, 5_190);
        rows.add(i, RewardPart.SOURCE, missed ? -2_808 : 2_792, 2_792);
        if (i == 1) {
          rows.forget(i, RewardPart.SYNC);
        }
        if (i == 3 && epoch == first) {
          rows.add(i, RewardPart.PROPOSAL, 42_000_000, 42_000_000);
        }
      }
      rewards.write(
          new EpochRewards(
              new Epoch(epoch),
              new BlockRef(new Slot(32 * epoch + 64), Root.of(new byte[32])),
              epoch < first + epochs - 2,
              rows,
              new EpochRewards.Comparison(3L * validators, 0, 0, Optional.empty())),
          new Epoch(0),
          new RewardStore.Clock(Duration.ofSeconds(384), Instant.EPOCH));
    }
  }
}
