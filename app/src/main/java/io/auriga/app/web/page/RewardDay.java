package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.app.web.api.RewardPeriod;
import io.auriga.validators.rewards.RewardReport;
import io.auriga.validators.rewards.RewardStore;
import io.auriga.validators.watched.Watched;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What everybody who is watched earned in the last day: added up once for each epoch that comes,
 * however many readers there are.
 */
final class RewardDay {
  private final WebInputs inputs;
  private final Duration epochLength;

  // Guarded by this.
  private @Nullable Key key;
  private Optional<RewardReport> report = Optional.empty();

  private record Key(RewardStore.Clock clock, Watched watched) {}

  RewardDay(WebInputs inputs) {
    this.inputs = inputs;
    this.epochLength = inputs.spec().epochDuration();
  }

  /** Empty if nothing is kept. */
  synchronized Optional<RewardReport> report() {
    RewardStore store = inputs.rewards().store();
    Optional<RewardStore.Clock> clock = store.clock();
    if (clock.isEmpty()) {
      return Optional.empty();
    }
    Watched watched = inputs.watch().get().watched();
    Key now = new Key(clock.get(), watched);
    if (!now.equals(key)) {
      report =
          RewardReport.ofLast(
              store,
              RewardPeriod.DAY.epochs(epochLength),
              watched.indicesByScope(),
              watched.indicesOf(Watched.ALL));
      key = now;
    }
    return report;
  }
}
