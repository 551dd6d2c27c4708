package io.auriga.app.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Hears the beacon node's events itself, reads every announced block at once, while the node still
 * has it, and measures how long an Auriga takes until it shows that block.
 */
final class Witness implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(2);
  private static final Duration VISIBLE_LIMIT = Duration.ofSeconds(5);

  private final URI node;
  private final BeaconReader beacon;
  private final AurigaApi auriga;
  private final Map<String, Instant> announced = new ConcurrentHashMap<>();
  private final Map<String, Duration> shown = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean measuring;

  Witness(URI node, BeaconReader beacon, AurigaApi auriga) {
    this.node = node;
    this.beacon = beacon;
    this.auriga = auriga;
    threads.execute(this::listen);
  }

  /** Begins or ends to measure; only while nothing else is done to the nodes is it of interest. */
  void measure(boolean on) {
    measuring = on;
  }

  /** When each block was announced, by root. */
  Map<String, Instant> announced() {
    return Map.copyOf(announced);
  }

  /** From the event to the first answer of Auriga's REST interface that has the block. */
  List<Duration> untilShown() {
    return List.copyOf(shown.values());
  }

  /** From the event to the time that Auriga notes for the consensus stage, of measured blocks. */
  List<Duration> untilNoted(List<StoredWithdrawal> ledger) {
    List<Duration> times = new ArrayList<>();
    for (String root : shown.keySet()) {
      ledger.stream()
          .filter(row -> row.blockRoot().equals(root))
          .findFirst()
          .ifPresent(
              row -> times.add(Duration.between(announced.get(root), row.times().consensus())));
    }
    return times;
  }

  private void listen() {
    try {
      HttpResponse<Stream<String>> response =
          Http.CLIENT.send(
              HttpRequest.newBuilder(node.resolve("/eth/v1/events?topics=block&topics=head"))
                  .header("Accept", "text/event-stream")
                  .build(),
              BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        lines.filter(line -> line.startsWith("data:")).forEach(this::hear);
      }
    } catch (IOException | UncheckedIOException closed) {
      if (!threads.isShutdown()) {
        System.out.println("The witness hears nothing more: " + closed.getMessage());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(String line) {
    Instant now = Instant.now();
    long nanos = System.nanoTime();
    String root = Http.parse(line.substring(5)).required("block").asString();
    if (announced.putIfAbsent(root, now) == null) {
      threads.execute(() -> beacon.block(root).ifPresent(_ -> {}));
      if (measuring) {
        threads.execute(() -> watch(root, nanos));
      }
    }
  }

  private void watch(String root, long since) {
    while (System.nanoTime() - since < VISIBLE_LIMIT.toNanos()) {
      if (auriga.holds(root)) {
        shown.put(root, Duration.ofNanos(System.nanoTime() - since));
        return;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
