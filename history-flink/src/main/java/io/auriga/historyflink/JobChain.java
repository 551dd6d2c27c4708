package io.auriga.historyflink;

import io.auriga.chain.era.EraChain;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import java.io.Serializable;
import java.util.HashMap;

/**
 * The chain that all files must belong to, in a form that Flink sends to every machine.
 *
 * @param values the network's parameters
 */
record JobChain(HashMap<String, String> values, String genesisValidatorsRoot)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static JobChain of(EraChain chain) {
    return new JobChain(
        new HashMap<>(chain.spec().values()), chain.genesisValidatorsRoot().toHex());
  }

  EraChain chain() {
    return EraChain.of(ChainSpec.of(values), Root.fromHex(genesisValidatorsRoot));
  }
}
