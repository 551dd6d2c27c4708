package io.auriga.testkit.era;

import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraWriter;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The canonical blocks of a simulated chain as era files. Of the states only what era files are
 * verified by is true: the chain, the slot, the fork and the block roots; what follows is noise.
 */
public final class SimulatedEras {
  private static final int GENESIS_VALIDATORS_ROOT = 8;
  private static final int SLOT = 40;
  private static final int FORK_VERSION = 52;
  private static final int BLOCK_ROOTS = 176;
  private static final int NOISE = 4096;

  private final EraChain chain;
  private final NavigableMap<Long, SimulatedBlock> canonical = new TreeMap<>();

  /** The chain as it is at its end. */
  public SimulatedEras(SimulatedChain simulated) {
    this.chain = EraChain.of(simulated.spec(), simulated.genesis().validatorsRoot());
    Root head = simulated.at(simulated.end()).head().orElseThrow().root();
    simulated.ancestry(head).forEach(block -> canonical.put(block.slot().value(), block));
  }

  public EraChain chain() {
    return chain;
  }

  /** The last era that is complete. */
  public long lastEra() {
    return chain.eraOf(canonical.lastEntry().getValue().slot().next()) - 1;
  }

  /** The canonical blocks of an era, ascending. */
  public List<SimulatedBlock> blocks(long era) {
    return List.copyOf(
        canonical.subMap(chain.startOf(era).value(), chain.endOf(era).value()).values());
  }

  /** Writes the files of all complete eras, ascending. */
  public List<Path> write(Path folder) {
    return LongStream.rangeClosed(1, lastEra()).mapToObj(era -> write(folder, era)).toList();
  }

  /** Writes the file of one era. */
  public Path write(Path folder, long era) {
    try (EraWriter writer = EraWriter.create(folder, chain, state(era))) {
      blocks(era).forEach(block -> writer.block(block.view()));
      return writer.finish();
    }
  }

  /** The state at the end of an era, as far as it is one. */
  public byte[] state(long era) {
    int roots = Root.LENGTH * chain.slotsPerEra();
    byte[] ssz = new byte[BLOCK_ROOTS + 2 * roots + NOISE];
    new SplittableRandom(era).nextBytes(ssz);
    Slot end = chain.endOf(era);
    chain.genesisValidatorsRoot().copyTo(ssz, GENESIS_VALIDATORS_ROOT);
    ByteBuffer.wrap(ssz).order(ByteOrder.LITTLE_ENDIAN).putLong(SLOT, end.value());
    int version = chain.spec().forks().entryAt(chain.spec().epochOf(end)).version().value();
    ByteBuffer.wrap(ssz).putInt(FORK_VERSION, version);
    for (int slot = 0; slot < chain.slotsPerEra(); slot++) {
      rootAt(chain.startOf(era).value() + slot).copyTo(ssz, BLOCK_ROOTS + slot * Root.LENGTH);
    }
    return ssz;
  }

  private Root rootAt(long slot) {
    Map.Entry<Long, SimulatedBlock> last = canonical.floorEntry(slot);
    return last == null ? canonical.firstEntry().getValue().parentRoot() : last.getValue().root();
  }
}
