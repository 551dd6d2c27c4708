package io.auriga.validators.slo;

import io.auriga.validators.watched.Watched;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All objectives: those of everybody, and of groups that have others.
 *
 * @param usual for every scope but the network, which owes us nothing
 * @param overrides by scope, such as {@code group:north}; an empty value switches one off
 * @param significance how improbable misses must be, if the objective is met, to be an alert
 */
public record Objectives(
    Map<Indicator, Objective> usual,
    Map<String, Map<Indicator, Optional<Objective>>> overrides,
    double significance) {
  public Objectives {
    usual = Map.copyOf(usual);
    overrides = Map.copyOf(overrides);
    if (!(significance > 0 && significance <= 0.1)) {
      throw new IllegalArgumentException("a significance lies above 0 and at most at 0.1");
    }
  }

  /** The objectives of one scope, in the order of their indicators. */
  public List<Objective> of(String scope) {
    if (scope.equals(Watched.NETWORK)) {
      return List.of();
    }
    EnumMap<Indicator, Objective> all = new EnumMap<>(Indicator.class);
    all.putAll(usual);
    overrides
        .getOrDefault(scope, Map.of())
        .forEach(
            (indicator, override) ->
                override.ifPresentOrElse(
                    objective -> all.put(indicator, objective), () -> all.remove(indicator)));
    return List.copyOf(all.values());
  }

  /** For tests and tools: the same for all. */
  public static Objectives of(double significance, Objective... objectives) {
    Map<Indicator, Objective> usual = new TreeMap<>();
    for (Objective objective : objectives) {
      usual.put(objective.indicator(), objective);
    }
    return new Objectives(usual, Map.of(), significance);
  }
}
