package io.auriga.app.cli;

import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraWriter;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorded chain as era files. Of the states only what era files are verified by is right, and
 * the rest is empty.
 */
final class RecordedEraFiles {
  private static final int STATE_BYTES = 1 << 20;
  private static final int VALIDATORS_ROOT = 8;
  private static final int SLOT = 40;

  /** In a signed block: behind an offset, a signature and the slot. */
  private static final int PROPOSER = 4 + 96 + 8;

  private static final int FORK_VERSION = 52;
  private static final int BLOCK_ROOTS = 176;

  private final EraChain chain;
  private final NavigableMap<Long, SignedBlockView> canonical = new TreeMap<>();
  private final Root genesis;

  RecordedEraFiles(EraChain chain) throws IOException {
    this.chain = chain;
    Map<Root, SignedBlockView> blocks = new HashMap<>();
    BlockSchemas schemas = chain.schemas();
    try (Stream<Path> files = Files.list(SeededLedger.recording().resolve("blocks"))) {
      for (Path file : files.toList()) {
        String fork = file.getFileName().toString().split("_", -1)[1];
        SignedBlockView view =
            SignedBlockView.of(
                schemas, ForkName.find(fork).orElseThrow(), Files.readAllBytes(file));
        blocks.put(view.blockRoot(), view);
      }
    }
    @Nullable SignedBlockView next =
        blocks.values().stream().max(Comparator.comparing(SignedBlockView::slot)).orElseThrow();
    Root parent = Root.ZERO;
    while (next != null) {
      canonical.put(next.slot().value(), next);
      parent = next.parentRoot();
      next = blocks.get(parent);
    }
    genesis = parent;
  }

  EraChain chain() {
    return chain;
  }

  /** How many eras are whole. */
  long eras() {
    return canonical.lastKey() / chain.slotsPerEra();
  }

  /** The withdrawals of the first {@code eras} eras. */
  long withdrawals(long eras) {
    return canonical.headMap(chain.endOf(eras).value()).values().stream()
        .mapToLong(view -> view.payload().withdrawalCount())
        .sum();
  }

  Path write(Path folder, long era) {
    try (EraWriter writer = EraWriter.create(folder, chain, state(era))) {
      canonical
          .subMap(chain.startOf(era).value(), chain.endOf(era).value())
          .values()
          .forEach(writer::block);
      return writer.finish();
    }
  }

  /**
   * A file that is right in itself, of a chain that never was: its last block has another proposer
   * and its state vouches for it.
   */
  Path writeForged(Path folder, long era) {
    NavigableMap<Long, SignedBlockView> blocks =
        new TreeMap<>(canonical.subMap(chain.startOf(era).value(), chain.endOf(era).value()));
    SignedBlockView last = blocks.pollLastEntry().getValue();
    byte[] ssz = last.bytes().clone();
    ssz[PROPOSER] ^= 1;
    SignedBlockView forged = SignedBlockView.of(chain.schemas(), last.fork(), ssz);
    byte[] state = state(era);
    for (long slot = last.slot().value(); slot < chain.endOf(era).value(); slot++) {
      forged
          .blockRoot()
          .copyTo(state, BLOCK_ROOTS + (int) (slot % chain.slotsPerEra()) * Root.LENGTH);
    }
    try (EraWriter writer = EraWriter.create(folder, chain, state)) {
      blocks.values().forEach(writer::block);
      writer.block(forged);
      return writer.finish();
    }
  }

  private byte[] state(long era) {
    byte[] ssz = new byte[STATE_BYTES];
    Slot end = chain.endOf(era);
    chain.genesisValidatorsRoot().copyTo(ssz, VALIDATORS_ROOT);
    ByteBuffer.wrap(ssz).order(ByteOrder.LITTLE_ENDIAN).putLong(SLOT, end.value());
    int version = chain.spec().forks().entryAt(chain.spec().epochOf(end)).version().value();
    ByteBuffer.wrap(ssz).putInt(FORK_VERSION, version);
    for (int slot = 0; slot < chain.slotsPerEra(); slot++) {
      rootAt(chain.startOf(era).value() + slot).copyTo(ssz, BLOCK_ROOTS + slot * Root.LENGTH);
    }
    return ssz;
  }

  private Root rootAt(long slot) {
    Map.Entry<Long, SignedBlockView> block = canonical.floorEntry(slot);
    return block == null ? genesis : block.getValue().blockRoot();
  }
}
