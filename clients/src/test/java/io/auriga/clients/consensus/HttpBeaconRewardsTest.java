package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBeaconRewardsTest {
  private static final Root BLOCK = Root.of(new byte[32]);
  private static final String ATTESTATIONS = "/eth/v1/beacon/rewards/attestations/7";
  private static final String SYNC = "/eth/v1/beacon/rewards/sync_committee/" + BLOCK.toHex();
  private static final String BLOCKS = "/eth/v1/beacon/rewards/blocks/" + BLOCK.toHex();
  private static final List<ValidatorIndex> TWO =
      List.of(new ValidatorIndex(3), new ValidatorIndex(12));

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private final BeaconRewards node = new HttpBeaconRewards(endpoint);

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private static String attestations(String ideal, String total) {
    return "{\"execution_optimistic\":true,\"finalized\":false,\"data\":{\"ideal_rewards\":["
        + ideal
        + "],\"total_rewards\":["
        + total
        + "]}}";
  }

  private static String total(String validator, String source) {
    return "{\"validator_index\":\"%s\",\"head\":\"0\",\"target\":\"5898\",\"source\":\"%s\"}"
        .formatted(validator, source);
  }

  private static <T> RewardsAnswer.Known<T> known(RewardsAnswer<T> answer) {
    assertThat(answer).isInstanceOf(RewardsAnswer.Known.class);
    return (RewardsAnswer.Known<T>) answer;
  }

  @Test
  void asksForTheNamedValidatorsAndReadsPenaltiesAsSuch() {
    AtomicReference<String> asked = new AtomicReference<>("");
    server.on(
        ATTESTATIONS,
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          NodeServer.send(
              exchange,
              200,
              "application/json",
              attestations(
                  """
                  {"effective_balance":"32000000000","head":"3177","target":"5898","source":"3178",
                   "inclusion_delay":"","inactivity":"0"},
                  {"effective_balance":"0","head":"0","target":"0","source":"0"}\
                  """,
                  total("12", "-3178")
                      + ", {\"validator_index\":\"3\",\"head\":\"3177\",\"target\":\"-5898\","
                      + "\"source\":\"3178\",\"inclusion_delay\":\"41\",\"inactivity\":\"-9\"}"));
        });
    RewardsAnswer.Known<AttestationRewards> answer = known(node.attestations(new Epoch(7), TWO));
    assertThat(asked.get()).isEqualTo("[\"3\",\"12\"]");
    assertThat(answer.answer().optimistic()).isTrue();
    assertThat(answer.answer().finalized()).isFalse();
    assertThat(answer.data().total())
        .containsOnly(
            Map.entry(
                new ValidatorIndex(3),
                new AttestationRewards.Parts(
                    new GweiDelta(3177),
                    new GweiDelta(-5898),
                    new GweiDelta(3178),
                    new GweiDelta(-9),
                    Optional.of(new Gwei(41)))),
            Map.entry(
                new ValidatorIndex(12),
                new AttestationRewards.Parts(
                    GweiDelta.ZERO,
                    new GweiDelta(5898),
                    new GweiDelta(-3178),
                    GweiDelta.ZERO,
                    Optional.empty())));
    assertThat(answer.data().ideal()).hasSize(2).containsKey(new Gwei(32_000_000_000L));
  }

  @Test
  void leavesOutWhomTheNodeLeavesOut() {
    server.json(ATTESTATIONS, attestations("", total("3", "1")));
    assertThat(known(node.attestations(new Epoch(7), TWO)).data().total())
        .containsOnlyKeys(new ValidatorIndex(3));
  }

  @Test
  void takesTheSameTwiceAndNotAnother() {
    server.json(ATTESTATIONS, attestations("", total("3", "1") + "," + total("3", "1")));
    assertThat(known(node.attestations(new Epoch(7), TWO)).data().total()).hasSize(1);
    server.json(ATTESTATIONS, attestations("", total("3", "1") + "," + total("3", "2")));
    assertRefused(() -> node.attestations(new Epoch(7), TWO), "validator 3 came twice");
  }

  @Test
  void refusesWhomItDidNotAskFor() {
    server.json(ATTESTATIONS, attestations("", total("4", "1")));
    assertRefused(() -> node.attestations(new Epoch(7), TWO), "validator 4 came that was not");
    server.json(SYNC, "{\"data\":[{\"validator_index\":\"4\",\"reward\":\"1\"}]}");
    assertRefused(() -> node.syncCommittee(BLOCK, TWO), "validator 4 came that was not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"data\":[]}",
        "{\"data\":{}}",
        "{\"data\":{\"ideal_rewards\":[],\"total_rewards\":{}}}",
        "{\"data\":{\"ideal_rewards\":[]}}",
        "{\"data\":{\"ideal_rewards\":[],\"total_rewards\":[{}]}}",
        "{\"data\":{\"ideal_rewards\":[],\"total_rewards\":[{\"validator_index\":\"3\"",
        "{\"data\":{\"ideal_rewards\":[],\"total_rewards\":[{\"validator_index\":\"3\","
            + "\"head\":\"1\",\"target\":\"1\",\"source\":\"9223372036854775808\"}]}}",
        "{\"data\":{\"ideal_rewards\":[],\"total_rewards\":[{\"validator_index\":\"-3\","
            + "\"head\":\"1\",\"target\":\"1\",\"source\":\"1\"}]}}",
        "{\"finalized\":5,\"data\":{\"ideal_rewards\":[],\"total_rewards\":[]}}",
      })
  void refusesAttestationRewardsOfAnotherForm(String answer) {
    server.json(ATTESTATIONS, answer);
    assertRefused(() -> node.attestations(new Epoch(7), TWO), "");
  }

  @Test
  void refusesMoreThanWasAskedFor() {
    server.json(
        ATTESTATIONS,
        attestations(
            "", String.join(",", List.of(total("3", "1"), total("3", "1"), total("3", "1")))));
    assertRefused(() -> node.attestations(new Epoch(7), TWO), "is one more than the 2");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable asking, String because) {
    NodeException failure = catchThrowableOfType(NodeException.class, asking);
    assertThat(failure).as("the answer was taken").isNotNull();
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining(because);
  }

  @Test
  void saysWhyANodeDoesNotKnowInPlaceOfZero() {
    assertThat(node.attestations(new Epoch(7), TWO))
        .isInstanceOfSatisfying(
            RewardsAnswer.Unavailable.class,
            none -> assertThat(none.reason()).contains("404", "not found"));
    server.on(
        BLOCKS,
        exchange ->
            NodeServer.send(exchange, 500, "application/json", "{\"message\":\"state pruned\"}"));
    assertThat(node.block(BLOCK))
        .isInstanceOfSatisfying(
            RewardsAnswer.Unavailable.class,
            none -> assertThat(none.reason()).contains("state pruned"));
    server.on(
        SYNC, exchange -> NodeServer.send(exchange, 503, "application/json", "{\"message\":\"\"}"));
    assertThatThrownBy(() -> node.syncCommittee(BLOCK, TWO)).isInstanceOf(NodeException.class);
  }

  @Test
  void neverAsksForEverybody() {
    assertThatThrownBy(() -> node.attestations(new Epoch(7), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                node.syncCommittee(
                    BLOCK,
                    LongStream.rangeClosed(0, BeaconRewards.VALIDATORS_MAX)
                        .mapToObj(ValidatorIndex::new)
                        .toList()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void readsTheSyncCommitteesRewards() {
    server.json(
        SYNC,
        """
        {"execution_optimistic":false,"finalized":true,"data":[
          {"validator_index":"12","reward":"-12345"}]}
        """);
    RewardsAnswer.Known<Map<ValidatorIndex, GweiDelta>> answer =
        known(node.syncCommittee(BLOCK, TWO));
    assertThat(answer.answer().finalized()).isTrue();
    assertThat(answer.data())
        .containsOnly(Map.entry(new ValidatorIndex(12), new GweiDelta(-12345)));
  }

  @Test
  void readsAProposersRewardAndRefusesOneThatDoesNotAddUp() {
    String form =
        """
        {"execution_optimistic":false,"finalized":false,"data":{"proposer_index":"9","total":"%s",
          "attestations":"100","sync_aggregate":"20","proposer_slashings":"3",
          "attester_slashings":"0"}}
        """;
    server.json(BLOCKS, form.formatted("123"));
    assertThat(known(node.block(BLOCK)).data())
        .isEqualTo(
            new BlockReward(
                new ValidatorIndex(9),
                new Gwei(123),
                new Gwei(100),
                new Gwei(20),
                new Gwei(3),
                Gwei.ZERO));
    server.json(BLOCKS, form.formatted("124"));
    assertRefused(() -> node.block(BLOCK), "data/total is not what its parts come to");
  }
}
