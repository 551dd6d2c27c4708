package io.auriga.app;

import io.auriga.app.cli.CliError;
import io.auriga.app.cli.ConfigOptions;
import io.auriga.app.config.AurigaConfig;
import io.auriga.app.config.RelaySettings;
import io.auriga.runtime.Lifecycle;
import io.auriga.runtime.http.HttpServerConfig;
import io.auriga.runtime.http.HttpServerEndpoint;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.auriga.runtime.logging.Logging;
import io.auriga.runtime.metrics.HttpMetrics;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.metrics.MetricsRoute;
import io.auriga.sync.relay.Relay;
import io.auriga.sync.relay.RelayMetrics;
import io.auriga.types.AurigaException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga relay}: the Engine API relay alone, in a process that does nothing else. */
@Command(
    name = "relay",
    description = {
      "Stands between a consensus client and its execution clients on the Engine API: passes every"
          + " call as it is, measures it, keeps standbys in step and takes over where one fails.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga relay --execution http://127.0.0.1:8551 --execution-jwt-secret geth/jwt.hex \\",
      "    --jwt-secret relay.hex",
      "  auriga relay --execution http://a:8551,http://b:8551 --execution-jwt-secret jwt.hex \\",
      "    --jwt-secret jwt.hex --policy majority",
      "  auriga relay --config auriga.yaml"
    })
public final class RelayCommand implements Callable<Integer> {
  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--execution",
      paramLabel = "URL…",
      arity = "1..*",
      split = ",",
      hideParamSyntax = true,
      description =
          "Authenticated port of an execution client; several in order of preference (key"
              + " relay.execution.urls).")
  private List<String> execution = List.of();

  @Option(
      names = "--execution-jwt-secret",
      paramLabel = "FILE",
      description = "Its jwt.hex (key relay.execution.jwt-secret-file).")
  private Optional<String> executionSecret = Optional.empty();

  @Option(
      names = "--jwt-secret",
      paramLabel = "FILE",
      description = "The jwt.hex that the consensus client is given (key relay.jwt-secret-file).")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "standby: the first execution client that knows is believed; majority: more than half"
              + " must agree (key relay.policy).")
  private Optional<String> policy = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port for the consensus client (key relay.port).")
  private Optional<Integer> port = Optional.empty();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws InterruptedException {
    AurigaConfig config = options.load(given());
    RelaySettings settings = config.relay();
    if (!settings.isWanted()) {
      throw new AurigaException(
          CliError.USAGE,
          "start the Engine API relay",
          "no execution client is given",
          "Name its authenticated port with --execution URL, or relay.execution.urls in the file of"
              + " --config",
          null);
    }
    Logging.apply(config.logLevel(), config.logFormat());
    try (Stop stop = new Stop();
        Lifecycle lifecycle = new Lifecycle(CLOSE_TIME)) {
      Metrics metrics = new Metrics(new PrometheusRegistry()).withJvm();
      Relay relay =
          lifecycle.open(
              "relay",
              () ->
                  Relay.start(
                      settings.open(),
                      InstantSource.system(),
                      new RelayMetrics(metrics),
                      List.of()));
      HttpServerEndpoint endpoint =
          lifecycle.open("http", () -> endpoint(settings.metricsPort(), metrics));
      endpoint.start();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "The relay is at %s for the consensus client; %d execution client%s behind it, policy"
              + " %s. Metrics: %smetrics. Ctrl-C stops it.%n",
          relay.uri(),
          settings.nodes().size(),
          settings.nodes().size() == 1 ? "" : "s",
          settings.policy().label(),
          endpoint.uri());
      out.flush();
      stop.await();
    }
    return 0;
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    if (!execution.isEmpty()) {
      given.put("relay.execution.urls", String.join(",", execution));
    }
    executionSecret.ifPresent(file -> given.put("relay.execution.jwt-secret-file", file));
    secret.ifPresent(file -> given.put("relay.jwt-secret-file", file));
    policy.ifPresent(name -> given.put("relay.policy", name));
    port.ifPresent(number -> given.put("relay.port", Integer.toString(number)));
    return given;
  }

  private static HttpServerEndpoint endpoint(int port, Metrics metrics) {
    Routes routes = new Routes();
    MetricsRoute.add(routes, metrics);
    routes.get("/healthz", request -> Response.text("ok\n"));
    return new HttpServerEndpoint(
        HttpServerConfig.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
        routes,
        new HttpMetrics(metrics));
  }
}
