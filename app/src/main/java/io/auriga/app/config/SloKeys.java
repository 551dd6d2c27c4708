package io.auriga.app.config;

import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.validators.slo.Indicator;
import io.auriga.validators.slo.Objective;
import io.auriga.validators.slo.Objectives;
import io.auriga.validators.watched.Label;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is expected of the validators: {@code slo}, and in a group what it has otherwise. */
final class SloKeys {
  private static final String FORM = "share such as 99.5%, or off";

  private static final Map<Indicator, Key<Optional<Objective>>> USUAL = new LinkedHashMap<>();
  private static final Map<Indicator, Key<Optional<Objective>>> OF_GROUP = new LinkedHashMap<>();

  static {
    objective(Indicator.INCLUSION, "99.5%", "attestations that are in a block");
    objective(Indicator.TARGET, "off", "attestations with a timely vote for the right target");
    objective(Indicator.HEAD, "95%", "attestations with a timely vote for the right head");
    objective(Indicator.SYNC, "98%", "sync committee bits, over blocks that there are");
    objective(Indicator.PROPOSALS, "99%", "slots to propose in that have a block");
  }

  private static final Key<Double> SIGNIFICANCE =
      Key.one(
              "slo.significance",
              "How improbable misses must be, if the objective is met, to be an alert.",
              "probability above 0, at most 0.1",
              text -> {
                double value = Double.parseDouble(text);
                if (!(value > 0 && value <= 0.1)) {
                  throw new IllegalArgumentException("out of range");
                }
                return value;
              })
          .orElse("0.0001");

  private SloKeys() {}

  private static void objective(Indicator indicator, String fallback, String what) {
    String name = "slo." + indicator.lowerName();
    Key<Optional<Objective>> key =
        Key.one(
            name,
            "What share is expected of " + what + "; a group may have another.",
            FORM,
            text ->
                text.equals("off")
                    ? Optional.empty()
                    : Optional.of(Objective.parse(indicator, text)));
    USUAL.put(indicator, key.orElse(fallback));
    OF_GROUP.put(indicator, key);
  }

  static Objectives read(ConfigTree tree) {
    Map<Indicator, Objective> usual = new EnumMap<>(Indicator.class);
    USUAL.forEach(
        (indicator, key) ->
            tree.value(key).ifPresent(objective -> usual.put(indicator, objective)));
    Map<String, Map<Indicator, Optional<Objective>>> groups = new HashMap<>();
    for (ConfigTree group : tree.sections("groups")) {
      Map<Indicator, Optional<Objective>> own = new EnumMap<>(Indicator.class);
      OF_GROUP.forEach(
          (indicator, key) ->
              group.find(key).ifPresent(objective -> own.put(indicator, objective)));
      if (!own.isEmpty()) {
        groups.put(Label.ofGroup(group.value(WatchKeys.NAME)).toString(), own);
      }
    }
    return new Objectives(usual, groups, tree.value(SIGNIFICANCE));
  }
}
