package io.auriga.benchmarks.throughput;

import io.auriga.benchmarks.SyntheticChain;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bytes of one block of a chain, and what must be known to read them. */
final class BlockFile {
  private static final long SEED = 20_261_122;

  private final BlockSchemas schemas;
  private final ForkName fork;
  private final byte[] ssz;

  private BlockFile(BlockSchemas schemas, ForkName fork, byte[] ssz) {
    this.schemas = schemas;
    this.fork = fork;
    this.ssz = ssz;
  }

  int length() {
    return ssz.length;
  }

  SignedBlockView decode() {
    return SignedBlockView.of(schemas, fork, ssz);
  }

  /** Blocks as large and as full as mainnet's. */
  static List<BlockFile> synthetic(int count) {
    SyntheticChain chain = SyntheticChain.likeMainnet(SEED);
    List<BlockFile> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(new BlockFile(chain.schemas(), chain.fork(), chain.next().ssz()));
    }
    return blocks;
  }

  /** The longest chain of a recording with the minimal preset, in order. */
  static List<BlockFile> recorded(Path recording) throws IOException {
    BlockSchemas schemas = BlockSchemas.of(ChainSpec.builtIn("minimal"));
    Map<Root, BlockFile> byRoot = new HashMap<>();
    try (Stream<Path> files = Files.list(recording.resolve("blocks"))) {
      for (Path file : files.toList()) {
        String fork = file.getFileName().toString().split("_", -1)[1].toUpperCase(Locale.ROOT);
        BlockFile block = new BlockFile(schemas, ForkName.valueOf(fork), Files.readAllBytes(file));
        byRoot.put(block.decode().blockRoot(), block);
      }
    }
    List<BlockFile> chain = new ArrayList<>();
    @Nullable BlockFile next =
        byRoot.values().stream()
            .max(Comparator.comparing(block -> block.decode().slot()))
            .orElseThrow(() -> new IOException("there are no blocks in " + recording));
    while (next != null) {
      chain.add(next);
      next = byRoot.get(next.decode().parentRoot());
    }
    return List.copyOf(chain.reversed());
  }
}
