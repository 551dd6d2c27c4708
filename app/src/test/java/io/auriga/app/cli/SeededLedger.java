package io.auriga.app.cli;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.runtime.store.Store;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.withdrawals.WithdrawalLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ledger with the first blocks of the recorded chain that is part of the project. */
final class SeededLedger {
  private static final Instant SEEN = Instant.parse("2026-01-01T01:00:00Z");

  private SeededLedger() {}

  static Path recording() {
    return Path.of(
        System.getProperty("auriga.root", ".."), "recordings", "minimal-capella-to-fulu");
  }

  /** Fills a new store in the folder and returns its canonical blocks. */
  static List<ChainBlock> in(Path folder) throws IOException {
    List<ChainBlock> blocks = canonicalBlocks(40);
    try (Store store = Store.open("sqlite:" + folder, WithdrawalLedger.MIGRATIONS)) {
      new WithdrawalLedger(store).commit(ChainUpdate.ofBlocks(SEEN, List.of(), blocks));
    }
    return blocks;
  }

  private static List<ChainBlock> canonicalBlocks(int count) throws IOException {
    BlockSchemas schemas = BlockSchemas.of(ChainSpec.builtIn("minimal"));
    List<SignedBlockView> views = new ArrayList<>();
    try (Stream<Path> files = Files.list(recording().resolve("blocks"))) {
      for (Path file : files.toList()) {
        String[] name = file.getFileName().toString().split("_", -1);
        ForkName fork = ForkName.find(name[1]).orElseThrow();
        views.add(SignedBlockView.of(schemas, fork, Files.readAllBytes(file)));
      }
    }
    views.sort(Comparator.comparing(SignedBlockView::slot));
    List<ChainBlock> chain = new ArrayList<>();
    @Nullable Root head = null;
    for (SignedBlockView view : views) {
      if (chain.size() < count && (head == null || head.equals(view.parentRoot()))) {
        chain.add(block(view));
        head = view.blockRoot();
      }
    }
    return chain;
  }

  private static ChainBlock block(SignedBlockView view) {
    return new ChainBlock(
        view,
        view.blockRoot(),
        view.payload().blockNumber(),
        view.payload().blockHash(),
        view.payload().withdrawalsMptRoot(),
        view.payload().withdrawals(),
        false,
        SEEN,
        Optional.of(SEEN));
  }
}
