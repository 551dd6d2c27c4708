package io.auriga.app.integration;

import static org.awaitility.Awaitility.await;

import io.auriga.app.house.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relay, started by the launcher, on ports that it keeps over restarts. */
final class RelayProcess implements AutoCloseable {
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);

  private final Path log;
  private final int port = freePort();
  private final int metricsPort = freePort();
  private final List<String> words;
  private final Thread cleanup = new Thread(this::endNow);
  private volatile @Nullable Process process;

  RelayProcess(Path folder, URI engine, Path engineSecret, Path secret) {
    this.log = folder.resolve("relay.log");
    this.words =
        List.of(
            Project.root().resolve("auriga").toString(),
            "relay",
            "--execution",
            engine.toString(),
            "--execution-jwt-secret",
            engineSecret.toString(),
            "--jwt-secret",
            secret.toString(),
            "--port",
            Integer.toString(port),
            "--set",
            "relay.metrics-port=" + metricsPort);
    Runtime.getRuntime().addShutdownHook(cleanup);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  void startUntilReady() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().put("AURIGA_BUILD", "no");
      Process started = builder.start();
      started.getOutputStream().close();
      process = started;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start the relay", failure);
    }
    await("the relay to be ready")
        .atMost(READY_PATIENCE)
        .ignoreExceptions()
        .until(() -> !metrics().isEmpty());
  }

  /** As by {@code kill -9}. */
  void kill() throws InterruptedException {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("the relay was never started");
    }
    var _ = current.destroyForcibly().waitFor();
  }

  /** The sum of a counter's series in whose labels all the texts occur. */
  double count(String name, String... labels) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String metrics() {
    try {
      return Http.CLIENT
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return "(no log: " + unreadable.getMessage() + ")";
    }
  }

  private void endNow() {
    Process current = process;
    if (current != null) {
      current.destroyForcibly();
    }
  }

  @Override
  public void close() {
    endNow();
    boolean _ = Runtime.getRuntime().removeShutdownHook(cleanup);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
