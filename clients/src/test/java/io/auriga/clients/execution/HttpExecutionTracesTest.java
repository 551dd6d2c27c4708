package io.auriga.clients.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.clients.NodeServer;
import io.auriga.clients.execution.ExecutionTraces.Answer;
import io.auriga.clients.execution.ExecutionTraces.Change;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpExecutionTracesTest {
  private static final BlockHash BLOCK = BlockHash.fromHex("0x" + "0b".repeat(32));

  // Of the recorded block: 8 got 1 ether and then 1 wei, 9 got 2 ether of a contract, 10 the fees.
  private static final Address EIGHT = account("8");
  private static final Address NINE = account("9");
  private static final Address FEES = account("a");
  private static final Address NOBODY = account("b");

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private Instant now = Instant.EPOCH;
  private final ExecutionTraces traces =
      new HttpExecutionTraces(endpoint, () -> now, Duration.ofSeconds(30));

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private static Address account(String last) {
    return Address.fromHex("0xa11ce" + "0".repeat(34) + last);
  }

  private static Wei wei(String value) {
    return new Wei(new BigInteger(value));
  }

  private static Change change(String before, String after) {
    return new Change(Optional.of(wei(before)), Optional.of(wei(after)), false);
  }

  private static String recorded() throws IOException {
    try (@Nullable InputStream in =
        HttpExecutionTracesTest.class.getResourceAsStream("anvil-1.7.1-trace-block.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Answer ask(Address... accounts) {
    return traces.trace(BLOCK, Set.of(accounts));
  }

  private String untold() {
    Answer answer = ask(EIGHT);
    assertThat(answer).isInstanceOf(Answer.Untold.class);
    return ((Answer.Untold) answer).reason();
  }

  private String untold(String json) {
    now = now.plus(Duration.ofHours(2));
    server.json("/", json);
    return untold();
  }

  @Test
  void readsWhatARecordedNodeTracedOfTheAccountsAskedFor() throws Exception {
    server.on(
        "/",
        exchange -> {
          String request =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          assertThat(request)
              .contains("debug_traceBlockByHash", BLOCK.toHex(), "\"diffMode\":true");
          NodeServer.send(exchange, 200, "application/json", recorded());
        });
    assertThat(ask(EIGHT, NINE, FEES, NOBODY))
        .isEqualTo(
            new Answer.Traced(
                3,
                Map.of(
                    EIGHT,
                    List.of(
                        change("1000000000000000000", "2000000000000000000"),
                        change("2000000000000000000", "2000000000000000001")),
                    NINE,
                    List.of(change("0", "2000000000000000000")),
                    FEES,
                    List.of(
                        change("56794000000000", "77794000000000"),
                        change("77794000000000", "133293000000000"),
                        change("133293000000000", "154293000000000")))));
  }

  @Test
  void tellsWhoCameAndWhoWentAndWhoseBalanceStayed() {
    server.json(
        "/",
        """
        {"id":1,"result":[{"result":{
          "pre":{"%s":{"balance":"0x5","nonce":1},"%s":{"balance":"0x7","code":"0x"}},
          "post":{"%s":{"nonce":2},"%s":{"balance":"0x1"}}}}]}\
        """
            .formatted(EIGHT.toHex(), NINE.toHex(), EIGHT.toHex(), FEES.toHex()));
    assertThat(ask(EIGHT, NINE, FEES))
        .isEqualTo(
            new Answer.Traced(
                1,
                Map.of(
                    EIGHT, List.of(new Change(Optional.of(wei("5")), Optional.empty(), false)),
                    NINE, List.of(new Change(Optional.of(wei("7")), Optional.empty(), true)),
                    FEES,
                        List.of(new Change(Optional.of(wei("0")), Optional.of(wei("1")), false)))));
  }

  @Test
  void leavesANodeAloneThatDoesNotKnowTheMethod() {
    server.json("/", "{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
    assertThat(untold()).contains("Method not found");
    assertThat(untold()).contains("Method not found");
    assertThat(server.requests()).hasSize(1);
    now = now.plus(Duration.ofHours(1));
    assertThat(untold()).contains("Method not found");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void asksAgainAboutTheNextBlockWhereOneIsNotThere() {
    server.json("/", "{\"id\":1,\"error\":{\"code\":-32001,\"message\":\"Resource not found\"}}");
    assertThat(untold()).contains("Resource not found");
    assertThat(untold()).contains("Resource not found");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void takesNoAnswerThatIsNone() {
    assertThat(untold("[]")).contains("not an object");
    assertThat(untold("{\"id\":1}")).contains("no list of traces");
    assertThat(untold("{\"id\":1,\"result\":null}")).contains("no list of traces");
    assertThat(untold("{\"id\":1,\"result\":[7]}")).contains("a trace is not an object");
    assertThat(untold("{\"id\":1,\"result\":[{\"error\":\"execution timeout\"}]}"))
        .contains("trace 1 has no result");
    // Without the mode: all accounts that were looked at, and no difference.
    assertThat(
            untold(
                "{\"id\":1,\"result\":[{\"result\":{\"%s\":{\"balance\":\"0x5\"}}}]}"
                    .formatted(EIGHT.toHex())))
        .contains("no difference");
    assertThat(untold("{\"id\":1,\"result\":[{\"result\":{\"pre\":{\"0x12\":{}},\"post\":{}}}]}"))
        .contains("account");
    assertThat(untold("{\"id\":1,\"result\":[{\"result\":{\"pre\":{")).isNotEmpty();
    assertThat(untold("no JSON")).isNotEmpty();
  }

  @Test
  void keepsNoneOfAnAnswerThatIsLongerThanMemory() {
    server.on("/", HttpExecutionTracesTest::sendWithoutEnd);
    assertThat(untold()).contains("larger than");
    assertThat(untold()).contains("larger than");
    assertThat(server.requests()).as("and is left alone").hasSize(1);
  }

  @Test
  void leavesANodeAloneThatIsSlow() {
    CountDownLatch ended = new CountDownLatch(1);
    server.on(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write("{\"id\":1,\"result\":[".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            ended.await();
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
    ExecutionTraces hurried = new HttpExecutionTraces(endpoint, () -> now, Duration.ofMillis(300));
    for (int round = 0; round < 2; round++) {
      assertThat(hurried.trace(BLOCK, Set.of(EIGHT)))
          .isInstanceOfSatisfying(
              Answer.Untold.class,
              answer -> assertThat(answer.reason()).contains("did not come within"));
    }
    assertThat(server.requests()).hasSize(1);
    ended.countDown();
  }

  /** Another trace, and another. */
  private static void sendWithoutEnd(HttpExchange exchange) throws IOException {
    byte[] trace =
        ("{\"result\":{\"pre\":{},\"post\":{\"0x"
                + "11".repeat(20)
                + "\":{\"code\":\"0x"
                + "00".repeat(20_000)
                + "\"}}}},")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("{\"id\":1,\"result\":[".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 10_000; i++) {
        out.write(trace);
      }
    } catch (IOException hungUp) {
      // As it should be.
    }
  }
}
