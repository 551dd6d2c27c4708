package io.auriga.benchmarks.era;

import io.auriga.benchmarks.SyntheticChain;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraWriter;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** An era of mainnet whose first slots have blocks like mainnet's, and the others none. */
record SyntheticEra(EraChain chain, List<SignedBlockView> blocks) {
  private static final long SEED = 20_261_125;

  /** What a state is read for lies in its first half megabyte; the rest is noise. */
  private static final int STATE_BYTES = 2 << 20;

  private static final int SLOT = 40;
  private static final int FORK_VERSION = 52;
  private static final int BLOCK_ROOTS = 176;

  SyntheticEra {
    blocks = List.copyOf(blocks);
  }

  static SyntheticEra of(int count) {
    SyntheticChain synthetic = SyntheticChain.likeMainnet(SEED);
    Root validators = ChainSpec.builtInGenesis("mainnet").orElseThrow().validatorsRoot();
    EraChain chain = EraChain.of(ChainSpec.builtIn("mainnet"), validators);
    return new SyntheticEra(
        chain, Stream.generate(() -> synthetic.next().view()).limit(count).toList());
  }

  Path write(Path folder) {
    try (EraWriter writer = EraWriter.create(folder, chain, state())) {
      blocks.forEach(writer::block);
      return writer.finish();
    }
  }

  private byte[] state() {
    byte[] ssz = new byte[STATE_BYTES];
    new SplittableRandom(SEED).nextBytes(ssz);
    Slot end = chain.endOf(chain.eraOf(blocks.getFirst().slot()));
    chain.genesisValidatorsRoot().copyTo(ssz, Long.BYTES);
    ByteBuffer.wrap(ssz).order(ByteOrder.LITTLE_ENDIAN).putLong(SLOT, end.value());
    int version = chain.spec().forks().entryAt(chain.spec().epochOf(end)).version().value();
    ByteBuffer.wrap(ssz).putInt(FORK_VERSION, version);
    for (int slot = 0; slot < chain.slotsPerEra(); slot++) {
      SignedBlockView last = blocks.get(Math.min(slot, blocks.size() - 1));
      last.blockRoot().copyTo(ssz, BLOCK_ROOTS + slot * Root.LENGTH);
    }
    return ssz;
  }
}
