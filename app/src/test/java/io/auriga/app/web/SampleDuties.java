package io.auriga.app.web;

import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.EpochCounts;
import io.auriga.validators.slo.Indicator;
import io.auriga.validators.slo.Objective;
import io.auriga.validators.slo.Objectives;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.slo.SloStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Objectives over made-up counts: a group that is well, one that burns, and an event of all. */
record SampleDuties(Store store, InstantSource time) {
  private static final long FIRST = 300_000;

  SloKeeper keeper() {
    return new SloKeeper(
        new SloStore(store),
        Objectives.of(
            1e-4,
            Objective.parse(Indicator.INCLUSION, "99.5%"),
            Objective.parse(Indicator.HEAD, "95%"),
            Objective.parse(Indicator.SYNC, "98%")),
        Duration.ofSeconds(384),
        time);
  }

  /** Six thousand epochs every fortieth of which is there, and the last hour whole. */
  static void fill(SloKeeper keeper) {
    for (long epoch = FIRST; epoch < FIRST + 6_000; epoch += 40) {
      take(keeper, epoch, epoch % 7 == 0 ? 3 : 0, 0);
    }
    for (long epoch = FIRST + 6_000; epoch < FIRST + 6_012; epoch++) {
      take(keeper, epoch, 40, epoch == FIRST + 6_005 ? 30 : 0);
    }
  }

  private static void take(SloKeeper keeper, long epoch, long missed, long shared) {
    keeper.take(
        List.of(
            counts(epoch, "network", 1_000_000, 3_000 + 10_000 * shared, 0),
            counts(epoch, "watched", 1_000, missed / 2 + 1 + shared, shared),
            counts(epoch, "group:north", 500, missed + shared, shared),
            counts(epoch, "operator:a name with spaces/and.more", 500, 0, 0)));
  }

  private static EpochCounts counts(
      long epoch, String scope, long total, long missed, long shared) {
    return new EpochCounts(
        new Epoch(epoch),
        scope,
        Map.of(
            Indicator.INCLUSION, new Count(total, missed, shared),
            Indicator.HEAD, new Count(total, Math.min(total, 2 * missed), shared),
            Indicator.SYNC, epoch % 3 == 0 ? new Count(32, 0, 0) : Count.NONE));
  }
}
