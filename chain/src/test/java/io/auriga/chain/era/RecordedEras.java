package io.auriga.chain.era;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The generated chain as era files: real blocks of Capella to Fulu, missed slots among them. Of the
 * states only what era files are verified by is right: the chain, the slot, the fork and the block
 * roots; what follows is noise.
 */
final class RecordedEras {
  static final int SLOTS_PER_ERA = 64;
  static final int ERAS = 2;

  private static final int STATE_TAIL = 200_000;
  private static final Pattern VALUE = Pattern.compile("\"([A-Z0-9_]+)\":\\s*\"([^\"]*)\"");

  private final EraChain chain;
  private final NavigableMap<Long, SignedBlockView> canonical = new TreeMap<>();
  private final Root genesisRoot;

  private RecordedEras(EraChain chain, Root genesisRoot) {
    this.chain = chain;
    this.genesisRoot = genesisRoot;
  }

  static RecordedEras open() {
    Path folder =
        Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu");
    assumeTrue(Files.isDirectory(folder), "NOT TESTED: there is no recording in " + folder);
    Map<String, String> values = new HashMap<>();
    Matcher matcher = VALUE.matcher(read(folder.resolve("spec.json")));
    while (matcher.find()) {
      values.put(matcher.group(1), matcher.group(2));
    }
    String genesis = read(folder.resolve("genesis.json"));
    Matcher root = Pattern.compile("validators_root\":\\s*\"(0x[0-9a-f]{64})").matcher(genesis);
    if (!root.find()) {
      throw new IllegalStateException("no genesis_validators_root in " + genesis);
    }
    EraChain chain = EraChain.of(ChainSpec.of(values), Root.fromHex(root.group(1)));
    Map<Root, SignedBlockView> blocks = new HashMap<>();
    SignedBlockView head = null;
    for (Path file : files(folder.resolve("blocks"))) {
      SignedBlockView block = block(chain.schemas(), file);
      blocks.put(block.blockRoot(), block);
      head = head == null || block.slot().isAfter(head.slot()) ? block : head;
    }
    return path(chain, blocks, Objects.requireNonNull(head));
  }

  private static RecordedEras path(
      EraChain chain, Map<Root, SignedBlockView> blocks, SignedBlockView head) {
    NavigableMap<Long, SignedBlockView> canonical = new TreeMap<>();
    Root parent = head.blockRoot();
    for (@Nullable SignedBlockView at = head; at != null; at = blocks.get(parent)) {
      canonical.put(at.slot().value(), at);
      parent = at.parentRoot();
    }
    RecordedEras eras = new RecordedEras(chain, parent);
    eras.canonical.putAll(canonical);
    return eras;
  }

  EraChain chain() {
    return chain;
  }

  /** The canonical blocks of an era, ascending. */
  List<SignedBlockView> blocks(long era) {
    return List.copyOf(
        canonical.subMap(chain.startOf(era).value(), chain.endOf(era).value()).values());
  }

  /** The true state at the end of an era, as the chain's generator left it. */
  static byte[] trueState(long era) {
    Path file =
        Path.of(
            System.getProperty("auriga.root", ".."),
            "recordings/minimal-capella-to-fulu/states.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      while (true) {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
          if (next < 0) {
            throw new IllegalStateException("no state for era " + era + " in " + file);
          }
          line.append((char) next);
        }
        // kind, slot, fork, state root, block root, length
        String[] words = line.toString().split(" ", -1);
        byte[] ssz = in.readNBytes(Integer.parseInt(words[5]));
        if (words[0].equals("post") && Long.parseLong(words[1]) == era * SLOTS_PER_ERA) {
          return ssz;
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Root rootAt(Slot slot) {
    Map.Entry<Long, SignedBlockView> block = canonical.floorEntry(slot.value());
    return block == null ? genesisRoot : block.getValue().blockRoot();
  }

  /** What {@link #RecordedEras} says of states. */
  byte[] state(long era) {
    byte[] ssz = new byte[EraState.lengthNeeded(chain) + STATE_TAIL];
    new Random(era).nextBytes(ssz);
    ByteBuffer state = ByteBuffer.wrap(ssz).order(ByteOrder.LITTLE_ENDIAN);
    chain.genesisValidatorsRoot().copyTo(ssz, 8);
    Slot end = chain.endOf(era);
    state.putLong(40, end.value());
    int version = chain.spec().forks().entryAt(chain.spec().epochOf(end)).version().value();
    state.order(ByteOrder.BIG_ENDIAN).putInt(52, version);
    for (int slot = 0; slot < SLOTS_PER_ERA; slot++) {
      rootAt(chain.startOf(era).plus(slot)).copyTo(ssz, 176 + slot * Root.LENGTH);
    }
    return ssz;
  }

  /** Writes the file of an era. */
  Path write(Path folder, long era) {
    return write(folder, era, state(era));
  }

  Path write(Path folder, long era, byte[] state) {
    try (EraWriter writer = EraWriter.create(folder, chain, state)) {
      blocks(era).forEach(writer::block);
      return writer.finish();
    }
  }

  private static SignedBlockView block(BlockSchemas schemas, Path file) {
    try {
      String fork = file.getFileName().toString().split("_", -1)[1];
      return SignedBlockView.of(
          schemas, ForkName.find(fork).orElseThrow(), Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
