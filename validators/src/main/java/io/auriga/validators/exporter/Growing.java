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
  private long last = -1;

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

  /** Adds an epoch if it is final, and was not added yet. */
  void take(EpochDuties duties, Watched watched) {
    if (duties.stage() != EpochDuties.Stage.FINAL || duties.epoch().value() <= last) {
      return;
    }
    last = duties.epoch().value();
    for (EpochCounts counts : DutyCounting.of(duties, watched)) {
      String scope = counts.scope();
      Totals before = scopes.getOrDefault(scope, Totals.NONE);
      scopes.put(scope, before.plus(counts, Scopes.attestations(duties, watched, scope)));
    }
    // A label that nobody has any more would stay for ever.
    scopes
        .keySet()
        .removeIf(scope -> !scope.equals(Watched.NETWORK) && !watched.scopes().containsKey(scope));
  }

  SortedMap<String, Totals> totals() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
  }
}
