package io.auriga.app.integration;

import static org.awaitility.Awaitility.await;

import io.auriga.app.house.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Auriga, started by its launcher as a user would start it, with a folder and a port of its own
 * that it keeps over restarts.
 */
final class AurigaProcess implements AutoCloseable {
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final int LOG_LINES = 40;

  private final String name;
  private final Path folder;
  private final int port;
  private final List<String> words = new ArrayList<>();
  private final Thread cleanup = new Thread(this::endNow);
  private volatile @Nullable Process process;

  /**
   * @param folder for the log and what Auriga keeps
   * @param options further words of the command line
   */
  AurigaProcess(String name, Path folder, URI consensus, URI execution, String... options) {
    this.name = name;
    this.folder = folder;
    this.port = freePort();
    // A gate that runs in the background has Ctrl-C ignored, and would hand that down.
    words.addAll(List.of("env", "--default-signal=INT"));
    words.add(Project.root().resolve("auriga").toString());
    words.add("run");
    words.add("--consensus");
    words.add(consensus.toString());
    words.add("--execution");
    words.add(execution.toString());
    words.add("--data");
    words.add(folder.resolve(name).toString());
    words.add("--port");
    words.add(Integer.toString(port));
    // From the start of the chain, so that there is something to compare.
    words.add("--set");
    words.add("chain.start=0");
    words.addAll(List.of(options));
    Runtime.getRuntime().addShutdownHook(cleanup);
  }

  void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " runs already");
    }
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      // The launcher builds where it must; here that would pull the classes from under the tests.
      builder.environment().put("AURIGA_BUILD", "no");
      Process started = builder.start();
      started.getOutputStream().close();
      process = started;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name, failure);
    }
  }

  /** Starts it and waits until it says that it is ready. */
  Duration startUntilReady() {
    long before = System.nanoTime();
    start();
    awaitReady();
    return Duration.ofNanos(System.nanoTime() - before);
  }

  void awaitReady() {
    await(name + " to be ready")
        .atMost(READY_PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              requireAlive();
              return api().isReady();
            });
  }

  AurigaApi api() {
    return new AurigaApi(URI.create("http://127.0.0.1:" + port));
  }

  boolean isAlive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  void requireAlive() {
    if (!isAlive()) {
      throw new AssertionError(name + " has ended by itself; the end of its log:\n" + logTail());
    }
  }

  /** Lets it live on for a while; false if it ended by itself. */
  boolean livesFor(Duration time) throws InterruptedException {
    return !running().waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As by {@code kill -9}: nothing is flushed, nothing is said. */
  void kill() throws InterruptedException {
    Process current = running();
    current.destroyForcibly();
    awaitEnd(current);
  }

  /** As by Ctrl-C. */
  int interrupt() throws InterruptedException {
    Process current = running();
    var _ =
        Command.run(
                folder,
                Duration.ofSeconds(5),
                List.of("kill", "-INT", Long.toString(current.pid())))
            .require();
    return awaitEnd(current);
  }

  private int awaitEnd(Process current) throws InterruptedException {
    if (!current.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          name + " does not end within " + STOP_PATIENCE.toSeconds() + " s\n" + logTail());
    }
    return current.exitValue();
  }

  private Process running() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return current;
  }

  /**
   * Megabytes of memory that the process has now, or had at most; empty where it cannot be seen.
   */
  Optional<Long> megabytes(String field) {
    Path status = Path.of("/proc", Long.toString(running().pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(no log: " + unreadable.getMessage() + ")";
    }
  }

  Path data() {
    return folder.resolve(name);
  }

  private Path log() {
    return folder.resolve(name + ".log");
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
    try {
      if (process != null) {
        var _ = awaitEnd(running());
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    boolean _ = Runtime.getRuntime().removeShutdownHook(cleanup);
  }

  private static int freePort() {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
