package io.auriga.validators.slo;

import io.auriga.types.Epoch;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the validators of one scope owed and missed in one epoch.
 *
 * @param counts what is not in it was not owed
 */
public record EpochCounts(Epoch epoch, String scope, Map<Indicator, Count> counts) {
  public EpochCounts {
    Map<Indicator, Count> copy = new EnumMap<>(Indicator.class);
    copy.putAll(counts);
    counts = java.util.Collections.unmodifiableMap(copy);
  }

  public Count of(Indicator indicator) {
    return counts.getOrDefault(indicator, Count.NONE);
  }
}
