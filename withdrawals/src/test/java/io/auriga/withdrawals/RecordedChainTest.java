package io.auriga.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real blocks of real chains, every one taken as the head in turn, orphans included. */
@ParameterizedClass
@EnumSource
class RecordedChainTest extends LedgerFixture {
  private static final BlockSchemas SCHEMAS = BlockSchemas.of(ChainSpec.builtIn("minimal"));

  private final Map<Root, ChainBlock> blocks = new HashMap<>();
  private int reorgs;

  RecordedChainTest(Database database) {
    super(database);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal-capella-to-fulu", "lodestar-capella-reorgs"})
  void holdsWhatTheBlocksOfARecordedChainHold(String recording) throws IOException {
    List<ChainBlock> inOrder = read(recording);
    for (ChainBlock head : inOrder) {
      blocks.put(head.root(), head);
      moveTo(head);
    }
    assertThat(reorgs).as("reorgs on the way").isPositive();
    List<ChainBlock> canonical = new ArrayList<>(path(inOrder.getLast(), Optional.empty()));
    List<Withdrawal> expected =
        canonical.stream().flatMap(block -> block.withdrawals().stream()).toList();
    List<Withdrawal> exported = new ArrayList<>();
    queries.export(
        WithdrawalFilter.ALL.withOrder(Order.OLDEST_FIRST),
        record -> exported.add(record.withdrawal()));
    assertThat(exported).isNotEmpty().isEqualTo(expected);
    assertThat(ledger.gaps()).isEmpty();
    assertThat(queries.blocks(1_000, Optional.empty()))
        .hasSize(inOrder.size())
        .allSatisfy(
            record -> {
              ChainBlock block = Objects.requireNonNull(blocks.get(record.root()));
              assertThat(record.fork()).isEqualTo(block.view().fork());
              assertThat(record.hash()).isEqualTo(block.view().payload().blockHash());
              assertThat(record.canonical()).isEqualTo(canonical.contains(block));
            });
    finality(2, canonical.getLast(), 1, canonical.getLast());
    assertThat(queries.summary().byStage().get(Stage.FINALIZED)).isEqualTo(expected.size());
  }

  private void moveTo(ChainBlock head) {
    Optional<BlockRef> tip = ledger.position().map(position -> position.head());
    Deque<ChainBlock> applied = path(head, tip);
    List<BlockRef> undone = List.of();
    if (tip.isPresent()) {
      Root fork = applied.getFirst().view().parentRoot();
      undone = ledger.canonicalAbove(ledger.canonical(fork).orElseThrow().slot());
      reorgs += undone.isEmpty() ? 0 : 1;
    }
    ledger.commit(ChainUpdate.ofBlocks(head.seenAt(), undone, List.copyOf(applied)));
  }

  /** From the block after the last canonical one to {@code head}; from the first without a tip. */
  private Deque<ChainBlock> path(ChainBlock head, Optional<BlockRef> tip) {
    Deque<ChainBlock> path = new ArrayDeque<>();
    @Nullable ChainBlock at = head;
    while (at != null && (tip.isEmpty() || ledger.canonical(at.root()).isEmpty())) {
      path.addFirst(at);
      at = blocks.get(at.view().parentRoot());
    }
    return path;
  }

  private static List<ChainBlock> read(String recording) throws IOException {
    Path folder =
        Path.of(System.getProperty("auriga.root", ".."), "recordings", recording, "blocks");
    assumeTrue(Files.isDirectory(folder), "NOT TESTED: there is no recording in " + folder);
    try (var files = Files.list(folder)) {
      return files
          .map(RecordedChainTest::block)
          .sorted(Comparator.comparing(TestBlocks::slot))
          .toList();
    }
  }

  private static ChainBlock block(Path file) {
    try {
      String fork = file.getFileName().toString().split("_", -1)[1];
      SignedBlockView view =
          SignedBlockView.of(SCHEMAS, ForkName.find(fork).orElseThrow(), Files.readAllBytes(file));
      return new ChainBlock(
          view,
          view.blockRoot(),
          view.payload().blockNumber(),
          view.payload().blockHash(),
          view.payload().withdrawalsMptRoot(),
          view.payload().withdrawals(),
          false,
          TestBlocks.startOf(view.slot().value()),
          Optional.empty());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
