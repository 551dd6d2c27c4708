package io.auriga.chain.era;

import io.auriga.crypto.ssz.SszHasher;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.types.ForkVersion;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The begin of a {@code BeaconState}, which is the same in all forks: whose chain it is, its slot
 * and the roots of the last {@code SLOTS_PER_HISTORICAL_ROOT} slots. An era's state is that of the
 * slot after the era, with that slot's block applied if there is one, and its roots are exactly the
 * era's.
 */
public final class EraState {
  private static final int GENESIS_VALIDATORS_ROOT = 8;
  private static final int SLOT = 40;
  private static final int FORK_VERSION = 52;
  private static final int BLOCK_ROOTS = 176;

  /** Some hundred million years of slots: what is later was made up, and is never computed with. */
  private static final int SLOT_BITS_MAX = 48;

  private final EraChain chain;
  private final byte[] begin;

  private EraState(EraChain chain, byte[] begin) {
    this.chain = chain;
    this.begin = begin;
  }

  /** How many bytes of a state are needed. */
  static int lengthNeeded(EraChain chain) {
    return BLOCK_ROOTS + 2 * Root.LENGTH * chain.slotsPerEra();
  }

  /**
   * Reads the begin of a state's SSZ.
   *
   * @param ssz the whole state, or as much as {@link #lengthNeeded}
   * @throws EraException {@link EraError#WRONG_NETWORK} where it belongs to another chain, {@link
   *     EraError#WRONG_PRESET} where it ends no era of this one, {@link EraError#CORRUPT} where it
   *     cannot be an era's state
   */
  public static EraState of(EraChain chain, byte[] ssz, String attempted) {
    int needed = lengthNeeded(chain);
    EraState state = new EraState(chain, Arrays.copyOf(ssz, Math.min(ssz.length, needed)));
    // First whose it is: that of another preset has another length.
    if (ssz.length >= BLOCK_ROOTS) {
      state.requireChain(attempted);
    }
    if (ssz.length < needed) {
      throw new EraException(
          EraError.CORRUPT, attempted, "its state has only " + ssz.length + " bytes");
    }
    return state;
  }

  private void requireChain(String attempted) {
    if (slot().value() >>> SLOT_BITS_MAX != 0) {
      throw new EraException(EraError.CORRUPT, attempted, "its state is of slot " + slot());
    }
    Root validators = Root.at(begin, GENESIS_VALIDATORS_ROOT);
    ForkVersion version = new ForkVersion(ByteBuffer.wrap(begin).getInt(FORK_VERSION));
    if (!validators.equals(chain.genesisValidatorsRoot())) {
      throw new EraException(
          EraError.WRONG_NETWORK,
          attempted,
          "it is of %s, and not of %s: its state's genesis validators root is %s, and not %s"
              .formatted(
                  EraOrigin.network(validators, version),
                  chain.spec().name(),
                  validators,
                  chain.genesisValidatorsRoot()));
    }
    if (!endsEra(chain.slotsPerEra())) {
      throw new EraException(
          endsEra(EraOrigin.MINIMAL_SLOTS) ? EraError.WRONG_PRESET : EraError.CORRUPT,
          attempted,
          "its state is of slot %s, which ends no era of %d slots, as those of %s have (%s)"
              .formatted(
                  slot(),
                  chain.slotsPerEra(),
                  chain.spec().name(),
                  EraOrigin.preset(chain.slotsPerEra())));
    }
    ForkVersion scheduled = chain.spec().forks().entryAt(chain.spec().epochOf(slot())).version();
    if (!version.equals(scheduled)) {
      throw new EraException(
          EraError.WRONG_NETWORK,
          attempted,
          "its state of slot %s has the fork version %s, as %s, and %s has %s there"
              .formatted(
                  slot(),
                  version,
                  EraOrigin.network(Root.ZERO, version),
                  chain.spec().name(),
                  scheduled));
    }
  }

  private boolean endsEra(int slotsPerEra) {
    return Long.remainderUnsigned(slot().value(), slotsPerEra) == 0;
  }

  public Slot slot() {
    return new Slot(ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getLong(SLOT));
  }

  public long era() {
    return Long.divideUnsigned(slot().value(), chain.slotsPerEra());
  }

  /**
   * {@code block_roots} of a slot of the era: the root of its block, or of the last one before it.
   */
  public Root blockRoot(Slot slot) {
    return Root.at(begin, blockRootAt(slot));
  }

  /** Whether a slot has the same root as the one before it, as an empty slot does. */
  boolean repeatsRoot(Slot slot) {
    int at = blockRootAt(slot);
    return Arrays.equals(begin, at - Root.LENGTH, at, begin, at, at + Root.LENGTH);
  }

  private int blockRootAt(Slot slot) {
    int index = (int) Long.remainderUnsigned(slot.value(), chain.slotsPerEra());
    return BLOCK_ROOTS + Root.LENGTH * index;
  }

  /** What later states say of this era. */
  public HistoricalSummary summary() {
    return new HistoricalSummary(vectorRoot(0), vectorRoot(1));
  }

  private Root vectorRoot(int vector) {
    int length = Root.LENGTH * chain.slotsPerEra();
    SszSchema roots =
        new SszSchema.Vector(new SszSchema.ByteVector(Root.LENGTH), chain.slotsPerEra());
    return SszHasher.hashTreeRoot(roots, begin, BLOCK_ROOTS + vector * length, length);
  }

  /** The root that names the era's file: the summary's, and for era 0 that of the validators. */
  public Root nameRoot() {
    return era() == 0 ? chain.genesisValidatorsRoot() : summary().root();
  }
}
