package io.auriga.app;

import io.auriga.app.cli.CliError;
import io.auriga.app.cli.ConfigOptions;
import io.auriga.app.cli.NodeOptions;
import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.logging.Logging;
import io.auriga.types.AurigaException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga run}: follow the user's nodes until told to stop. */
@Command(
    name = "run",
    description = {
      "Follows your nodes: verifies and keeps every withdrawal, and serves the dashboard, the API"
          + " and the metrics.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga run --consensus http://localhost:5052 --execution http://localhost:8545",
      "  auriga run --consensus http://a:5052,http://b:5052 --execution http://a:8545 --port 8300",
      "  auriga run --config auriga.yaml"
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port of the dashboard and the API (key http.port).")
  private Optional<Integer> port = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> settings = nodes.settings();
    port.ifPresent(number -> settings.put("http.port", Integer.toString(number)));
    AurigaConfig config = options.load(settings);
    if (config.consensus().isEmpty() || config.execution().isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "follow a chain",
          "no " + (config.consensus().isEmpty() ? "consensus" : "execution") + " node is given",
          "Name both sides with --consensus URL and --execution URL, or in the file of --config;"
              + " without nodes of your own, try 'auriga demo'",
          null);
    }
    Logging.apply(config.logLevel(), config.logFormat());
    long began = System.nanoTime();
    try (Stop stop = new Stop()) {
      Optional<Platform> started =
          stop.unlessAsked(() -> Platform.start(config, InstantSource.system(), Optional.empty()));
      if (started.isEmpty()) {
        return 0;
      }
      try (Platform platform = started.get()) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
            "Auriga is at %s (started in %.1f s). Ctrl-C stops it.%n",
            platform.uri(), Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3);
        out.flush();
        stop.await();
      }
    }
    return 0;
  }
}
