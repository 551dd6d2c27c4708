package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.Platform;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.NetworkCheck;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalKind;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindWorker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga history judge}: the kinds of loaded withdrawals, now. */
@Command(
    name = "judge",
    description = {
      "Tells the kinds of loaded withdrawals of a range of slots now, the newest first: what"
          + " 'auriga run' does by itself when it has nothing else to do, and slowly. 'auriga run'"
          + " may go on meanwhile; an import may not. It asks a node one question at a time: most"
          + " kinds follow from the last final state, some from an old one, which takes an archive"
          + " node. What no node tells stays unknown, with that reason, and is not asked again.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All of the range was looked at",
      "2:The command line or the configuration is wrong; nothing was done",
      "4:The store or a node failed; what was done before stays"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga history judge --from 6209536 --to 6217727 --consensus http://localhost:5052"
          + " --execution http://localhost:8545",
      "  auriga history judge --from 6209536 --to 6217727 --config auriga.yaml --json"
    })
final class JudgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--from", paramLabel = "SLOT", required = true, description = "The first slot.")
  private long from;

  @Option(names = "--to", paramLabel = "SLOT", required = true, description = "The last slot.")
  private long to;

  @Option(names = "--json", description = "One JSON object on one line.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    if (from < 0 || to < from) {
      throw usage("a range needs --from SLOT and, not below it, --to SLOT");
    }
    AurigaConfig loaded = config.load(nodes.settings());
    if (loaded.consensus().isEmpty() || loaded.execution().isEmpty()) {
      throw usage("name both sides with --consensus URL and --execution URL");
    }
    InstantSource time = InstantSource.system();
    try (Nodes connected = new Nodes(loaded.consensus(), loaded.execution());
        Store store =
            Store.open(
                loaded.store().withBulkLoads(), Platform.tables().toArray(Migrations[]::new))) {
      NetworkCheck.Network network =
          NetworkCheck.require(connected.beacons(), connected.executions());
      store.requireNetwork(network.genesis().validatorsRoot().toHex());
      try (KindWorker worker =
          new KindWorker(
              store,
              connected.statesOf(network),
              connected.queriesOf(network),
              network.spec(),
              SlotClock.of(network.spec(), network.genesis(), time),
              new KindMetrics(new Metrics(new PrometheusRegistry()), store),
              Duration.ZERO)) {
        judge(worker, time);
      }
    }
    return ExitCode.OK;
  }

  private void judge(KindWorker worker, InstantSource time) {
    Map<WithdrawalKind, Long> found = new EnumMap<>(WithdrawalKind.class);
    for (WithdrawalKind kind : WithdrawalKind.values()) {
      found.put(kind, 0L);
    }
    Progress progress =
        new Progress(spec.commandLine().getErr(), time, "slots", (double) (to - from) + 1);
    @Nullable Slot next = new Slot(to);
    while (next != null) {
      progress.at((double) (to - next.value()), "judging");
      next =
          worker
              .judgeLoaded(new Slot(from), next, kind -> found.merge(kind, 1L, Long::sum))
              .orElse(null);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonLine.of(line -> found.forEach((kind, count) -> line.number(kind.wireName(), count))));
      return;
    }
    long all = found.values().stream().mapToLong(Long::longValue).sum();
    out.println(all + " withdrawals were judged" + (all == 0 ? "." : ":"));
    found.forEach(
        (kind, count) -> {
          if (count > 0) {
            out.println("  " + kind.wireName() + ": " + count);
          }
        });
  }

  private static AurigaException usage(String problem) {
    return new AurigaException(CliError.USAGE, "judge history", problem);
  }
}
