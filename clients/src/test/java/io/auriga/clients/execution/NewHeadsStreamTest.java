package io.auriga.clients.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.NodeServer;
import io.auriga.clients.Subscription;
import io.auriga.clients.WebSocketServer;
import io.auriga.clients.http.Backoff;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.BlockHash;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NewHeadsStreamTest {
  private static final Duration OFTEN = Duration.ofMillis(10);
  private static final Duration SELDOM = Duration.ofSeconds(20);

  private final AtomicInteger polled = new AtomicInteger();
  private final AtomicInteger height = new AtomicInteger();
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private final BlockingQueue<NewHead> heads = new LinkedBlockingQueue<>();
  private final NodeServer http =
      new NodeServer()
          .on(
              "/",
              exchange -> {
                polled.incrementAndGet();
                NodeServer.send(
                    exchange,
                    200,
                    "application/json",
                    "{\"id\":1,\"result\":" + header(height.get()) + "}");
              });
  private final HttpEndpoint endpoint = http.endpoint();

  @AfterEach
  void close() {
    testEnds.countDown();
    endpoint.close();
    http.close();
  }

  private static String header(int number) {
    return "{\"logsBloom\":[1,{\"x\":2}],\"number\":\"0x%x\",\"hash\":\"0x%064x\",\"parentHash\":\"0x%064x\"}"
        .formatted(number, number, number - 1 & 0xff);
  }

  private static String notification(int number) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0x1\",\"result\":"
        + header(number)
        + "}}";
  }

  private static BlockHash hash(int number) {
    return BlockHash.fromHex("0x%064x".formatted(number));
  }

  private Subscription subscribe(
      @Nullable HttpEndpoint webSocket, Duration interval, Duration silence) {
    return new HttpExecutionNode(
            endpoint,
            webSocket,
            new ExecutionNodeOptions(
                4,
                interval,
                silence,
                new Backoff.Bounds(Duration.ofMillis(5), Duration.ofMillis(20))),
            RandomGenerator.getDefault())
        .newHeads(heads::add);
  }

  private BlockHash next() throws InterruptedException {
    @Nullable NewHead head = heads.poll(20, SECONDS);
    if (head == null) {
      throw new AssertionError("no head came");
    }
    return head.hash();
  }

  @Test
  void pollsWhereThereIsNoWebSocketAndDeliversAHeadOnce() throws Exception {
    height.set(1);
    try (Subscription _ = subscribe(null, OFTEN, Duration.ofSeconds(20))) {
      assertThat(next()).isEqualTo(hash(1));
      int before = polled.get();
      org.awaitility.Awaitility.await().until(() -> polled.get() > before + 3);
      height.set(2);
      assertThat(next()).isEqualTo(hash(2));
      assertThat(heads).isEmpty();
    }
  }

  @Test
  void deliversPushedHeads() throws Exception {
    try (WebSocketServer server =
            new WebSocketServer(
                (message, connection) -> {
                  assertThat(message).contains("eth_subscribe", "newHeads");
                  connection.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}");
                  connection.send(notification(7));
                  connection.send(notification(7));
                  connection.send(notification(8));
                  testEnds.await();
                });
        HttpEndpoint webSocket = new HttpEndpoint(EndpointConfig.of(server.uri()));
        Subscription _ = subscribe(webSocket, SELDOM, Duration.ofSeconds(20))) {
      assertThat(next()).isEqualTo(hash(7));
      assertThat(next()).isEqualTo(hash(8));
      assertThat(polled).hasValue(0);
    }
  }

  @Test
  void pollsWhereTheMethodIsUnknown() throws Exception {
    height.set(3);
    AtomicInteger connections = new AtomicInteger();
    try (WebSocketServer server =
            new WebSocketServer(
                (message, connection) -> {
                  connections.incrementAndGet();
                  connection.send(
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method"
                          + " not found\"}}");
                  testEnds.await();
                });
        HttpEndpoint webSocket = new HttpEndpoint(EndpointConfig.of(server.uri()));
        Subscription _ = subscribe(webSocket, OFTEN, Duration.ofSeconds(20))) {
      assertThat(next()).isEqualTo(hash(3));
      height.set(4);
      assertThat(next()).isEqualTo(hash(4));
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void connectsAgainAndPollsInBetweenWhenTheWebSocketBreaks() throws Exception {
    height.set(5);
    AtomicInteger connections = new AtomicInteger();
    try (WebSocketServer server =
            new WebSocketServer(
                (message, connection) -> {
                  if (connections.incrementAndGet() == 1) {
                    connection.send(notification(4));
                  } else {
                    connection.send(notification(6));
                    testEnds.await();
                  }
                });
        HttpEndpoint webSocket = new HttpEndpoint(EndpointConfig.of(server.uri()));
        Subscription _ = subscribe(webSocket, OFTEN, Duration.ofSeconds(1))) {
      assertThat(next()).isEqualTo(hash(4));
      assertThat(next()).isEqualTo(hash(5));
      assertThat(next()).isEqualTo(hash(6));
    }
  }

  @Test
  void takesASilentWebSocketForDead() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (WebSocketServer server =
            new WebSocketServer(
                (message, connection) -> {
                  connection.send(notification(10 + connections.incrementAndGet()));
                  testEnds.await();
                });
        HttpEndpoint webSocket = new HttpEndpoint(EndpointConfig.of(server.uri()));
        Subscription _ = subscribe(webSocket, SELDOM, Duration.ofMillis(300))) {
      assertThat(next()).isEqualTo(hash(11));
      assertThat(next()).isEqualTo(hash(0));
      assertThat(next()).isEqualTo(hash(12));
    }
  }

  @Test
  void takesAWebSocketForDeadThatSaysEverythingButHeads() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (WebSocketServer server =
            new WebSocketServer(
                (message, connection) -> {
                  if (connections.incrementAndGet() > 1) {
                    connection.send(notification(12));
                    testEnds.await();
                  }
                  while (!testEnds.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    connection.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}");
                  }
                });
        HttpEndpoint webSocket = new HttpEndpoint(EndpointConfig.of(server.uri()));
        Subscription _ = subscribe(webSocket, SELDOM, Duration.ofMillis(300))) {
      assertThat(next()).isEqualTo(hash(0));
      assertThat(next()).isEqualTo(hash(12));
    }
  }
}
