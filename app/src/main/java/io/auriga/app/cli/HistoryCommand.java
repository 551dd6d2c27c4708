package io.auriga.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga history}: the noun; each verb is a class of its own. */
@Command(
    name = "history",
    description = {
      "Old blocks: into the ledger, and into files that others can read and that prove themselves.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImportCommand.class,
      HistoryStatusCommand.class,
      JudgeCommand.class,
      ExportEraCommand.class
    })
public final class HistoryCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command of 'history' is missing");
  }
}
