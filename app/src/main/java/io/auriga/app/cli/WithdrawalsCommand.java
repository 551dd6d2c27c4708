package io.auriga.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals}: the noun; each verb is a class of its own. */
@Command(
    name = "withdrawals",
    description = {
      "Verified withdrawals: look them up, export them, check a file, compute what must come, or"
          + " predict what will.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      ExportCommand.class,
      GapsCommand.class,
      ReconcileCommand.class,
      StatementCommand.class,
      VerifyCommand.class,
      ExpectedCommand.class,
      PredictCommand.class
    })
public final class WithdrawalsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command of 'withdrawals' is missing");
  }
}
