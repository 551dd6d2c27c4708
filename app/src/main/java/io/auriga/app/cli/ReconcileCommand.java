package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.NetworkCheck;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.reconcile.CheckResult;
import io.auriga.withdrawals.reconcile.ReconcileNodes;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals reconcile}: do the books balance, block by block. */
@Command(
    name = "reconcile",
    description = {
      "Checks blocks now: no index missing, the stored list against its proven root, the execution"
          + " node's list, the balance of each account paid, and of each validator, before and"
          + " after. What cannot be proven is said with its reason, and is no finding.",
      "Without nodes only the store is checked. Balances need nodes that keep the states of these"
          + " blocks. Nothing is written; 'auriga run' checks new blocks by itself and keeps what"
          + " it finds.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Nothing disagrees", "1:Something disagrees, or indices are missing"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals reconcile",
      "  auriga withdrawals reconcile --from 2026-01-01 --to 2026-02-01 --json",
      "  auriga withdrawals reconcile --slot 6209538..6209600 --consensus http://localhost:5052"
          + " --execution http://localhost:8545"
    })
final class ReconcileCommand implements Callable<Integer> {
  /** What is checked if nothing is said: about two epochs of mainnet. */
  private static final long LAST_SLOTS = 64;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Blocks not before this time: 2026-11-22, 2026-11-22T10:00:00Z, or 24h ago.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Blocks before this time.")
  private @Nullable String to;

  @Option(
      names = "--slot",
      paramLabel = "A..B",
      description = "Blocks of one slot, or of slots A to B. By default the last 64 slots.")
  private @Nullable String slot;

  @Option(names = "--json", description = "One JSON object a block, a line each, then a summary.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    AurigaConfig loaded = config.load(nodes.settings());
    if (loaded.consensus().isEmpty() != loaded.execution().isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "ask nodes",
          "only one side is given",
          "Name both sides with --consensus URL and --execution URL, or neither",
          null);
    }
    PrintWriter err = spec.commandLine().getErr();
    ReconcileReport report =
        new ReconcileReport(spec.commandLine().getOut(), err, json, InstantSource.system());
    return LedgerAccess.read(loaded, store -> run(store, loaded, report));
  }

  private int run(Store store, AurigaConfig loaded, ReconcileReport report) {
    ReconcileQueries queries = new ReconcileQueries(store);
    Optional<Range> range = range(store, queries);
    report.gaps(LedgerGap.lost(new WithdrawalQueries(store).gaps()));
    if (range.isPresent()) {
      report.expect(queries.count(range.get().from(), range.get().to()));
      if (loaded.consensus().isEmpty()) {
        check(queries, range.get(), Optional.empty(), report);
      } else {
        try (Nodes open = new Nodes(loaded.consensus(), loaded.execution())) {
          NetworkCheck.Network network = NetworkCheck.require(open.beacons(), open.executions());
          requireSameNetwork(store, network);
          ReconcileNodes asked =
              open.reconcileOf(
                  network,
                  open.statesOf(network),
                  BlockSchemas.of(network.spec()),
                  InstantSource.system(),
                  loaded.traces());
          check(queries, range.get(), Optional.of(asked), report);
        }
      }
    }
    report.end(loaded.consensus().isEmpty());
    return report.isClean() ? ExitCode.OK : ExitCode.FINDING;
  }

  private static void check(
      ReconcileQueries queries,
      Range range,
      Optional<ReconcileNodes> nodes,
      ReconcileReport report) {
    queries.check(
        range.from(),
        range.to(),
        nodes,
        (ReconcileQueries.Checked block, List<CheckResult> results) ->
            report.block(block, results));
  }

  private static void requireSameNetwork(Store store, NetworkCheck.Network network) {
    String theirs = network.genesis().validatorsRoot().toHex();
    Optional<String> ours = store.network();
    if (ours.isPresent() && !ours.get().equals(theirs)) {
      throw new AurigaException(
          CliError.USAGE,
          "check the store with these nodes",
          "they are of the network with genesis " + theirs + ", the store is of " + ours.get());
    }
  }

  private record Range(Slot from, Slot to) {}

  private Optional<Range> range(Store store, ReconcileQueries queries) {
    if (slot != null && (from != null || to != null)) {
      throw new AurigaException(
          CliError.USAGE, "use --slot " + slot, "--from and --to name the blocks already");
    }
    if (slot != null) {
      int dots = slot.indexOf("..");
      Range range =
          new Range(
              slot(dots < 0 ? slot : slot.substring(0, dots)),
              slot(dots < 0 ? slot : slot.substring(dots + 2)));
      if (range.from().compareTo(range.to()) > 0) {
        throw new AurigaException(
            CliError.USAGE, "use --slot " + slot, "the first is greater than the last");
      }
      return Optional.of(range);
    }
    if (from != null || to != null) {
      InstantSource time = InstantSource.system();
      Instant first = from == null ? Instant.EPOCH : time("--from", from, time);
      Instant last = to == null ? Instant.ofEpochSecond(Integer.MAX_VALUE) : time("--to", to, time);
      return queries.slots(first, last).map(slots -> new Range(slots.getFirst(), slots.getLast()));
    }
    return new WithdrawalQueries(store)
        .summary()
        .position()
        .map(position -> position.head().slot())
        .map(head -> new Range(new Slot(Math.max(0, head.value() - LAST_SLOTS + 1)), head));
  }

  private static Slot slot(String text) {
    try {
      return Slot.parseDecimal(text);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE, "use --slot " + text, String.valueOf(malformed.getMessage()));
    }
  }

  private static Instant time(String option, String text, InstantSource now) {
    try {
      return TimeText.parse(text, now);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE, "use " + option + " " + text, String.valueOf(malformed.getMessage()));
    }
  }
}
