package io.auriga.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga sync}: the noun; each verb is a class of its own. */
@Command(
    name = "sync",
    description = {"Whether your pairs of clients keep up with the chain.", ""},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = DiagnoseCommand.class)
public final class SyncCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command of 'sync' is missing");
  }
}
