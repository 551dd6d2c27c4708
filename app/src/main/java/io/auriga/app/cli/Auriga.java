package io.auriga.app.cli;

import io.auriga.app.DemoCommand;
import io.auriga.app.RelayCommand;
import io.auriga.app.RunCommand;
import io.auriga.runtime.http.HttpLimits;
import io.auriga.types.AurigaException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point: {@code auriga <noun> <verb>}. */
@Command(
    name = "auriga",
    description = {
      "Follows an Ethereum chain beside your own nodes, verifies every withdrawal, keeps it and"
          + " shows it.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      RelayCommand.class,
      DoctorCommand.class,
      WithdrawalsCommand.class,
      ValidatorsCommand.class,
      SyncCommand.class,
      HistoryCommand.class,
      SlashingCommand.class
    },
    exitCodeListHeading = "%nExit codes (of all commands):%n",
    exitCodeList = {
      "0:Done",
      "1:Done, and the answer is bad: a mismatch, a gap, a node that cannot be used",
      "2:The command line or the configuration is wrong; nothing was done",
      "3:An input could not be read",
      "4:Something outside failed: a node, the store, the disk",
      "70:A defect of Auriga; please report it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga doctor --config auriga.yaml",
      "  auriga withdrawals list --validator 123456",
      "  auriga withdrawals verify block.json",
      "  auriga COMMAND --help"
    })
public final class Auriga implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Before the first server of the JDK exists: it reads its limits only once.
    HttpLimits.install();
    int code;
    try {
      code = commandLine().execute(args);
    } catch (Error broken) {
      // The JVM would end with 1, which says that the answer is bad.
      broken.printStackTrace();
      code = ExitCode.DEFECT;
    }
    System.out.flush();
    // Also where a thread that is no daemon still runs: the command has ended.
    System.exit(code);
  }

  /** All commands, ready to run. */
  public static CommandLine commandLine() {
    CommandLine commands =
        new CommandLine(new Auriga())
            .setOut(new PrintWriter(System.out, false, System.out.charset()))
            .setErr(new PrintWriter(System.err, true, System.err.charset()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setUsageHelpLongOptionsMaxWidth(28)
            .setExecutionStrategy(Auriga::run)
            .setParameterExceptionHandler((wrong, args) -> wrongUsage(wrong))
            .setExecutionExceptionHandler((failure, command, args) -> failed(failure, command));
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int run(CommandLine.ParseResult parsed) {
    int code = new CommandLine.RunLast().execute(parsed);
    parsed.commandSpec().commandLine().getOut().flush();
    return code;
  }

  /** No stack trace for a person's mistake, and the nearest known name for a misspelt one. */
  private static int wrongUsage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(CliError.USAGE.code() + ": " + wrong.getMessage());
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("Did you mean: " + String.join(", or ", suggestions) + "?");
      }
    }
    err.println("What to do: see '" + command.getCommandSpec().qualifiedName() + " --help'");
    err.flush();
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine command) {
    command.getOut().flush();
    PrintWriter err = command.getErr();
    if (failure instanceof AurigaException known) {
      err.println(known.report());
      err.flush();
      return ExitCode.of(known);
    }
    err.println(
        "auriga: this is a defect. Please report it with the lines below, after checking that they"
            + " hold nothing private.");
    failure.printStackTrace(err);
    err.flush();
    return ExitCode.DEFECT;
  }
}
