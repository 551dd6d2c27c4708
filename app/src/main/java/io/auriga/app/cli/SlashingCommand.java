package io.auriga.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga slashing}: the noun; each verb is a class of its own. */
@Command(
    name = "slashing",
    description = {
      "Slashing protection (EIP-3076): whether a message may be signed beside what was signed, and"
          + " the files in which validator clients hand that on.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      SlashingCheckCommand.class,
      SlashingExportCommand.class,
      SlashingImportCommand.class,
      SlashingMergeCommand.class,
      SlashingOutageCommand.class,
      SlashingStatusCommand.class,
      SlashingTestCommand.class
    })
public final class SlashingCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command of 'slashing' is missing");
  }
}
