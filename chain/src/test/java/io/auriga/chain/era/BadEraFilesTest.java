package io.auriga.chain.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Era files that are damaged, cut, forged or of somewhere else. */
class BadEraFilesTest {
  private static final int LAST_SLOT = 63;

  private final RecordedEras recorded = RecordedEras.open();
  private final EraChain chain = recorded.chain();
  @TempDir Path folder;
  private Path good = Path.of("");
  private byte[] bytes = {};

  @BeforeEach
  void writeGoodFile() {
    good = recorded.write(folder, 1);
    bytes = RawEra.read(good);
  }

  /** Reads all of it as an import at level FULL does; null where nothing is wrong. */
  private @Nullable EraError errorOf(byte[] content) throws IOException {
    return errorOf(Files.write(folder.resolve("bad.era"), content), chain, EraLevel.FULL);
  }

  private static @Nullable EraError errorOf(Path file, EraChain chain, EraLevel level) {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (EraFile opened = EraFile.open(file, chain)) {
                for (EraGroup group : opened.groups()) {
                  group.forEach(level, block -> {});
                  group.checkState();
                }
              }
            });
    if (thrown == null) {
      return null;
    }
    assertThat(thrown).isInstanceOf(EraException.class).hasMessageContaining(file.toString());
    return ((EraException) thrown).error();
  }

  @Test
  void findsNothingWrongWithTheFileThatTheOthersAreMadeOf() throws IOException {
    assertThat(errorOf(bytes)).isNull();
  }

  @Test
  void namesAFileThatEndsAtOrNearTheEdgeOfAnyRecord() throws IOException {
    List<Integer> edges = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length; at += 8 + buffer.getInt(at + 2)) {
      edges.add(at);
    }
    assertThat(edges).hasSize(1 + recorded.blocks(1).size() + 3);
    for (int edge : edges) {
      for (int length : new int[] {edge, edge + 1, edge + 7, edge + 8, edge + 9}) {
        if (length < bytes.length) {
          assertThat(errorOf(Arrays.copyOf(bytes, length)))
              .as("cut to %s of %s", length, bytes.length)
              .isEqualTo(EraError.TRUNCATED);
        }
      }
    }
    assertThat(errorOf(Arrays.copyOf(bytes, bytes.length - 1))).isEqualTo(EraError.TRUNCATED);
    assertThat(errorOf(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(EraError.TRUNCATED);
    assertThat(errorOf(Arrays.copyOf(bytes, bytes.length + 8))).isEqualTo(EraError.MALFORMED);
  }

  @Test
  void findsEveryFlippedBitOrReadsTheSameBlocks() throws IOException {
    Random random = new Random(20_261_125);
    int found = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] damaged = bytes.clone();
      int bit = random.nextInt(bytes.length * Byte.SIZE);
      damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      if (errorOf(damaged) != null) {
        found++;
      } else {
        assertThat(roots(folder.resolve("bad.era"))).as("bit " + bit).isEqualTo(roots(good));
      }
    }
    assertThat(found).isGreaterThan(1490);
  }

  private List<Root> roots(Path file) {
    List<Root> roots = new ArrayList<>();
    try (EraFile opened = EraFile.open(file, chain)) {
      opened.groups().getFirst().forEach(EraLevel.ROOTS, block -> roots.add(block.root()));
    }
    return roots;
  }

  @Test
  void survivesAnyGarbage() throws IOException {
    Random random = new Random(4);
    byte[] version = Arrays.copyOf(bytes, 8);
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[random.nextInt(5000)];
      random.nextBytes(garbage);
      if (i % 2 == 0) {
        System.arraycopy(version, 0, garbage, 0, Math.min(8, garbage.length));
      }
      assertThat(errorOf(garbage)).isIn(EraError.TRUNCATED, EraError.MALFORMED);
    }
    for (int i = 0; i < 500; i++) {
      byte[] torn = bytes.clone();
      int from = random.nextInt(torn.length);
      int length = Math.min(torn.length - from, 1 + random.nextInt(100_000));
      Arrays.fill(torn, from, from + length, (byte) (i % 3 == 0 ? random.nextInt(256) : 0));
      if (!Arrays.equals(torn, bytes)) {
        assertThat(errorOf(torn)).as("%s bytes from %s on", length, from).isNotNull();
      }
    }
  }

  @Test
  void saysWhatCannotBeOpenedAtAll() throws IOException {
    assertThat(errorOf(folder.resolve("none.era"), chain, EraLevel.ROOTS))
        .isEqualTo(EraError.UNREADABLE);
    assertThat(errorOf(folder, chain, EraLevel.ROOTS)).isEqualTo(EraError.UNREADABLE);
    assertThat(errorOf(new byte[0])).isEqualTo(EraError.TRUNCATED);
    assertThat(errorOf("{\"no\": \"era file\"}".getBytes(StandardCharsets.UTF_8)))
        .isIn(EraError.MALFORMED, EraError.TRUNCATED);
  }

  @Test
  void refusesReservedBytesThatAreNotZero() throws IOException {
    byte[] altered = bytes.clone();
    altered[8 + 6] = 1;
    assertThat(errorOf(altered)).isEqualTo(EraError.MALFORMED);
  }

  @Test
  void refusesABlockThatIsLargerThanBlocksCanBe() throws IOException {
    Path file = Files.write(folder.resolve("large.era"), Arrays.copyOf(bytes, 16));
    int length = EraGroup.PACKED_BLOCK_MAX + 1;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(10);
      sparse.writeInt(Integer.reverseBytes(length));
      sparse.setLength(16L + length);
    }
    assertThat(errorOf(file, chain, EraLevel.ROOTS)).isEqualTo(EraError.OVERSIZED);
  }

  @Test
  void refusesABlockThatUnpacksToTooMuch() throws IOException {
    RawEra raw = raw();
    int at = raw.blockAt(LAST_SLOT);
    raw.items.set(at, raw.items.get(at).repacked(new byte[EraGroup.BLOCK_MAX + 1]));
    assertThat(errorOf(raw.toBytes())).isEqualTo(EraError.CORRUPT);
  }

  @Test
  void refusesFilesOfAnotherNetwork() {
    EraChain other = EraChain.of(chain.spec(), Root.ZERO);
    assertThat(errorOf(good, other, EraLevel.ROOTS)).isEqualTo(EraError.WRONG_NETWORK);
    Map<String, String> values = new HashMap<>(chain.spec().values());
    values.put("FULU_FORK_VERSION", "0x12345678");
    EraChain otherVersion = EraChain.of(ChainSpec.of(values), chain.genesisValidatorsRoot());
    assertThat(errorOf(good, otherVersion, EraLevel.ROOTS)).isEqualTo(EraError.WRONG_NETWORK);
    EraChain mainnet = EraChain.of(ChainSpec.builtIn("mainnet"), chain.genesisValidatorsRoot());
    assertThatThrownBy(() -> EraFile.open(good, mainnet)).isInstanceOf(EraException.class);
  }

  @Test
  void refusesBlocksInAnotherOrderHoweverTheIndexPointsToThem() throws IOException {
    RawEra raw = raw();
    Collections.swap(raw.items, raw.blockAt(62), raw.blockAt(LAST_SLOT));
    assertThat(errorOf(raw.toBytes())).isEqualTo(EraError.BAD_INDEX);
    RawEra relabelled = raw();
    int first = relabelled.blockAt(62);
    int second = relabelled.blockAt(LAST_SLOT);
    RawEra.Item a = relabelled.items.get(first);
    RawEra.Item b = relabelled.items.get(second);
    relabelled.items.set(first, new RawEra.Item(RawEra.BLOCK, b.data(), 62));
    relabelled.items.set(second, new RawEra.Item(RawEra.BLOCK, a.data(), LAST_SLOT));
    assertThat(errorOf(relabelled.toBytes())).isEqualTo(EraError.BAD_INDEX);
  }

  @Test
  void refusesAGroupWhoseStateComesBeforeABlock() throws IOException {
    RawEra raw = raw();
    Collections.swap(raw.items, raw.blockAt(LAST_SLOT), raw.stateAt());
    assertThat(errorOf(raw.toBytes())).isEqualTo(EraError.MALFORMED);
  }

  @Test
  void findsABlockThatIsLeftOut() throws IOException {
    RawEra raw = raw();
    raw.items.remove(raw.blockAt(30));
    assertThat(errorOf(raw.toBytes())).isEqualTo(EraError.MISMATCH);
  }

  @Test
  void findsAnAlteredAmountAtEitherLevel() {
    RawEra raw = raw();
    int at = raw.blockAt(LAST_SLOT);
    byte[] ssz = raw.items.get(at).unpacked();
    SignedBlockView view =
        SignedBlockView.of(chain.schemas(), chain.spec().forkAt(new Slot(LAST_SLOT)), ssz);
    var list = view.body().field("execution_payload").field("withdrawals");
    byte[] altered = ssz.clone();
    altered[list.offset() + 36] ^= 1;
    raw.items.set(at, raw.items.get(at).repacked(altered));
    Path file = raw.write(folder.resolve("forged.era"));
    assertThat(errorOf(file, chain, EraLevel.ROOTS)).isEqualTo(EraError.MISMATCH);
    assertThat(errorOf(file, chain, EraLevel.FULL)).isEqualTo(EraError.MISMATCH);
  }

  @Test
  void findsAtLevelFullAPayloadThatAForgedStateVouchesFor() {
    RawEra raw = raw();
    int at = raw.blockAt(LAST_SLOT);
    byte[] ssz = raw.items.get(at).unpacked();
    SignedBlockView view =
        SignedBlockView.of(chain.schemas(), chain.spec().forkAt(new Slot(LAST_SLOT)), ssz);
    byte[] altered = ssz.clone();
    altered[view.body().field("execution_payload").field("withdrawals").offset() + 36] ^= 1;
    raw.items.set(at, raw.items.get(at).repacked(altered));
    byte[] state = recorded.state(1);
    SignedBlockView.of(chain.schemas(), view.fork(), altered)
        .blockRoot()
        .copyTo(state, 176 + LAST_SLOT * Root.LENGTH);
    raw.items.set(raw.stateAt(), raw.items.get(raw.stateAt()).repacked(state));
    Path file = raw.write(folder.resolve("forged.era"));
    assertThat(errorOf(file, chain, EraLevel.ROOTS)).isNull();
    assertThat(errorOf(file, chain, EraLevel.FULL)).isEqualTo(EraError.MISMATCH);
  }

  @Test
  void refusesIndicesThatPointElsewhere() throws IOException {
    int stateIndex = bytes.length - (8 + 24);
    int blockIndex = stateIndex - (8 + 8 * 66);
    for (int at :
        new int[] {blockIndex + 8, blockIndex + 24, blockIndex + 8 * 66, stateIndex + 16}) {
      for (long value : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, -8, 64}) {
        byte[] altered = bytes.clone();
        ByteBuffer.wrap(altered).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        if (!Arrays.equals(altered, bytes)) {
          assertThat(errorOf(altered)).as("%s at %s", value, at).isEqualTo(EraError.BAD_INDEX);
        }
      }
    }
  }

  @Test
  void refusesAStateOfASlotThatNobodyWillReach() throws IOException {
    RawEra raw = raw();
    byte[] state = recorded.state(1);
    Arrays.fill(state, 41, 48, (byte) 0xff);
    state[40] = (byte) 0xc0;
    raw.items.set(raw.stateAt(), raw.items.get(raw.stateAt()).repacked(state));
    assertThat(errorOf(raw.toBytes())).isEqualTo(EraError.CORRUPT);
  }

  @Test
  void takesEachEraOnceInWhateverOrderFilesAreGiven() throws IOException {
    Path second = recorded.write(folder, 2);
    Path copy = Files.copy(good, folder.resolve("zz-copy.era"));
    Path cut = Files.write(folder.resolve("cut.era"), Arrays.copyOf(bytes, 5000));
    EraCatalog catalog = EraCatalog.of(List.of(copy, second, cut, good), chain);
    assertThat(catalog.eras()).extracting(EraCatalog.Entry::era).containsExactly(1L, 2L);
    assertThat(catalog.eras()).extracting(EraCatalog.Entry::file).containsExactly(good, second);
    assertThat(catalog.refused())
        .extracting(EraCatalog.Refused::file, refused -> refused.reason().code())
        .containsExactly(
            tuple(cut, EraError.TRUNCATED.code()), tuple(copy, EraError.DUPLICATE.code()));
  }

  @Test
  void usesNeitherOfTwoFilesThatContradictEachOther() {
    byte[] state = recorded.state(1);
    state[176 + LAST_SLOT * Root.LENGTH] ^= 1;
    RawEra raw = raw();
    raw.items.set(raw.stateAt(), raw.items.get(raw.stateAt()).repacked(state));
    Path other = raw.write(folder.resolve("other.era"));
    EraCatalog catalog = EraCatalog.of(List.of(good, other), chain);
    assertThat(catalog.eras()).isEmpty();
    assertThat(catalog.refused())
        .extracting(refused -> ((EraException) refused.reason()).error())
        .containsOnly(EraError.CONFLICT);
  }

  @Test
  void findsAFirstBlockThatIsLeftOutByTheEraBefore() {
    RawEra raw = new RawEra(recorded.write(folder, 2), 64, 64);
    raw.items.remove(raw.blockAt(64));
    Path without = raw.write(folder.resolve("without.era"));
    EraCatalog catalog = EraCatalog.of(List.of(good, without), chain);
    assertThat(catalog.eras()).extracting(EraCatalog.Entry::era).containsExactly(1L);
    AurigaException reason = catalog.refused().getFirst().reason();
    assertThat(reason.code()).isEqualTo(EraError.MISMATCH.code());
    assertThat(reason).hasMessageContaining("begins with an empty slot");
  }

  private RawEra raw() {
    return new RawEra(good, 0, RecordedEras.SLOTS_PER_ERA);
  }
}
