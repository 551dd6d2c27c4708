package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Gwei;
import io.auriga.types.Hash32;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedBeaconStatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Root STATE = root(1);

  /** How many validators the node knows. */
  private static final long COUNT = 100;

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private Instant now = Instant.EPOCH;
  private final BeaconStates shared =
      new SharedBeaconStates(new HttpBeaconStates(endpoint), () -> now);

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private static Root root(int number) {
    byte[] bytes = new byte[Hash32.LENGTH];
    Arrays.fill(bytes, (byte) number);
    return Root.of(bytes);
  }

  private static List<ValidatorId> ids(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(index -> ValidatorId.of(new ValidatorIndex(index)))
        .toList();
  }

  private static String route(String state) {
    return "/eth/v1/beacon/states/" + state + "/validators";
  }

  private void serve(Root state) {
    server.on(route(state.toHex()), SharedBeaconStatesTest::answer);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String asked =
        exchange.getRequestMethod().equals("POST")
            ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
            : exchange.getRequestURI().getQuery();
    String data =
        DIGITS
            .matcher(asked.replaceAll("0x0*", ""))
            .results()
            .map(match -> Long.parseLong(match.group()))
            .filter(index -> index < COUNT)
            .map(SharedBeaconStatesTest::validator)
            .collect(Collectors.joining(","));
    NodeServer.send(
        exchange,
        200,
        "application/json",
        "{\"execution_optimistic\":false,\"finalized\":true,\"data\":[" + data + "]}");
  }

  private static String validator(long index) {
    return """
    {"index":"%d","balance":"%d","status":"active_ongoing","validator":{"pubkey":"0x%096x",
    "withdrawal_credentials":"0x01%062x","effective_balance":"32000000000","slashed":false,
    "activation_eligibility_epoch":"0","activation_epoch":"0",
    "exit_epoch":"18446744073709551615","withdrawable_epoch":"18446744073709551615"}}\
    """
        .formatted(index, 32_000_000_000L + index, index, index);
  }

  private List<Long> validators(Root state, List<ValidatorId> ids) {
    return shared.validators(StateId.of(state), ids).orElseThrow().data().stream()
        .map(validator -> validator.index().value())
        .toList();
  }

  @Test
  void asksForEachValidatorOfAStateOnce() {
    serve(STATE);
    assertThat(validators(STATE, ids(0, 3))).containsExactlyInAnyOrder(0L, 1L, 2L);
    assertThat(validators(STATE, ids(2, 5))).containsExactlyInAnyOrder(2L, 3L, 4L);
    assertThat(shared.balances(StateId.of(STATE), ids(1, 5)).orElseThrow())
        .isEqualTo(
            new StateAnswer<>(
                LongStream.range(1, 5)
                    .mapToObj(
                        index ->
                            new ValidatorBalance(
                                new ValidatorIndex(index), new Gwei(32_000_000_000L + index)))
                    .toList(),
                false,
                true));
    assertThat(server.requests())
        .containsExactly(
            "GET " + route(STATE.toHex()) + "?id=0&id=1&id=2",
            "GET " + route(STATE.toHex()) + "?id=3&id=4");
  }

  @Test
  void remembersThatAStateDoesNotHoldAValidator() {
    serve(STATE);
    assertThat(validators(STATE, ids(COUNT - 1, COUNT + 3))).containsExactly(COUNT - 1);
    assertThat(validators(STATE, ids(COUNT, COUNT + 3))).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void letsOthersWaitForAnAnswerThatIsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    server.on(
        route(STATE.toHex()),
        exchange -> {
          asked.countDown();
          awaitQuietly(released);
          answer(exchange);
        });
    AtomicReference<List<Long>> second = new AtomicReference<>();
    Thread one = Thread.ofVirtual().start(() -> validators(STATE, ids(0, 3)));
    asked.await();
    Thread other = Thread.ofVirtual().start(() -> second.set(validators(STATE, ids(0, 2))));
    await().atMost(PATIENCE).until(() -> other.getState() == Thread.State.WAITING);
    released.countDown();
    one.join();
    other.join();
    assertThat(second.get()).containsExactlyInAnyOrder(0L, 1L);
    assertThat(server.requests()).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void givesUpWaitingWhenTheProcessStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    server.on(
        route(STATE.toHex()),
        exchange -> {
          asked.countDown();
          awaitQuietly(released);
          answer(exchange);
        });
    AtomicReference<NodeException> failure = new AtomicReference<>();
    Thread one = Thread.ofVirtual().start(() -> validators(STATE, ids(0, 3)));
    asked.await();
    Thread other =
        Thread.ofVirtual()
            .start(
                () ->
                    failure.set(
                        catchThrowableOfType(
                            NodeException.class, () -> validators(STATE, ids(0, 3)))));
    await().atMost(PATIENCE).until(() -> other.getState() == Thread.State.WAITING);
    other.interrupt();
    other.join();
    assertThat(failure.get().error()).isEqualTo(ClientError.INTERRUPTED);
    released.countDown();
    one.join();
  }

  @Test
  void remembersNeitherAFailureNorThatAStateIsMissing() {
    assertThat(shared.validators(StateId.of(STATE), ids(0, 3))).isEmpty();
    server.on(route(STATE.toHex()), exchange -> NodeServer.send(exchange, 500, "text/plain", "no"));
    assertThat(catchThrowableOfType(NodeException.class, () -> validators(STATE, ids(0, 3))))
        .isNotNull();
    serve(STATE);
    assertThat(validators(STATE, ids(0, 3))).hasSize(3);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void asksAgainAfterAWhile() {
    serve(STATE);
    validators(STATE, ids(0, 3));
    now = now.plusSeconds(119);
    validators(STATE, ids(0, 3));
    assertThat(server.requests()).hasSize(1);
    now = now.plusSeconds(1);
    validators(STATE, ids(0, 3));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void forgetsTheOldestStatesWhenItHoldsMany() {
    for (int state = 1; state <= 9; state++) {
      serve(root(state));
      validators(root(state), ids(0, 2_000));
    }
    assertThat(server.requests()).hasSize(9);
    validators(root(2), ids(0, 2_000));
    assertThat(server.requests()).as("still held").hasSize(9);
    validators(root(1), ids(0, 2_000));
    assertThat(server.requests()).as("driven out").hasSize(10);
  }

  @Test
  void sharesOnlyWhatStaysTheSame() {
    server.on(route("head"), SharedBeaconStatesTest::answer);
    server.on(route("7"), SharedBeaconStatesTest::answer);
    serve(STATE);
    ValidatorId key = ValidatorId.of(BlsPublicKey.fromHex("0x%096x".formatted(5)));
    for (int round = 0; round < 2; round++) {
      assertThat(shared.validators(StateId.head(), ids(0, 1))).isPresent();
      assertThat(shared.validators(StateId.of(new Slot(7)), ids(0, 1))).isPresent();
      assertThat(shared.validators(StateId.of(STATE), List.of(key))).isPresent();
    }
    assertThat(server.requests()).hasSize(6);
  }
}
