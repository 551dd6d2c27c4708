package io.auriga.chain.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EraRoundTripTest {
  private final RecordedEras recorded = RecordedEras.open();
  private final EraChain chain = recorded.chain();
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void readsEveryBlockAsItWasWritten(EraLevel level) {
    for (long era = 1; era <= RecordedEras.ERAS; era++) {
      try (EraFile file = EraFile.open(recorded.write(folder, era), chain)) {
        EraGroup group = file.groups().getFirst();
        List<SignedBlockView> expected = recorded.blocks(era);
        assertThat(group.era()).isEqualTo(era);
        assertThat(group.blockCount()).isEqualTo(expected.size());
        assertThat(group.slots()).isEqualTo(expected.stream().map(SignedBlockView::slot).toList());
        List<EraBlock> read = new ArrayList<>();
        group.forEach(level, read::add);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(read.get(i).view().bytes()).isEqualTo(expected.get(i).bytes());
          assertThat(read.get(i).root()).isEqualTo(expected.get(i).blockRoot());
        }
        assertThat(group.checkState()).isEqualTo(recorded.state(era).length);
      }
    }
  }

  @Test
  void writesTheSameBytesFromWhatWasRead() throws IOException {
    Path again = Files.createDirectory(folder.resolve("again"));
    for (long era = 0; era <= RecordedEras.ERAS; era++) {
      Path first = recorded.write(folder, era);
      Path second;
      try (EraFile file = EraFile.open(first, chain);
          EraWriter writer = EraWriter.create(again, chain, recorded.state(era))) {
        file.groups().getFirst().forEach(EraLevel.ROOTS, block -> writer.block(block.view()));
        second = writer.finish();
      }
      assertThat(second.getFileName()).isEqualTo(first.getFileName());
      assertThat(second).hasSameBinaryContentAs(first);
    }
  }

  @Test
  void laysTheRecordsOutAsTheFormatSays() {
    Path file = recorded.write(folder, 2);
    assertThat(new RawEra(file, 64, 64).toBytes()).isEqualTo(RawEra.read(file));
  }

  @Test
  void findsTheBlocksOfTheChainInItsTrueStates() {
    for (long era = 1; era <= RecordedEras.ERAS; era++) {
      Path file = recorded.write(folder, era, RecordedEras.trueState(era));
      try (EraFile opened = EraFile.open(file, chain)) {
        EraGroup group = opened.groups().getFirst();
        List<EraBlock> read = new ArrayList<>();
        group.forEach(EraLevel.FULL, read::add);
        assertThat(read).hasSameSizeAs(recorded.blocks(era));
        assertThat(group.checkState()).isEqualTo(RecordedEras.trueState(era).length);
        assertThat(lastSummary(era)).isEqualTo(group.state().summary());
      }
    }
  }

  /** What the state itself keeps of the era that it ends. */
  private HistoricalSummary lastSummary(long era) {
    SszView summaries =
        SszView.of(
                StateSchemas.of(chain.spec()).state(chain.spec().forkAt(chain.endOf(era))),
                RecordedEras.trueState(era))
            .field("historical_summaries");
    assertThat(summaries.count()).isEqualTo((int) era);
    SszView last = summaries.element((int) era - 1);
    return new HistoricalSummary(last.root("block_summary_root"), last.root("state_summary_root"));
  }

  @Test
  void namesFilesByNetworkEraAndRoot() {
    assertThat(recorded.write(folder, 0).getFileName().toString())
        .isEqualTo("auriga-chain-00000-ea569bcb.era");
    Path first = recorded.write(folder, 1);
    EraFileName name = EraFileName.parse(first.getFileName().toString()).orElseThrow();
    assertThat(name.era()).isEqualTo(1);
    try (EraFile file = EraFile.open(first, chain)) {
      Root root = file.groups().getFirst().state().summary().root();
      assertThat(root.toHex()).startsWith("0x" + name.shortRoot());
    }
    assertThat(new EraFileName("mainnet", 1234, "0a1b2c3d"))
        .hasToString("mainnet-01234-0a1b2c3d.era");
    assertThat(EraFileName.parse("mainnet-01234-0a1b2c3d.era1")).isEmpty();
    assertThat(EraFileName.parse("../mainnet-01234-0a1b2c3d.era")).isEmpty();
  }

  @Test
  void readsJoinedFilesGroupByGroup() throws IOException {
    Path joined = folder.resolve("joined.era");
    for (long era = 0; era <= RecordedEras.ERAS; era++) {
      byte[] one = RawEra.read(recorded.write(folder, era));
      Files.write(
          joined,
          one,
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    }
    try (EraFile file = EraFile.open(joined, chain)) {
      assertThat(file.groups()).extracting(EraGroup::era).containsExactly(0L, 1L, 2L);
      List<Slot> slots = new ArrayList<>();
      for (EraGroup group : file.groups()) {
        group.forEach(EraLevel.FULL, block -> slots.add(block.view().slot()));
      }
      assertThat(slots).hasSize(recorded.blocks(1).size() + recorded.blocks(2).size()).isSorted();
    }
  }

  @Test
  void skipsRecordsOfUnknownTypes() {
    RawEra raw = new RawEra(recorded.write(folder, 1), 0, 64);
    raw.items.add(raw.items.size(), new RawEra.Item(0x7777, new byte[] {1, 2, 3}, -1));
    raw.items.add(raw.items.size(), new RawEra.Item(0x0080, new byte[0], -1));
    raw.items.add(1, new RawEra.Item(0x4242, new byte[100], -1));
    try (EraFile file = EraFile.open(raw.write(folder.resolve("other.era")), chain)) {
      List<EraBlock> read = new ArrayList<>();
      file.groups().getFirst().forEach(EraLevel.FULL, read::add);
      assertThat(read).hasSameSizeAs(recorded.blocks(1));
    }
  }

  @Test
  void handsOutBlocksAsTheFollowerDoes() {
    try (EraFile file = EraFile.open(recorded.write(folder, 1), chain)) {
      EraGroup group = file.groups().getFirst();
      EraBlock block = group.block(group.slots().getLast(), EraLevel.FULL);
      var asFollowed = block.chainBlock(java.time.Instant.EPOCH);
      assertThat(asFollowed.withdrawals()).isNotEmpty();
      assertThat(asFollowed.withdrawalsRoot())
          .isEqualTo(block.view().payload().withdrawalsMptRoot());
      assertThat(asFollowed.ref().root()).isEqualTo(block.root());
    }
  }

  @Test
  void leavesBlocksBeforeCapellaOut() {
    Map<String, String> values = new HashMap<>(chain.spec().values());
    values.put("CAPELLA_FORK_EPOCH", "1");
    values.put("BELLATRIX_FORK_EPOCH", "0");
    EraChain later = EraChain.of(ChainSpec.of(values), chain.genesisValidatorsRoot());
    try (EraFile file = EraFile.open(recorded.write(folder, 1), later)) {
      EraGroup group = file.groups().getFirst();
      assertThat(group.blockCount()).isEqualTo(recorded.blocks(1).size());
      assertThat(group.slots().getFirst()).isEqualTo(new Slot(8));
      assertThatThrownBy(() -> group.block(new Slot(7), EraLevel.ROOTS))
          .isInstanceOf(EraException.class)
          .hasMessageContaining("slot 7 belongs to bellatrix");
    }
  }

  @Test
  void readsFromManyThreadsAtOnce() {
    try (EraFile file = EraFile.open(recorded.write(folder, 2), chain)) {
      EraGroup group = file.groups().getFirst();
      List<Root> roots =
          Stream.of(group.slots(), group.slots(), group.slots())
              .flatMap(List::stream)
              .parallel()
              .map(slot -> group.block(slot, EraLevel.FULL).root())
              .toList();
      assertThat(roots).hasSize(3 * group.blockCount());
    }
  }
}
