package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.Platform;
import io.auriga.app.cli.verify.Network;
import io.auriga.app.cli.verify.StateFile;
import io.auriga.app.config.AurigaConfig;
import io.auriga.app.history.EraWitness;
import io.auriga.app.history.EraWork;
import io.auriga.app.history.HistoryImport;
import io.auriga.app.history.ImportResult.Status;
import io.auriga.app.history.RangeWork;
import io.auriga.app.history.TrustedState;
import io.auriga.chain.BlockSource;
import io.auriga.chain.era.EraChain;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.HistoryError;
import io.auriga.withdrawals.HistoryLedger;
import io.auriga.withdrawals.Verification;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga history import}: blocks from before what is followed, into the ledger. */
@Command(
    name = "import",
    description = {
      "Loads final history into the ledger: from era files in any order, several at a time, or from"
          + " a beacon node in ranges of slots. Every block is verified, and must fit what is held"
          + " beside it. A file is read and verified to its end before any of it is loaded; what"
          + " was interrupted goes on when the same command is started again, and nothing is loaded"
          + " twice. A file that is torn, of another network or wrong is reported and passed over.",
      "",
      "'auriga run' may follow the chain into the same store meanwhile; a second import may not.",
      "",
      "A file proves its blocks by its own state. What is followed after them anchors them, or a"
          + " node, or a later state that you trust; the report says for which slots nobody does.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything is in the ledger",
      "1:Something is wrong, or does not fit what is held, and was passed over",
      "2:The command line or the configuration is wrong; nothing was done",
      "3:A file could not be read to its end, and was passed over",
      "4:The store, the disk or a node failed; what was done before stays"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga history import /data/eras",
      "  auriga history import mainnet-01400-1a2b3c4d.era --verify full --json",
      "  auriga history import --from 6209536 --to 6300000 --consensus http://localhost:5052"
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE|FOLDER",
      arity = "0..*",
      description = "Era files, or folders of them.")
  private List<Path> files = List.of();

  @Option(
      names = "--from",
      paramLabel = "SLOT",
      description = "The first slot to read from the node.")
  private @Nullable Long from;

  @Option(names = "--to", paramLabel = "SLOT", description = "The last slot; it must be final.")
  private @Nullable Long to;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "mainnet, sepolia, holesky, hoodi, or the path of a config.yaml; by default mainnet, or"
              + " the node's where one is given.")
  private @Nullable String network;

  @Option(
      names = "--verify",
      paramLabel = "LEVEL",
      defaultValue = "roots",
      description =
          "How far blocks of files are recomputed: roots (the block's root, which covers its"
              + " withdrawals) or full (besides, the block hash from the payload). A node's blocks"
              + " are always verified in full. Default: ${DEFAULT-VALUE}.")
  private Verification verification = Verification.ROOTS;

  @Option(
      names = "--trusted-state",
      paramLabel = "FILE",
      description =
          "A later state that you trust, as SSZ, plain, .gz or .ssz_snappy: eras since Capella must"
              + " be those of its historical summaries. It is in memory for a moment: 350 MB on"
              + " mainnet.")
  private @Nullable String trustedState;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Files at once; by default as many as there are processors, at most 8.")
  private int parallel = Math.min(8, Runtime.getRuntime().availableProcessors());

  @Option(names = "--json", description = "One JSON object a file or a range, a line each.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() throws InterruptedException {
    requireOneKind();
    AurigaConfig loaded = config.load(nodes.settings());
    if (from != null) {
      return fromNode(loaded);
    }
    List<Path> found = EraFiles.find(files);
    try (Store store = open(loaded)) {
      if (network != null || loaded.consensus().isEmpty()) {
        return fromFiles(store, found, chain(store), EraWitness.NOBODY);
      }
      try (Nodes connected = new Nodes(loaded.consensus(), List.of())) {
        NetworkCheck.Network its = NetworkCheck.require(connected.beacons(), List.of());
        store.requireNetwork(its.genesis().validatorsRoot().toHex());
        return fromFiles(
            store,
            found,
            EraChain.of(its.spec(), its.genesis().validatorsRoot()),
            EraWitness.of(new FailoverBeaconNode(connected.beaconsOf(its))));
      }
    }
  }

  private Integer fromFiles(Store store, List<Path> found, EraChain chain, EraWitness node)
      throws InterruptedException {
    EraWitness witness = trustedState == null ? node : trusted(trustedState, chain).or(node);
    HistoryLedger ledger =
        new HistoryLedger(store, chain.genesisValidatorsRoot(), InstantSource.system());
    ImportReport report = report(found.size(), "files");
    load(
        ledger,
        found.size() * chain.spec().number("SLOTS_PER_HISTORICAL_ROOT"),
        chain.spec(),
        new HistoryImport(parallel, report::add),
        found.stream()
            .map(file -> new EraWork(file, chain, verification, witness, ledger))
            .toList());
    return report.finish(ledger.unanchored());
  }

  private void load(
      HistoryLedger ledger,
      long slots,
      ChainSpec chain,
      HistoryImport history,
      List<? extends HistoryImport.Work> pieces)
      throws InterruptedException {
    ledger.expect(slots * chain.number("MAX_WITHDRAWALS_PER_PAYLOAD"));
    try {
      history.run(pieces);
    } finally {
      ledger.settle(
          () ->
              spec.commandLine()
                  .getErr()
                  .println("Making the indices over all withdrawals, which were left out …"));
    }
  }

  private static EraWitness trusted(String file, EraChain chain) {
    return new TrustedState(file, StateFile.read(file, chain.spec()), chain);
  }

  private void requireOneKind() {
    boolean range = from != null || to != null;
    if (range == !files.isEmpty()) {
      throw usage("give files or folders, or --from SLOT and --to SLOT");
    }
    if (range && (from == null || to == null || from < 0 || to < from)) {
      throw usage("a range needs --from SLOT and, not below it, --to SLOT");
    }
    if (parallel < 1 || parallel > 64) {
      throw usage("--parallel must be between 1 and 64");
    }
  }

  private static AurigaException usage(String problem) {
    return new AurigaException(CliError.USAGE, "import history", problem);
  }

  private static Store open(AurigaConfig loaded) {
    // All tables, so that 'auriga run' may start while this loads into a new store.
    return Store.open(loaded.store().withBulkLoads(), Platform.tables().toArray(Migrations[]::new));
  }

  /** What era files must belong to where no node says it: the network that was named. */
  private EraChain chain(Store store) {
    Network named = Network.of(network);
    Optional<Root> root =
        named.genesis().map(Genesis::validatorsRoot).or(() -> store.network().map(Root::fromHex));
    if (root.isEmpty()) {
      throw usage(
          "which chain of network %s is meant is not known: let 'auriga run' fill the store first"
              .formatted(network));
    }
    store.requireNetwork(root.get().toHex());
    return EraChain.of(named.spec(), root.get());
  }

  private Integer fromNode(AurigaConfig loaded) throws InterruptedException {
    if (loaded.consensus().isEmpty()) {
      throw usage("no consensus node is given: name one with --consensus URL");
    }
    try (Nodes connected = new Nodes(loaded.consensus(), List.of());
        Store store = open(loaded);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      NetworkCheck.Network found = NetworkCheck.require(connected.beacons(), List.of());
      store.requireNetwork(found.genesis().validatorsRoot().toHex());
      FailoverBeaconNode node = new FailoverBeaconNode(connected.beaconsOf(found));
      BlockSource blocks =
          new BlockSource(
              connected.beaconsOf(found),
              List.of(),
              BlockSchemas.of(found.spec()),
              found.spec(),
              InstantSource.system(),
              _ -> {});
      HistoryLedger ledger =
          new HistoryLedger(store, found.genesis().validatorsRoot(), InstantSource.system());
      Slot last = requireFinal(node);
      List<RangeWork> pieces =
          RangeWork.pieces(
              first(found.spec()),
              last,
              blocks,
              readers,
              loaded.follower().window(),
              node.name(),
              ledger);
      ImportReport report = report(pieces.size(), "ranges");
      load(
          ledger,
          last.value() - first(found.spec()).value() + 1,
          found.spec(),
          new HistoryImport(1, report::add),
          pieces);
      return report.finish(ledger.unanchored());
    }
  }

  /** Neither the genesis block nor anything before Capella has withdrawals. */
  private Slot first(ChainSpec spec) {
    long capella =
        spec.forks()
            .epochOf(ForkName.CAPELLA)
            .map(epoch -> spec.startSlotOf(epoch).value())
            .orElse(0L);
    return new Slot(Math.max(Math.max(1, capella), from == null ? 0 : from));
  }

  private Slot requireFinal(FailoverBeaconNode node) {
    Slot wanted = new Slot(to == null ? 0 : to);
    Slot last = node.header(BlockId.finalized()).map(BlockHeader::slot).orElse(new Slot(0));
    if (wanted.isAfter(last)) {
      throw new AurigaException(
          HistoryError.NOT_FINAL,
          "load the slots up to %s from %s".formatted(wanted, node.name()),
          "the last final slot is " + last);
    }
    return wanted;
  }

  private ImportReport report(int pieces, String unit) {
    return new ImportReport(spec.commandLine(), json, pieces, unit);
  }

  static int exitCode(Status worst) {
    return switch (worst) {
      case LOADED, HELD, EMPTY -> ExitCode.OK;
      case UNREADABLE -> ExitCode.UNREADABLE;
      case REFUSED -> ExitCode.FINDING;
    };
  }
}
