package io.auriga.app;

import io.auriga.validators.DutyListener;
import io.auriga.validators.RecentDuties;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.exporter.Exporter;
import io.auriga.validators.rewards.RewardKeeper;
import io.auriga.validators.slo.DutyCounting;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.watched.WatchKeeper;
import io.auriga.validators.watched.Watched;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each epoch that was counted to those who want it, for whoever is watched now. */
record DutyFeed(
    WatchKeeper watched,
    SloKeeper slo,
    Exporter exporter,
    RecentDuties recent,
    Optional<RewardKeeper> rewards)
    implements DutyListener {
  private static final Logger LOG = LoggerFactory.getLogger(DutyFeed.class);

  @Override
  public void accept(EpochDuties duties) {
    if (duties.refused() > 0) {
      // The active set was wrong: its numbers would be misses that never were.
      LOG.atWarn()
          .addKeyValue("epoch", duties.epoch().toString())
          .addKeyValue("refused", duties.refused())
          .log("The duties of an epoch are left out, as some of its votes could not be counted");
      return;
    }
    Watched now = watched.watched();
    exporter.take(duties, now);
    slo.take(DutyCounting.of(duties, now));
    recent.take(duties, now);
    rewards.ifPresent(keeper -> keeper.take(duties, now));
  }

  @Override
  public void upcoming(int[] proposers) {
    exporter.upcoming(proposers, watched.watched());
  }
}
