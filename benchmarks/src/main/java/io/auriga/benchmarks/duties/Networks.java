package io.auriga.benchmarks.duties;

import io.auriga.testkit.duties.DutyNetwork;
import io.auriga.testkit.duties.DutyPlan;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.util.HashMap;
import java.util.Map;

/** Networks of mainnet's preset that begin with Electra. */
final class Networks {
  private static final long SEED = 20_261_125;

  private Networks() {}

  static ChainSpec electra() {
    Map<String, Object> values = new HashMap<>(ChainSpec.builtIn("mainnet").values());
    values.put("CONFIG_NAME", "electra-from-genesis");
    for (ForkName fork : ForkName.values()) {
      if (fork != ForkName.PHASE0 && ForkName.ELECTRA.isAtLeast(fork)) {
        values.put(fork + "_FORK_EPOCH", 0L);
      }
    }
    values.remove("FULU_FORK_EPOCH");
    return ChainSpec.of(values);
  }

  /** 2 % of votes missing, 1 % of slots empty, 1 % of blocks orphan one or two others. */
  static DutyNetwork mainnetShaped(int validators) {
    return new DutyNetwork(DutyPlan.mainnetShaped(electra(), validators, SEED));
  }
}
