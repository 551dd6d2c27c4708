package io.auriga.app.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The nodes that a command talks to. */
public final class NodeOptions {
  @Option(
      names = "--consensus",
      paramLabel = "URL…",
      arity = "1..*",
      split = ",",
      hideParamSyntax = true,
      description = "Beacon API of a consensus client; several are tried in order.")
  private List<String> consensus = List.of();

  @Option(
      names = "--execution",
      paramLabel = "URL…",
      arity = "1..*",
      split = ",",
      hideParamSyntax = true,
      description = "JSON-RPC of an execution client; several are tried in order.")
  private List<String> execution = List.of();

  public List<String> consensus() {
    return List.copyOf(consensus);
  }

  public List<String> execution() {
    return List.copyOf(execution);
  }
}
