package io.auriga.validators.exporter;

import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.DutyCounting;
import io.auriga.validators.slo.EpochCounts;
import io.auriga.validators.slo.Indicator;
import io.auriga.validators.watched.Watched;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums over final epochs, which no reorg can make smaller. For one thread. */
final class Growing {
  private final Map<String, Totals> scopes = new HashMap<>();
  private final Map<String, Count> proposals = new HashMap<>();
  private long last = -1;
  private long closed = -1;

  /**
   * All sums.
   *
   * @param proposals slots to propose in of each epoch as it was when it was counted first,
   *     whatever a reorg made of it later
   */
  record Sums(SortedMap<String, Totals> totals, SortedMap<String, Count> proposals) {
    static final Sums NONE = new Sums(Collections.emptySortedMap(), Collections.emptySortedMap());
  }

  /**
   * The sums of one scope.
   *
   * @param attestations with their distances
   */
  record Totals(Map<Indicator, Count> counts, DutyTotals attestations) {
    static final Totals NONE = new Totals(Map.of(), DutyTotals.NONE);

    Count of(Indicator indicator) {
      return counts.getOrDefault(indicator, Count.NONE);
    }

    Totals plus(EpochCounts more, DutyTotals attested) {
      Map<Indicator, Count> sums = new EnumMap<>(Indicator.class);
      for (Indicator one : Indicator.values()) {
        sums.put(one, of(one).plus(more.of(one)));
      }
      return new Totals(Collections.unmodifiableMap(sums), attestations.plus(attested));
    }
  }

  /** Adds an epoch where it was not added yet: its proposals, and all of it once it is final. */
  void take(EpochDuties duties, Watched watched) {
    if (duties.epoch().value() > closed) {
      closed = duties.epoch().value();
      for (EpochCounts counts : DutyCounting.of(duties, watched)) {
        proposals.merge(counts.scope(), counts.of(Indicator.PROPOSALS), Count::plus);
      }
      keepOf(proposals, watched);
    }
    if (duties.stage() != EpochDuties.Stage.FINAL || duties.epoch().value() <= last) {
      return;
    }
    last = duties.epoch().value();
    for (EpochCounts counts : DutyCounting.of(duties, watched)) {
      String scope = counts.scope();
      Totals before = scopes.getOrDefault(scope, Totals.NONE);
      scopes.put(scope, before.plus(counts, Scopes.attestations(duties, watched, scope)));
    }
    keepOf(scopes, watched);
  }

  /** A label that nobody has any more would stay for ever. */
  private static void keepOf(Map<String, ?> sums, Watched watched) {
    sums.keySet()
        .removeIf(scope -> !scope.equals(Watched.NETWORK) && !watched.scopes().containsKey(scope));
  }

  Sums sums() {
    return new Sums(
        Collections.unmodifiableSortedMap(new TreeMap<>(scopes)),
        Collections.unmodifiableSortedMap(new TreeMap<>(proposals)));
  }
}
