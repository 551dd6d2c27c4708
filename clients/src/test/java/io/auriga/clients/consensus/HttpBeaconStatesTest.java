package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.RawServer;
import io.auriga.clients.Vectors;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.types.WithdrawalIndex;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBeaconStatesTest {
  private static final String CHAIN = "chain-minimal-capella-to-fulu";
  private static final String LODESTAR = "lodestar-1.5.1-capella";
  private static final String HEAD = "/eth/v1/beacon/states/head/";
  private static final String VALIDATORS = HEAD + "validators";
  private static final String COMMITTEES = HEAD + "committees";
  private static final String BALANCES = HEAD + "validator_balances";
  private static final String PENDING = HEAD + "pending_partial_withdrawals";
  private static final String STATE = "/eth/v2/debug/beacon/states/";
  private static final String SSZ = "application/octet-stream";
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** How many validators the simulated node knows. */
  private static final long COUNT = 10_000;

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private final BeaconStates node = new HttpBeaconStates(endpoint);

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private void serveRecorded(String recording, String path) {
    server.json(path, new String(Vectors.response(recording, path), StandardCharsets.UTF_8));
  }

  private static List<ValidatorId> ids(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(index -> ValidatorId.of(new ValidatorIndex(index)))
        .toList();
  }

  private static NodeException failureOf(Runnable question) {
    NodeException failure = catchThrowableOfType(NodeException.class, question::run);
    assertThat(failure).as("the answer was taken").isNotNull();
    return failure;
  }

  private List<Validator> validators(List<ValidatorId> ids) {
    return node.validators(StateId.head(), ids).orElseThrow().data();
  }

  // What real answers hold

  @Test
  void readsTheValidatorsThatLodestarNames() {
    serveRecorded(LODESTAR, VALIDATORS);
    List<Validator> validators = validators(ids(0, 32));
    assertThat(validators).hasSize(32);
    Validator first = validators.getFirst();
    assertThat(first.index()).isEqualTo(new ValidatorIndex(0));
    assertThat(first.balance()).isEqualTo(new Gwei(32_000_007_781L));
    assertThat(first.effectiveBalance()).isEqualTo(Gwei.ofEther(32));
    assertThat(first.publicKey().toHex()).startsWith("0xa99a76ed7796f7be22d5b7e85deeb7c5677e88e5");
    assertThat(first.credentials()).isInstanceOf(WithdrawalCredentials.Execution.class);
    assertThat(first.credentials().address()).isPresent();
    assertThat(first.slashed()).isFalse();
    assertThat(first.life().activation()).isEqualTo(new Epoch(0));
    assertThat(first.life().withdrawable()).isEqualTo(Epoch.FAR_FUTURE);
    assertThat(first.life().isActive(new Epoch(1))).isTrue();
    Validator slashed = validators.get(25);
    assertThat(slashed.slashed()).isTrue();
    assertThat(slashed.life().exit().isScheduled()).isTrue();
  }

  private static final String LEAVING = VALIDATORS + "?status=active_exiting&status=active_slashed";

  private static String leaving(long index, String exit) {
    return "{\"index\":\"%d\",\"balance\":\"1\",\"status\":\"active_exiting\",\"validator\":{\"effective_balance\":\"32000000000\",\"exit_epoch\":\"%s\"}}"
        .formatted(index, exit);
  }

  private static String data(String elements) {
    return "{\"execution_optimistic\":false,\"finalized\":false,\"data\":[" + elements + "]}";
  }

  @Test
  void readsThoseWhoLeaveWhileTheListStillComes() {
    int many = 20_000;
    server.json(
        VALIDATORS,
        data(
            LongStream.range(0, many)
                .mapToObj(i -> leaving(i, "1" + i))
                .collect(Collectors.joining(","))));
    List<ScheduledExit> exits = node.scheduledExits(StateId.head()).orElseThrow().data();
    assertThat(exits).hasSize(many);
    assertThat(exits.get(7))
        .isEqualTo(new ScheduledExit(new ValidatorIndex(7), Gwei.ofEther(32), new Epoch(17)));
    assertThat(server.requests().getLast()).endsWith(LEAVING);
  }

  @Test
  void doesNotTakeOneThatStaysForOneThatLeaves() {
    server.json(VALIDATORS, data(leaving(1, "18446744073709551615")));
    NodeException failure = failureOf(() -> node.scheduledExits(StateId.head()));
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining("does not leave");
  }

  @Test
  void refusesAListOfLeavingOnesThatIsNone() {
    server.json(VALIDATORS, data("{\"index\":\"1\"}"));
    assertThat(failureOf(() -> node.scheduledExits(StateId.head())).error())
        .isEqualTo(ClientError.MALFORMED);
    server.json(VALIDATORS, "{\"data\":[");
    assertThat(failureOf(() -> node.scheduledExits(StateId.head())).error())
        .isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void readsWhoIsEmptiedIntoOthers() {
    server.json(
        HEAD + "pending_consolidations", data("{\"source_index\":\"5\",\"target_index\":\"6\"}"));
    assertThat(node.consolidationSources(StateId.head()).orElseThrow().data())
        .containsExactly(new ValidatorIndex(5));
  }

  @Test
  void saysThatANodeDoesNotListThem() {
    assertThat(node.scheduledExits(StateId.head())).isEmpty();
    assertThat(node.consolidationSources(StateId.head())).isEmpty();
  }

  @Test
  void readsTheCommitteesThatLodestarNames() {
    serveRecorded(LODESTAR, COMMITTEES);
    List<Committee> committees = node.committees(StateId.head(), new Epoch(0)).orElseThrow().data();

    assertThat(committees).hasSize(8);
    assertThat(committees.getFirst().slot()).isEqualTo(new Slot(0));
    assertThat(committees.getFirst().index()).isZero();
    assertThat(committees.getFirst().validators()).containsExactly(23, 7, 26);
    assertThat(committees.stream().flatMapToInt(one -> Arrays.stream(one.validators())))
        .doesNotHaveDuplicates()
        .hasSize(31);
    assertThat(server.requests()).containsExactly("GET " + COMMITTEES + "?epoch=0");
  }

  @Test
  void readsTheCommitteesOfLaterEpochsInWhichOldLodestarsSwapTheNumbers() {
    server.json(
        COMMITTEES,
        """
        {"data":[{"index":"0","slot":"0","validators":["4","1"]},
                 {"index":"0","slot":"1","validators":["5"]},
                 {"index":"1","slot":"0","validators":["2"]},
                 {"index":"1","slot":"1","validators":["3","0"]}]}
        """);
    assertThat(node.committees(StateId.head(), new Epoch(7)).orElseThrow().data())
        .extracting(one -> one.slot() + " " + one.index() + " " + one.validators()[0])
        .containsExactly("14 0 4", "14 1 5", "15 0 2", "15 1 3");
    server.json(
        COMMITTEES,
        """
        {"data":[{"index":"1","slot":"224","validators":["4","1"]}]}
        """);
    assertThat(node.committees(StateId.head(), new Epoch(7)).orElseThrow().data())
        .singleElement()
        .matches(one -> one.slot().equals(new Slot(224)) && one.index() == 1);
  }

  @Test
  void asksForTheValidatorsWhereANodeAnswersWithNoBalances() {
    server.json(BALANCES, "{\"data\":[]}");
    server.json(VALIDATORS, "{\"data\":[]}");
    assertThat(node.balances(StateId.head(), ids(90, 91)).orElseThrow().data()).isEmpty();
    String key = "0x" + "ab".repeat(48);
    server.json(VALIDATORS, "{\"data\":[" + validator(3, key) + "," + validator(4, key) + "]}");
    for (int i = 0; i < 2; i++) {
      assertThat(node.balances(StateId.head(), ids(3, 5)).orElseThrow().data())
          .extracting(balance -> balance.index().value())
          .containsExactly(3L, 4L);
    }
    assertThat(server.requests().stream().filter(request -> request.contains(BALANCES)))
        .as("once it is known, the route is left alone")
        .hasSize(2);
  }

  @Test
  void believesANodeThatOnceToldBalances() {
    server.json(BALANCES, "{\"data\":[{\"index\":\"3\",\"balance\":\"1\"}]}");
    assertThat(node.balances(StateId.head(), ids(3, 4)).orElseThrow().data()).hasSize(1);
    server.json(BALANCES, "{\"data\":[]}");
    assertThat(node.balances(StateId.head(), ids(90, 91)).orElseThrow().data()).isEmpty();
    assertThat(server.requests()).noneMatch(request -> request.contains("/validators"));
  }

  @Test
  void aNodeThatDoesNotTellCommitteesIsNoFailure() {
    server.on(COMMITTEES, exchange -> NodeServer.send(exchange, 400, "application/json", "{}"));
    assertThat(node.committees(StateId.head(), new Epoch(9))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":\"64\",\"slot\":\"1\",\"validators\":[]}",
        "{\"index\":\"0\",\"slot\":\"1\"}",
        "{\"index\":\"0\",\"slot\":\"1\",\"validators\":[\"2147483648\"]}",
        "{\"index\":\"0\",\"slot\":\"1\",\"validators\":[{}]}",
        "{\"index\":\"0\",\"slot\":\"-1\",\"validators\":[]}",
        "[]"
      })
  void refusesWhatIsNoCommittee(String committee) {
    server.json(COMMITTEES, "{\"data\":[" + committee + "]}");
    assertThat(failureOf(() -> node.committees(StateId.head(), new Epoch(0))).error())
        .isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void refusesACommitteeLargerThanThereAre() {
    server.json(
        COMMITTEES,
        "{\"data\":[{\"index\":\"0\",\"slot\":\"1\",\"validators\":["
            + "\"1\",".repeat(2_048)
            + "\"1\"]}]}");
    assertThat(failureOf(() -> node.committees(StateId.head(), new Epoch(0))))
        .hasMessageContaining("one more than a committee can have");
  }

  @Test
  void findsAValidatorByItsKey() {
    serveRecorded(LODESTAR, VALIDATORS);
    BlsPublicKey key = validators(ids(0, 32)).get(7).publicKey();
    server.json(
        VALIDATORS,
        "{\"execution_optimistic\":true,\"finalized\":false,\"data\":["
            + validator(7, key.toHex())
            + "]}");
    StateAnswer<List<Validator>> answer =
        node.validators(StateId.head(), List.of(ValidatorId.of(key))).orElseThrow();
    assertThat(answer.data()).extracting(Validator::index).containsExactly(new ValidatorIndex(7));
    assertThat(answer.optimistic()).isTrue();
    assertThat(server.requests().getLast()).endsWith("validators?id=" + key.toHex());
  }

  @Test
  void readsTheBalancesThatLodestarNames() {
    serveRecorded(LODESTAR, BALANCES);
    List<ValidatorBalance> balances =
        node.balances(StateId.head(), ids(0, 40)).orElseThrow().data();
    assertThat(balances)
        .hasSize(32)
        .contains(new ValidatorBalance(new ValidatorIndex(1), new Gwei(32_081_726_876L)));
  }

  @Test
  void readsTheQueueOfARealChain() {
    String path = "/eth/v1/beacon/states/103/pending_partial_withdrawals";
    serveRecorded(CHAIN, path);
    // The request of 1.5 ether of slot 51 is paid in slot 104.
    assertThat(node.pendingPartialWithdrawals(StateId.of(new Slot(103))))
        .isInstanceOfSatisfying(
            PendingPartials.Listed.class,
            listed ->
                assertThat(listed.entries())
                    .extracting(
                        PendingPartials.Entry::validatorIndex, PendingPartials.Entry::amount)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                            new ValidatorIndex(6), new Gwei(1_500_000_000))));
  }

  @Test
  void takesAWholeStateAsItIs() {
    byte[] state =
        Vectors.gunzip(Vectors.files(Vectors.recording(CHAIN).resolve("states"), ".gz").getFirst());
    server.on(
        STATE + "finalized",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Accept")).isEqualTo(SSZ);
          exchange.getResponseHeaders().set("Eth-Consensus-Version", "capella");
          NodeServer.send(exchange, 200, SSZ, state);
        });
    StateAnswer<StateBytes> answer = node.state(StateId.finalized()).orElseThrow();
    assertThat(answer.data().ssz()).isEqualTo(state);
    assertThat(answer.data().fork()).contains(ForkName.CAPELLA);
    assertThat(answer.data().slot().value()).isPositive().isLessThan(137);
  }

  // How many are asked for, and how

  private static String validator(long index, String key) {
    return """
    {"index":"%d","balance":"32000000007","status":"active_ongoing","validator":{
    "pubkey":"%s","withdrawal_credentials":"0x02%s","effective_balance":"32000000000",
    "slashed":false,"activation_eligibility_epoch":"0","activation_epoch":"0",
    "exit_epoch":"18446744073709551615","withdrawable_epoch":"18446744073709551615"}}
    """
        .formatted(index, key, "0".repeat(62));
  }

  /** Answers as nodes do: unknown ones are left out, the others come in another order. */
  private static void answer(HttpExchange exchange, String names) throws IOException {
    List<Long> known = new ArrayList<>();
    DIGITS
        .matcher(names)
        .results()
        .mapToLong(name -> Long.parseLong(name.group()))
        .filter(index -> index < COUNT)
        .forEach(known::add);
    Collections.reverse(known);
    String key = "0x" + "ab".repeat(48);
    NodeServer.send(
        exchange,
        200,
        "application/json",
        known.stream()
            .map(index -> validator(index, key))
            .collect(Collectors.joining(",", "{\"data\":[", "]}")));
  }

  private void serveAnyNumber(int postStatus) {
    server.on(
        VALIDATORS,
        exchange -> {
          URI uri = exchange.getRequestURI();
          if (exchange.getRequestMethod().equals("GET")) {
            assertThat(uri.toString().length()).isLessThan(8192);
            assertThat(uri.getQuery().split("&")).hasSizeLessThanOrEqualTo(64);
            answer(exchange, uri.getQuery());
          } else if (postStatus != 200) {
            NodeServer.send(exchange, postStatus, "text/plain", "no");
          } else {
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
                .isEqualTo("application/json");
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(body).startsWith("{\"ids\":[\"").endsWith("\"]}");
            answer(exchange, body);
          }
        });
  }

  private void assertComplete(List<Validator> validators, long from, long to) {
    assertThat(validators)
        .extracting(validator -> validator.index().value())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(from, to).boxed().toList());
  }

  @Test
  void asksForAFewByGetAndForManyByPost() {
    serveAnyNumber(200);
    assertComplete(validators(ids(0, 64)), 0, 64);
    assertThat(server.requests()).singleElement().asString().startsWith("GET ");
    assertComplete(validators(ids(0, 9_000)), 0, 9_000);
    assertThat(server.requests().stream().filter(r -> r.startsWith("POST "))).hasSize(3);
    assertThat(server.requests()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 415, 500, 501})
  void asksByGetInPiecesWherePostIsRefusedAndRemembers(int status) {
    serveAnyNumber(status);
    assertComplete(validators(ids(100, 300)), 100, 300);
    assertComplete(validators(ids(100, 300)), 100, 300);
    assertThat(server.requests().stream().filter(r -> r.startsWith("POST "))).hasSize(1);
    assertThat(server.requests().stream().filter(r -> r.startsWith("GET "))).hasSize(8);
  }

  @Test
  void keepsTheAddressShortWhereKeysAreAsked() {
    serveAnyNumber(405);
    List<ValidatorId> keys =
        LongStream.range(0, 64)
            .<ValidatorId>mapToObj(
                i -> ValidatorId.of(BlsPublicKey.fromHex("0x" + "%096x".formatted(i))))
            .toList();
    server.json(VALIDATORS, "{\"data\":[]}");
    assertThat(validators(keys)).isEmpty();
    assertThat(server.requests()).hasSize(2).allMatch(request -> request.length() < 4_200);
  }

  @Test
  void leavesOutWhatTheStateDoesNotHold() {
    serveAnyNumber(200);
    assertComplete(validators(ids(COUNT - 5, COUNT + 5)), COUNT - 5, COUNT);
    assertThat(validators(ids(COUNT, COUNT + 200))).isEmpty();
  }

  @Test
  void asksNothingForNobody() {
    assertThat(validators(List.of())).isEmpty();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void givesUpAtOnceWhereTheNodeIsBusy() {
    serveAnyNumber(503);
    assertThat(failureOf(() -> validators(ids(0, 65))).error()).isEqualTo(ClientError.STATUS);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void tellsAnUnknownStateFromAMissingRoute() {
    StateId root = StateId.of(Root.ZERO);
    assertThat(node.validators(root, ids(0, 1))).isEmpty();
    assertThat(node.validators(root, ids(0, 100))).isEmpty();
    assertThat(node.balances(StateId.of(new Slot(5)), ids(0, 1))).isEmpty();
    assertThat(node.state(root)).isEmpty();
    for (Runnable question :
        List.<Runnable>of(
            () -> validators(ids(0, 1)),
            () -> validators(ids(0, 100)),
            () -> node.state(StateId.head()))) {
      assertThat(failureOf(question).error()).isEqualTo(ClientError.UNSUPPORTED_ROUTE);
    }
  }

  // What nodes get wrong

  @Test
  void refusesAValidatorThatWasNotAskedFor() {
    server.json(VALIDATORS, "{\"data\":[" + validator(9, "0x" + "00".repeat(48)) + "]}");
    NodeException failure = failureOf(() -> validators(ids(0, 1)));
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure)
        .hasMessageContaining("Cannot read 1 validators of state head from http://")
        .hasMessageContaining("not asked for");
  }

  @Test
  void refusesMoreThanWasAskedForWithoutReadingItAll() {
    server.json(
        BALANCES,
        "{\"data\":[{\"index\":\"0\",\"balance\":\"1\"},{\"index\":\"1\",\"balance\":\"1\"},oops");
    NodeException failure = failureOf(() -> node.balances(StateId.head(), ids(0, 1)));
    assertThat(failure).hasMessageContaining("/data/1 is one more than the 1 that there can be");
  }

  @Test
  void refusesTwoAnswersForOneValidator() {
    server.json(
        BALANCES,
        "{\"data\":[{\"index\":\"0\",\"balance\":\"1\"},{\"index\":\"0\",\"balance\":\"2\"}]}");
    assertThat(failureOf(() -> node.balances(StateId.head(), ids(0, 2))))
        .hasMessageContaining("validator 0 came twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|field data is missing",
        "[]|the answer is not an object",
        "{\"data\":null}|/data is not a list",
        "{\"data\":{}}|/data is not a list",
        "{\"data\":[5]}|/data/0 is not an object",
        "{\"data\":[{}]}|field /data/0/index is missing",
        "{\"data\":[{\"index\":\"-1\",\"balance\":\"1\"}]}|/data/0/index: not a decimal uint64",
        "{\"data\":[{\"index\":\"0\",\"balance\":null}]}|field /data/0/balance is missing",
        "{\"data\":[{\"index\":\"0\",\"balance\":{\"a\":1}}]}|field /data/0/balance is missing",
        "{\"data\":[{\"index\":\"0\",\"balance\":\"18446744073709551616\"}]}|/data/0/balance: does"
            + " not",
        "{\"data\":[],\"execution_optimistic\":\"yes\"}|/execution_optimistic is neither true nor",
        "{\"data\":[]} 5|something follows",
        "{\"data\":[{\"index\":\"0\",\"bal|not the JSON expected",
        "<html>502</html>|not the JSON expected",
      })
  void namesWhatIsMalformed(String body, String problem) {
    server.json(BALANCES, body);
    NodeException failure = failureOf(() -> node.balances(StateId.head(), ids(0, 1)));
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure)
        .hasMessageContaining("Cannot read 1 validator balances of state head from")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesNestingWithoutEnd() {
    server.json(BALANCES, "{\"data\":" + "[".repeat(100_000));
    assertThat(failureOf(() -> node.balances(StateId.head(), ids(0, 1))).error())
        .isIn(ClientError.TOO_DEEP, ClientError.MALFORMED);
    server.json(BALANCES, "{\"x\":" + "[".repeat(100_000));
    assertThat(failureOf(() -> node.balances(StateId.head(), ids(0, 1))).error())
        .isEqualTo(ClientError.TOO_DEEP);
  }

  @Test
  void readsBalancesAndEpochsAtTheirExtremes() {
    server.json(BALANCES, "{\"data\":[{\"index\":\"0\",\"balance\":\"18446744073709551615\"}]}");
    assertThat(node.balances(StateId.head(), ids(0, 1)).orElseThrow().data())
        .containsExactly(new ValidatorBalance(new ValidatorIndex(0), new Gwei(-1)));
  }

  @Test
  void namesCredentialsThatNoForkKnows() {
    String key = "0x" + "00".repeat(48);
    server.json(VALIDATORS, "{\"data\":[" + validator(0, key).replace("0x02", "0xb0") + "]}");
    WithdrawalCredentials credentials = validators(ids(0, 1)).getFirst().credentials();
    assertThat(credentials).isInstanceOf(WithdrawalCredentials.Unknown.class);
    assertThat(credentials.address()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 410})
  void saysThatTheQueueIsNotServed(int status) {
    server.on(PENDING, exchange -> NodeServer.send(exchange, status, "application/json", "{}"));
    assertThat(node.pendingPartialWithdrawals(StateId.head()))
        .isInstanceOfSatisfying(
            PendingPartials.Unavailable.class,
            unavailable ->
                assertThat(unavailable.reason()).contains(endpoint.name(), "(" + status));
  }

  private static final String EXPECTED = "/eth/v1/builder/states/head/expected_withdrawals";

  @Test
  void readsTheWithdrawalsThatANodeExpects() {
    server.on(
        EXPECTED,
        exchange -> {
          assertThat(exchange.getRequestURI().getQuery()).isEqualTo("proposal_slot=7");
          NodeServer.send(
              exchange,
              200,
              "application/json",
              "{\"execution_optimistic\":false,\"finalized\":false,\"data\":[{\"index\":\"1\","
                  + "\"validator_index\":\"11\",\"address\":"
                  + "\"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\",\"amount\":\"120000000\"}]}");
        });
    assertThat(node.expectedWithdrawals(StateId.head(), new Slot(7)).orElseThrow().data())
        .containsExactly(
            new Withdrawal(
                new WithdrawalIndex(1),
                new ValidatorIndex(11),
                Address.fromHex("0x70997970c51812dc3a010c7d01b50e0d17dc79c8"),
                new Gwei(120_000_000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 410})
  void takesItAsNotTellingWhereExpectedWithdrawalsAreNotServed(int status) {
    server.on(EXPECTED, exchange -> NodeServer.send(exchange, status, "application/json", "{}"));
    assertThat(node.expectedWithdrawals(StateId.head(), new Slot(7))).isEmpty();
  }

  @Test
  void failsWhereExpectedWithdrawalsAreGarbage() {
    server.json(EXPECTED, "{\"data\":[{\"index\":\"1\",\"validator_index\":\"-\"}]}");
    assertThat(failureOf(() -> node.expectedWithdrawals(StateId.head(), new Slot(7))))
        .hasMessageContaining("/data/0/validator_index");
  }

  @Test
  void failsWhereTheQueueIsGarbage() {
    server.json(PENDING, "{\"data\":[{\"validator_index\":\"1\",\"amount\":\"x\"}]}");
    assertThat(failureOf(() -> node.pendingPartialWithdrawals(StateId.head())))
        .hasMessageContaining("/data/0/amount");
  }

  @ParameterizedTest
  @CsvSource({"application/octet-stream,47", "application/json,500", "text/html,500"})
  void refusesWhatIsNoState(String type, int length) {
    server.on(STATE + "head", exchange -> NodeServer.send(exchange, 200, type, new byte[length]));
    NodeException failure = failureOf(() -> node.state(StateId.head()));
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining(length + " bytes of " + type);
  }

  @Test
  void refusesTheStateOfAnotherSlotAndAnUnknownFork() {
    byte[] state = new byte[100];
    state[40] = 6;
    server.on(STATE + "5", exchange -> NodeServer.send(exchange, 200, SSZ, state));
    assertThat(failureOf(() -> node.state(StateId.of(new Slot(5)))))
        .hasMessageContaining("the state of slot 6 came");
    server.on(
        STATE + "6",
        exchange -> {
          exchange.getResponseHeaders().set("Eth-Consensus-Version", "heze");
          NodeServer.send(exchange, 200, SSZ, state);
        });
    assertThat(failureOf(() -> node.state(StateId.of(new Slot(6)))).error())
        .isEqualTo(ClientError.UNSUPPORTED_FORK);
  }

  @Test
  void takesAStateThatIsLargerThanOtherAnswersMayBe() {
    byte[] state = new byte[5_000];
    server.on(STATE + "head", exchange -> NodeServer.send(exchange, 200, SSZ, state));
    try (HttpEndpoint narrow = server.endpoint(NodeServer.limits().withMaxBodyBytes(1_000))) {
      assertThat(new HttpBeaconStates(narrow).state(StateId.head()).orElseThrow().data().ssz())
          .hasSize(5_000);
    }
  }

  // Several nodes

  @Test
  void looksForAStateAtEveryNode() {
    try (NodeServer old = new NodeServer();
        HttpEndpoint oldEndpoint = old.endpoint()) {
      BeaconStates both =
          new FailoverBeaconStates(List.of(new HttpBeaconStates(oldEndpoint), node));
      serveRecorded(CHAIN, "/eth/v1/beacon/states/103/pending_partial_withdrawals");
      server.json(
          "/eth/v1/beacon/states/5/validator_balances",
          "{\"data\":[{\"index\":\"0\",\"balance\":\"1\"}]}");
      assertThat(both.pendingPartialWithdrawals(StateId.of(new Slot(103))))
          .isInstanceOf(PendingPartials.Listed.class);
      assertThat(both.pendingPartialWithdrawals(StateId.head()))
          .isInstanceOf(PendingPartials.Unavailable.class);
      assertThat(both.balances(StateId.of(new Slot(5)), ids(0, 1))).isPresent();
      assertThat(both.balances(StateId.of(new Slot(6)), ids(0, 1))).isEqualTo(Optional.empty());
      assertThat(failureOf(() -> both.state(StateId.head())).error())
          .isEqualTo(ClientError.ALL_NODES_FAILED);
    }
  }

  @Test
  void readsTheQueueOfDepositsAndWhoMovedThem() {
    String key = "0x" + "0a".repeat(48);
    server.json(
        HEAD + "pending_deposits",
        """
        {"execution_optimistic":false,"finalized":false,"data":[
          {"pubkey":"%s","withdrawal_credentials":"0x","amount":"32000000000",
           "signature":"0x%s","slot":"17"},
          {"pubkey":"%s","withdrawal_credentials":"0x","amount":"5","signature":"0xc0%s",
           "slot":"0"}]}\
        """
            .formatted(key, "ab".repeat(96), key, "00".repeat(95)));
    assertThat(node.pendingDeposits(StateId.head()))
        .isEqualTo(
            new PendingDeposits.Listed(
                List.of(
                    new PendingDeposits.Entry(
                        BlsPublicKey.fromHex(key), Gwei.ofEther(32), new Slot(17), false),
                    new PendingDeposits.Entry(
                        BlsPublicKey.fromHex(key), new Gwei(5), new Slot(0), true))));
  }

  @Test
  void saysWhyTheQueueOfDepositsIsNotToBeHad() {
    assertThat(node.pendingDeposits(StateId.head()))
        .isInstanceOfSatisfying(
            PendingDeposits.Unavailable.class,
            answer -> assertThat(answer.reason()).contains("does not serve the route"));
    server.json(HEAD + "pending_deposits", "{\"data\":[{\"pubkey\":\"0x12\"}]}");
    assertThat(failureOf(() -> node.pendingDeposits(StateId.head())).error())
        .isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void readsTheSyncCommitteeSeatBySeat() {
    String route = HEAD + "sync_committees";
    assertThat(node.syncCommittee(StateId.head())).isEmpty();
    server.json(
        route,
        "{\"finalized\":true,\"data\":{\"validator_aggregates\":[[\"3\",\"1\"],[\"3\"]],"
            + "\"validators\":[\"3\",\"1\",\"3\"]}}");
    assertThat(node.syncCommittee(StateId.head()))
        .hasValue(
            new StateAnswer<>(
                List.of(new ValidatorIndex(3), new ValidatorIndex(1), new ValidatorIndex(3)),
                false,
                true));
    for (String wrong :
        new String[] {
          "{\"data\":[\"3\"]}",
          "{\"data\":{}}",
          "{\"data\":{\"validators\":[[3]]}}",
          "{\"data\":{\"validators\":[\"-1\"]}}"
        }) {
      server.json(route, wrong);
      assertThat(failureOf(() -> node.syncCommittee(StateId.head())).error())
          .as(wrong)
          .isEqualTo(ClientError.MALFORMED);
    }
  }

  @Test
  void refusesAStateThatThisProcessHasNoMemoryFor() {
    long third = Runtime.getRuntime().maxMemory() / 3;
    try (RawServer large =
            new RawServer(
                (request, out) ->
                    RawServer.write(
                        out, "HTTP/1.1 200 OK\r\nContent-Length: " + (third + 1) + "\r\n\r\n"));
        HttpEndpoint its = large.endpoint(NodeServer.limits())) {
      NodeException failure =
          failureOf(() -> assertThat(new HttpBeaconStates(its).state(StateId.head())).isEmpty());
      assertThat(failure.error()).isEqualTo(ClientError.TOO_LARGE);
    }
  }
}
