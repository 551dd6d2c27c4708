package io.auriga.app.cli;

import io.auriga.app.cli.slashing.InterchangeSuite;
import io.auriga.app.cli.slashing.InterchangeSuite.Result;
import io.auriga.crypto.slashing.Strategy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga slashing test}: runs files of the official interchange suite. */
@Command(
    name = "test",
    description = {
      "Runs files of the official interchange suite against the rules that Auriga applies.",
      "",
      "Each file is a list of steps that import an interchange and then try to sign. It passes if"
          + " every import and every attempt comes out as the file says: should_succeed under the"
          + " minimal strategy, should_succeed_complete under the complete one.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every file passed",
      "1:At least one file failed, whatever the others are",
      "2:The command line is wrong",
      "3:At least one file is unreadable, and none failed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga slashing test --strategy complete tests/generated/*.json",
      "  auriga slashing test --strategy minimal --json single_validator_resign_block.json"
    })
final class SlashingTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--strategy",
      required = true,
      paramLabel = "STRATEGY",
      description = "complete (everything signed is kept) or minimal (only the highest numbers).")
  private Strategy strategy = Strategy.COMPLETE;

  @Option(names = "--json", description = "One JSON object a file, a line each.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of the suite.")
  private List<String> files = List.of();

  @Override
  public Integer call() {
    InterchangeSuite suite = new InterchangeSuite(strategy);
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Integer> counts = new TreeMap<>();
    int code = ExitCode.OK;
    for (String file : files) {
      Result result = suite.run(file);
      counts.merge(result.verdict(), 1, Integer::sum);
      out.println(json ? line(file, result) : text(file, result));
      out.flush();
      code = worse(code, result);
    }
    if (!json && files.size() > 1) {
      out.println(
          counts.entrySet().stream()
              .map(count -> count.getValue() + " " + count.getKey())
              .collect(Collectors.joining(", ")));
    }
    return code;
  }

  /** A failure is a finding, so no unreadable file beside it may hide it. */
  private static int worse(int code, Result result) {
    return switch (result) {
      case Result.Passed() -> code;
      case Result.Failed _ -> ExitCode.FINDING;
      case Result.Unreadable _ -> code == ExitCode.FINDING ? code : ExitCode.UNREADABLE;
    };
  }

  private static @Nullable String reason(Result result) {
    return switch (result) {
      case Result.Passed() -> null;
      case Result.Failed(var reason) -> reason;
      case Result.Unreadable(var reason) -> reason;
    };
  }

  private static String line(String file, Result result) {
    return JsonLine.of(
        line ->
            line.text("file", file)
                .text("verdict", result.verdict())
                .text("reason", reason(result)));
  }

  private static String text(String file, Result result) {
    String reason = reason(result);
    String verdict = (result.verdict() + " ".repeat(12)).substring(0, 12);
    return verdict + file + (reason == null ? "" : "\n" + " ".repeat(12) + reason);
  }
}
