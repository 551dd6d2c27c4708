package io.auriga.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga validators}: the noun; each verb is a class of its own. */
@Command(
    name = "validators",
    description = {"The validators that are watched: who they are, and how they do.", ""},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      DutiesCommand.class,
      RewardsCommand.class,
      WatchedListCommand.class,
      WatchedCheckCommand.class,
      SloCommand.class
    })
public final class ValidatorsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command of 'validators' is missing");
  }
}
