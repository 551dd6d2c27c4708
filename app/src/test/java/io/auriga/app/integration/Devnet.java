package io.auriga.app.integration;

import io.auriga.app.house.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** Real nodes on this machine, run by the scripts in {@code devnet/}. */
final class Devnet implements AutoCloseable {
  /** The shortest that the nodes keep up with. */
  private static final int SLOT_SECONDS = 2;

  private static final int GENESIS_DELAY_SECONDS = 14;
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Of the minimal preset. */
  static final int SLOTS_PER_EPOCH = 8;

  private static final int PORTS = 22;

  /** As {@code portsOf} in {@code devnet/processes.mjs} has it. */
  private static final int ENGINE_PORT = 2;

  private final Path scripts = Project.root().resolve("devnet");
  private final Path folder;
  private final int base;
  private final Thread cleanup = new Thread(this::stopQuietly);

  private Devnet(Path folder) {
    this.folder = folder;
    this.base =
        IntStream.iterate(23_000, base -> base < 30_000, base -> base + 100)
            .filter(Devnet::isFree)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no " + PORTS + " ports are free"));
  }

  /** Says which programs and packages are missing, if any, and aborts the tests then. */
  static void requireInstalled() throws InterruptedException {
    List<String> missing = new ArrayList<>();
    for (String program : List.of("node", "npm")) {
      if (!Command.exists(program)) {
        missing.add(program);
      }
    }
    Path devnet = Project.root().resolve("devnet");
    if (missing.isEmpty()
        && !Files.exists(devnet.resolve("node_modules/@chainsafe/lodestar/package.json"))) {
      missing.add("its npm packages (node devnet/install.mjs --only=live)");
    }
    if (!missing.isEmpty()) {
      String message =
          "NOT RUN: following a live chain of Lodestar and EthereumJS through finality, kills,"
              + " outages, reorgs and cut connections. Missing: "
              + String.join(", ", missing);
      System.out.println(message);
      Assumptions.abort(message);
    }
  }

  /** Starts the nodes; ends what a former run may have left behind in {@code folder}. */
  static Devnet start(Path folder) throws InterruptedException {
    Devnet devnet = prepare(folder);
    devnet.start();
    return devnet;
  }

  /** Chooses its ports, and starts nothing yet. */
  static Devnet prepare(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Devnet(folder);
  }

  /**
   * Starts the nodes.
   *
   * @param options further ones of the script
   */
  void start(String... options) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(cleanup);
    List<String> all = new ArrayList<>();
    all.add("--base=" + base);
    all.add("--slot=" + SLOT_SECONDS);
    all.add("--delay=" + GENESIS_DELAY_SECONDS);
    all.addAll(List.of(options));
    try {
      var _ = script(LIMIT, "stop.mjs");
      var _ = script(START_LIMIT, "start.mjs", all.toArray(String[]::new));
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** The authenticated port of the execution node, from the beginning. */
  URI engine() {
    return URI.create("http://127.0.0.1:" + (base + ENGINE_PORT));
  }

  URI consensus() {
    return endpoint("beaconApi");
  }

  URI execution() {
    return endpoint("executionRpc");
  }

  static Duration slots(int count) {
    return Duration.ofSeconds((long) SLOT_SECONDS * count);
  }

  /** Stops one of el, beacon and validator. */
  void stop(String node) throws InterruptedException {
    script(LIMIT, "stop.mjs", "--only=" + node);
  }

  void restart(String node) throws InterruptedException {
    script(LIMIT, "restart.mjs", "--only=" + node);
  }

  /** Lets a second validator client with the same keys compete for some slots. */
  String compete(int slots) throws InterruptedException {
    return script(LIMIT, "second-validators.mjs", "--slots=" + slots);
  }

  private String script(Duration limit, String name, String... options)
      throws InterruptedException {
    List<String> words = new ArrayList<>(List.of("node", name, "--dir=" + folder));
    words.addAll(List.of(options));
    return Command.run(scripts, limit, words).require();
  }

  private URI endpoint(String name) {
    JsonNode endpoints = Http.parse(Project.read(folder.resolve("endpoints.json")));
    return URI.create(endpoints.required(name).asString());
  }

  private void stopQuietly() {
    try {
      script(LIMIT, "stop.mjs");
    } catch (RuntimeException failure) {
      System.err.println("The devnet may still run: " + failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopQuietly();
    boolean _ = Runtime.getRuntime().removeShutdownHook(cleanup);
  }

  private static boolean isFree(int base) {
    return IntStream.range(base, base + PORTS)
        .allMatch(
            port -> {
              try (ServerSocket socket = new ServerSocket()) {
                socket.bind(
                    new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
                return true;
              } catch (IOException taken) {
                return false;
              }
            });
  }
}
