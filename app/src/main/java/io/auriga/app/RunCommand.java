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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
    AurigaConfig config = options.load(nodes.consensus(), nodes.execution());
    if (port.isPresent()) {
      config = config.withPort(port.get());
    }
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
    try (Stop stop = new Stop();
        Platform platform = Platform.start(config, InstantSource.system(), Optional.empty())) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Auriga is at %s (started in %.1f s). Ctrl-C stops it.%n",
          platform.uri(), Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3);
      out.flush();
      stop.await();
    }
    return 0;
  }

  /** Lets Ctrl-C and SIGTERM end the command, and the process end only after the command. */
  static final class Stop implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("auriga-stop").unstarted(this::onSignal);

    Stop() {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    void await() throws InterruptedException {
      asked.await();
    }

    /** Whether the process was asked to end within {@code patience}. */
    boolean await(Duration patience) throws InterruptedException {
      return asked.await(patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private void onSignal() {
      asked.countDown();
      try {
        var _ = closed.await(CLOSE_PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
