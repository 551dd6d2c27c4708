package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.consensus.BeaconDuties.ProposerDuty;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBeaconDutiesTest {
  private static final String PROPOSERS = "/eth/v1/validator/duties/proposer/7";

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private final BeaconDuties node = new HttpBeaconDuties(endpoint);

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  @Test
  void readsWhoProposesInAnEpoch() {
    server.json(
        PROPOSERS,
        """
        {"dependent_root": "0x00", "execution_optimistic": false, "data": [
          {"pubkey": "0x00", "validator_index": "31", "slot": "57"},
          {"pubkey": "0x00", "validator_index": "4", "slot": "56"}]}
        """);
    assertThat(node.proposers(new Epoch(7)).orElseThrow())
        .containsExactly(
            new ProposerDuty(new Slot(57), new ValidatorIndex(31)),
            new ProposerDuty(new Slot(56), new ValidatorIndex(4)));
  }

  @Test
  void isEmptyWhereTheNodeDoesNotServeItOrDoesNotKnow() {
    assertThat(node.proposers(new Epoch(7))).isEmpty();
    assertThat(node.changing()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"data\": {}}",
        "{\"data\": [5]}",
        "{\"data\": [{\"slot\": \"1\"}]}",
        "{\"data\": [{\"slot\": \"-1\", \"validator_index\": \"1\"}]}",
        "{\"data\": [{\"slot\": \"1\"",
      })
  void refusesProposersOfAnotherForm(String answer) {
    server.json(PROPOSERS, answer);
    NodeException failure =
        catchThrowableOfType(NodeException.class, () -> node.proposers(new Epoch(7)));
    assertThat(failure).as("the answer was taken").isNotNull();
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
  }
}
