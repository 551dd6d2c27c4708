package io.auriga.chain.era;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SpecError;

/**
 * The chain that era files must belong to. Shared by any number of threads.
 *
 * @param slotsPerEra {@code SLOTS_PER_HISTORICAL_ROOT}
 */
public record EraChain(
    ChainSpec spec, BlockSchemas schemas, Root genesisValidatorsRoot, int slotsPerEra) {
  private static final String SLOTS_PER_ERA = "SLOTS_PER_HISTORICAL_ROOT";

  /** 128 times mainnet's; a state's roots stay within an array. */
  private static final long SLOTS_PER_ERA_MAX = 1 << 20;

  /**
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if the specification lacks a value
   */
  public static EraChain of(ChainSpec spec, Root genesisValidatorsRoot) {
    long slots = spec.number(SLOTS_PER_ERA);
    if (slots < 1 || slots > SLOTS_PER_ERA_MAX) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read the configuration of network " + spec.name(),
          SLOTS_PER_ERA + " is " + Long.toUnsignedString(slots));
    }
    return new EraChain(spec, BlockSchemas.of(spec), genesisValidatorsRoot, (int) slots);
  }

  /** The slot of an era's state, which is the first after its blocks. */
  public Slot endOf(long era) {
    return new Slot(Math.multiplyExact(era, slotsPerEra));
  }

  /** The first slot of an era's blocks. Era 0 holds the genesis state alone. */
  public Slot startOf(long era) {
    return endOf(Math.max(0, era - 1));
  }

  /** The era whose blocks include this slot. */
  public long eraOf(Slot slot) {
    return Long.divideUnsigned(slot.value(), slotsPerEra) + 1;
  }
}
