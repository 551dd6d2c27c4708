package io.auriga.app.cli;

import io.auriga.app.cli.verify.BlockFileVerifier;
import io.auriga.app.cli.verify.FileReport;
import io.auriga.app.cli.verify.Network;
import io.auriga.app.cli.verify.Verdict;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals verify}: checks blocks in files, without a node or a store. */
@Command(
    name = "verify",
    description = {
      "Checks the withdrawals of blocks in files, without a node.",
      "",
      "A file holds one block: an execution block as JSON (what eth_getBlockByHash or"
          + " eth_getBlockByNumber answer, bare or in the JSON-RPC response) or as RLP (binary or"
          + " hex), or a beacon block as JSON of the Beacon API or as SSZ. Files packed with gzip"
          + " (.gz) and raw Snappy (.ssz_snappy) are opened.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every file is verified, or the rule does not apply to it",
      "1:At least one file is a mismatch, whatever the others are",
      "2:The command line is wrong",
      "3:At least one file is unreadable, and none is a mismatch"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals verify block.json",
      "  auriga withdrawals verify --fork deneb --network holesky block.ssz",
      "  auriga withdrawals verify --json --network ./config.yaml blocks/*.ssz_snappy",
      "  auriga withdrawals verify /dev/stdin < answer-of-eth_getBlockByNumber.json"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int VERDICT_WIDTH = 16;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "mainnet, sepolia, holesky, hoodi, minimal, or the path of a config.yaml. Gives the"
              + " limits and the fork schedule, and lets blocks of another network be told."
              + " Without it the limits of mainnet hold and no schedule is assumed.")
  private @Nullable String network;

  @Option(
      names = "--fork",
      paramLabel = "FORK",
      description =
          "The fork of beacon blocks in SSZ: capella, deneb, electra or fulu. Without it, the"
              + " network's schedule and the form of the block decide.")
  private @Nullable String fork;

  @Option(names = "--json", description = "One JSON object a file, a line each.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to check.")
  private List<String> files = List.of();

  @Override
  public Integer call() {
    BlockFileVerifier verifier = new BlockFileVerifier(Network.of(network), named());
    Path folder = Path.of("").toAbsolutePath();
    PrintWriter out = spec.commandLine().getOut();
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (String file : files) {
      FileReport report = verifier.verify(file, folder);
      counts.merge(report.verdict(), 1, Integer::sum);
      out.println(json ? report.toJson() : describe(report));
      out.flush();
    }
    if (!json && files.size() > 1) {
      out.println(summary(counts));
    }
    return exitCode(counts);
  }

  private Optional<ForkName> named() {
    if (fork == null) {
      return Optional.empty();
    }
    return Optional.of(
        ForkName.find(fork)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--fork "
                            + Hex.abbreviate(String.valueOf(fork))
                            + " is unknown; known are capella, deneb, electra and fulu")));
  }

  /** A mismatch is proof of something wrong, so no unreadable file beside it may hide it. */
  private static int exitCode(Map<Verdict, Integer> counts) {
    if (counts.containsKey(Verdict.MISMATCH)) {
      return ExitCode.FINDING;
    }
    return counts.containsKey(Verdict.UNREADABLE) ? ExitCode.UNREADABLE : ExitCode.OK;
  }

  private static String describe(FileReport report) {
    StringBuilder text = new StringBuilder(pad(report.verdict().text())).append(report.file());
    if (report.kind() != null) {
      text.append("  ").append(report.kind().text());
      if (report.fork() != null) {
        text.append(", ").append(report.fork());
      }
      Integer withdrawals = report.withdrawals();
      if (withdrawals != null) {
        text.append(", ")
            .append(withdrawals)
            .append(withdrawals == 1 ? " withdrawal" : " withdrawals");
      }
    }
    if (report.verdict() == Verdict.VERIFIED) {
      append(
          text,
          "withdrawals root",
          report.withdrawalsRoot() == null ? null : report.withdrawalsRoot().computed());
      append(
          text,
          "block hash      ",
          report.blockHash() == null ? null : report.blockHash().computed());
      append(text, "block root      ", report.blockRoot());
    }
    if (report.reason() != null) {
      text.append(System.lineSeparator()).append(pad("")).append(report.reason());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append(System.lineSeparator()).append(pad("")).append(name).append("  ").append(value);
    }
  }

  private static String pad(String text) {
    return String.format(Locale.ROOT, "%-" + VERDICT_WIDTH + "s", text);
  }

  private static String summary(Map<Verdict, Integer> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (verdict, count) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(verdict.text()));
    return text.toString();
  }
}
