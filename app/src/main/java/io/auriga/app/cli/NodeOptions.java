package io.auriga.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What was given, as keys of the configuration. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (!consensus.isEmpty()) {
      settings.put("consensus.urls", String.join(",", consensus));
    }
    if (!execution.isEmpty()) {
      settings.put("execution.urls", String.join(",", execution));
    }
    return settings;
  }
}
