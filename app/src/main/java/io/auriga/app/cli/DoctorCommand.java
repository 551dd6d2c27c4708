package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.Finding;
import io.auriga.clients.NodeDoctor;
import io.auriga.types.AurigaException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga doctor}: can these nodes do what Auriga needs? */
@Command(
    name = "doctor",
    description = {
      "Asks nodes everything that Auriga will need of them, and says what to do about what is"
          + " missing: the same network on both sides, synced, SSZ or JSON, events, fork, clock,"
          + " versions.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:These nodes can be used",
      "1:Something blocks their use",
      "2:The command line or the configuration is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga doctor --consensus http://localhost:5052 \\",
      "                --execution http://localhost:8545",
      "  auriga doctor --config auriga.yaml --json"
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "One JSON object a finding, a line each.")
  private boolean json;

  @Override
  public Integer call() {
    AurigaConfig loaded = config.load(nodes.settings());
    if (loaded.consensus().isEmpty() || loaded.execution().isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "examine nodes",
          "no " + (loaded.consensus().isEmpty() ? "consensus" : "execution") + " node is given",
          "Name both sides with --consensus URL and --execution URL, or in the file of --config",
          null);
    }
    List<Finding> findings = examine(loaded);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      findings.forEach(finding -> out.println(toJson(finding)));
    } else {
      print(out, findings);
    }
    return findings.stream().anyMatch(Finding::blocks) ? ExitCode.FINDING : ExitCode.OK;
  }

  private static List<Finding> examine(AurigaConfig config) {
    try (Nodes nodes = new Nodes(config.consensus(), config.execution(), config.newHeads())) {
      List<Finding> findings =
          new ArrayList<>(NodeDoctor.examine(nodes.beacons(), nodes.executions()));
      findings.addAll(nodes.examineNewHeads());
      return findings;
    }
  }

  private static void print(PrintWriter out, List<Finding> findings) {
    TextTable table =
        new TextTable(
            TextTable.Column.left(""),
            TextTable.Column.left("CHECK"),
            TextTable.Column.left("NODE"),
            TextTable.Column.left("WHAT WAS SEEN"));
    for (Finding finding : findings) {
      table.add(text(finding), finding.check(), finding.node(), finding.detail());
    }
    table.print(out);
    List<Finding> remedies =
        findings.stream().filter(finding -> !finding.remedy().isEmpty()).toList();
    if (!remedies.isEmpty()) {
      out.println();
      out.println("What to do:");
      for (Finding finding : remedies) {
        out.println(
            "  "
                + text(finding)
                + " · "
                + finding.check()
                + " · "
                + finding.node()
                + ": "
                + finding.remedy());
      }
    }
    long blockers = findings.stream().filter(Finding::blocks).count();
    out.println();
    out.println(
        blockers == 0
            ? "These nodes can be used."
            : "These nodes cannot be used yet: " + blockers + " of the checks above block it.");
  }

  private static String text(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }

  private static String toJson(Finding finding) {
    return JsonLine.of(
        json ->
            json.text("severity", text(finding))
                .text("check", finding.check())
                .text("node", finding.node())
                .text("detail", finding.detail())
                .text("remedy", finding.remedy().isEmpty() ? null : finding.remedy()));
  }
}
