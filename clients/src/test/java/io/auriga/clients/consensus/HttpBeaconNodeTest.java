package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.Vectors;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Address;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBeaconNodeTest {
  private static final String CHAIN = "chain-minimal-capella-to-fulu";
  private static final String LODESTAR = "lodestar-1.5.1-capella";
  private static final String BLOCK_104 = "/eth/v2/beacon/blocks/104";
  private static final BlockId SLOT_104 = BlockId.of(new Slot(104));
  private static final String SSZ = "application/octet-stream";

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private final BeaconNode node = new HttpBeaconNode(endpoint);
  private byte[] ssz = {};
  private String json = "";

  @BeforeEach
  void serveTheRecordedSpecification() throws IOException {
    server.json(
        "/eth/v1/config/spec",
        new String(Vectors.response(CHAIN, "/eth/v1/config/spec"), StandardCharsets.UTF_8));
    ssz = Files.readAllBytes(Vectors.recording(CHAIN).resolve("blocks/104_fulu.ssz"));
    json = new String(Vectors.response(CHAIN, BLOCK_104), StandardCharsets.UTF_8);
  }

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private void serveSsz(byte[] bytes, Optional<String> version) {
    server.on(
        BLOCK_104,
        exchange -> {
          version.ifPresent(v -> exchange.getResponseHeaders().set("Eth-Consensus-Version", v));
          NodeServer.send(exchange, 200, SSZ, bytes);
        });
  }

  private BeaconBlock block104() {
    return node.block(SLOT_104).orElseThrow();
  }

  private NodeException failure() {
    NodeException failure = catchThrowableOfType(NodeException.class, () -> node.block(SLOT_104));
    assertThat(failure).as("the block was taken").isNotNull();
    assertThat(failure)
        .hasMessageContaining("block")
        .hasMessageContaining(" from " + endpoint.name() + ": ");
    assertThat(failure.remedy()).isNotBlank();
    return failure;
  }

  @Test
  void readsSszAndAsksForItFirst() {
    server.on(
        BLOCK_104,
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Accept"))
              .isEqualTo("application/octet-stream;q=1.0,application/json;q=0.9");
          exchange.getResponseHeaders().set("Eth-Consensus-Version", "fulu");
          exchange.getResponseHeaders().set("Eth-Execution-Optimistic", "true");
          NodeServer.send(exchange, 200, SSZ, ssz);
        });
    BeaconBlock block = block104();
    assertThat(block.ssz()).isEqualTo(ssz);
    assertThat(block.fork()).isEqualTo(ForkName.FULU);
    assertThat(block.optimistic()).isTrue();
    assertThat(block.finalized()).isFalse();
  }

  @Test
  void takesJsonThatComesAlthoughSszWasAsked() {
    server.on(
        BLOCK_104,
        exchange -> NodeServer.send(exchange, 200, "application/json; charset=utf-8", json));
    assertThat(block104().ssz()).isEqualTo(ssz);
  }

  @ParameterizedTest
  @ValueSource(ints = {406, 415})
  void asksForJsonWhereSszIsRefusedAndRemembers(int status) {
    server.on(
        BLOCK_104,
        exchange -> {
          if (exchange.getRequestHeaders().getFirst("Accept").contains(SSZ)) {
            NodeServer.send(exchange, status, "application/json", "{}");
          } else {
            NodeServer.send(exchange, 200, "application/json", json);
          }
        });
    assertThat(block104().ssz()).isEqualTo(ssz);
    assertThat(block104().ssz()).isEqualTo(ssz);
    assertThat(server.requests().stream().filter(r -> r.contains("blocks"))).hasSize(3);
  }

  @Test
  void decidesTheForkBySlotWhereTheHeaderIsMissing() {
    serveSsz(ssz, Optional.empty());
    assertThat(block104().fork()).isEqualTo(ForkName.FULU);
  }

  @Test
  void refusesAVersionThatContradictsTheSchedule() {
    serveSsz(ssz, Optional.of("electra"));
    NodeException failure = failure();
    assertThat(failure.error()).isEqualTo(ClientError.WRONG_VERSION);
    assertThat(failure)
        .hasMessageContaining("slot 104 is said to be of the fork electra")
        .hasMessageContaining("puts it in fulu");
  }

  @Test
  void refusesAForkThatItDoesNotKnow() {
    serveSsz(ssz, Optional.of("osaka2"));
    NodeException failure = failure();
    assertThat(failure.error()).isEqualTo(ClientError.UNSUPPORTED_FORK);
    assertThat(failure).hasMessageContaining("\"osaka2\"");
  }

  @Test
  void namesTheFieldOfABadOffset() {
    byte[] bad = ssz.clone();
    // The body's offset within the message, which begins at 100.
    bad[100 + 80] ^= 1;
    serveSsz(bad, Optional.of("fulu"));
    NodeException failure = failure();
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure)
        .hasMessageContaining("not the SSZ of a fulu block")
        .hasMessageContaining("body");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 99, 107})
  void refusesSszThatIsTooShortToBeABlock(int length) {
    serveSsz(java.util.Arrays.copyOf(ssz, length), Optional.of("fulu"));
    assertThat(failure())
        .hasMessageContaining("is not the SSZ of a signed block")
        .extracting(NodeException::error)
        .isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void refusesTruncatedSsz() {
    serveSsz(java.util.Arrays.copyOf(ssz, ssz.length - 1), Optional.of("fulu"));
    assertThat(failure().error()).isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void refusesTheBlockOfAnotherSlot() throws IOException {
    serveSsz(
        Files.readAllBytes(Vectors.recording(CHAIN).resolve("blocks/103_fulu.ssz")),
        Optional.of("fulu"));
    assertThat(failure()).hasMessageContaining("the block of slot 103 came");
  }

  @Test
  void saysThatAnErrorPageCameWithStatus200() {
    server.on(
        BLOCK_104,
        exchange -> NodeServer.send(exchange, 200, "text/html", "<html><h1>502 Bad Gateway</h1>"));
    NodeException failure = failure();
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining("text/html").hasMessageContaining("502 Bad Gateway");
  }

  @Test
  void saysThatAnErrorPageCalledItselfJson() {
    server.json(BLOCK_104, "<html>oops</html>");
    NodeException failure = failure();
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining("not the JSON expected at byte");
  }

  @Test
  void refusesTruncatedJson() {
    server.json(BLOCK_104, json.substring(0, json.length() / 2));
    assertThat(failure().error()).isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void refusesJsonThatIsNestedTooDeeply() {
    server.json(BLOCK_104, "{\"data\":" + "[".repeat(100_000));
    NodeException failure = failure();
    assertThat(failure.error()).isEqualTo(ClientError.TOO_DEEP);
    assertThat(failure).hasMessageContaining("nested deeper than the limit");
  }

  @Test
  void tellsAMissedSlotFromAFailure() {
    assertThat(node.block(SLOT_104)).isEmpty();
    assertThat(node.header(SLOT_104)).isEmpty();
  }

  @Test
  void saysThatTheRouteIsMissingWhereThereMustBeABlock() {
    NodeException failure =
        catchThrowableOfType(NodeException.class, () -> node.block(BlockId.head()));
    assertThat(failure.error()).isEqualTo(ClientError.UNSUPPORTED_ROUTE);
    assertThat(failure).hasMessageContaining("404");
  }

  @Test
  void saysThatARouteIsNotServed() {
    NodeException failure = catchThrowableOfType(NodeException.class, node::finality);
    assertThat(failure.error()).isEqualTo(ClientError.UNSUPPORTED_ROUTE);
    assertThat(failure).hasMessageContaining("Cannot read the finality checkpoints from http://");
  }

  @Test
  void readsEveryRecordedAnswerOfLodestar() {
    for (String path :
        List.of(
            "/eth/v1/beacon/genesis",
            "/eth/v1/config/spec",
            "/eth/v1/config/deposit_contract",
            "/eth/v1/node/version",
            "/eth/v1/node/syncing",
            "/eth/v1/beacon/states/head/finality_checkpoints",
            "/eth/v1/beacon/headers/head")) {
      server.json(path, new String(Vectors.response(LODESTAR, path), StandardCharsets.UTF_8));
    }
    assertThat(node.genesis().time()).isEqualTo(Instant.ofEpochSecond(1795366259));
    assertThat(node.spec().name()).isEqualTo("pos-devnet");
    assertThat(node.depositContract())
        .isEqualTo(
            new DepositContract(
                31337, Address.fromHex("0x1234567890123456789012345678901234567890")));
    // The second version of the route is a 404 on this client.
    assertThat(node.version()).isEqualTo("Lodestar/v1.5.1/2115aa7");
    assertThat(node.version()).isEqualTo("Lodestar/v1.5.1/2115aa7");
    assertThat(server.requests().stream().filter(r -> r.contains("/eth/v2/node/version")))
        .hasSize(1);
    assertThat(node.syncing()).isEqualTo(new SyncStatus(new Slot(330), 0, false, false, false));
    Finality finality = node.finality();
    assertThat(finality.previousJustified().epoch()).isEqualTo(new Epoch(39));
    assertThat(finality.justified().epoch()).isEqualTo(new Epoch(40));
    assertThat(finality.finalized()).isEqualTo(finality.previousJustified());
    BlockHeader header = node.header(BlockId.head()).orElseThrow();
    assertThat(header.slot()).isEqualTo(new Slot(330));
    assertThat(header.canonical()).isTrue();
    assertThat(header.root())
        .isEqualTo(
            Root.fromHex("0xcb43f6b75429006d9980c134cd30642a747a4d661d294cd5cd3e2be190418432"));
  }

  @Test
  void readsTheNewerVersionAnswer() {
    server.json(
        "/eth/v2/node/version",
        """
        {"data":{"beacon_node":{"code":"LH","name":"Lighthouse","version":"v8.0.0","commit":"abc"},
                 "execution_client":{"code":"GE","name":"Geth","version":"1.17.0"}}}
        """);
    assertThat(node.version()).isEqualTo("Lighthouse/v8.0.0");
  }

  @Test
  void comparesAddressesWithoutRegardToCase() {
    String mixed = "0x00000000219ab540356cBB839Cbe05303d7705Fa";
    Consumer<String> serve =
        address ->
            server.json(
                "/eth/v1/config/deposit_contract",
                "{\"data\":{\"chain_id\":\"1\",\"address\":\"" + address + "\"}}");
    serve.accept(mixed);
    DepositContract checksummed = node.depositContract();
    serve.accept(mixed.toLowerCase(Locale.ROOT));
    assertThat(node.depositContract()).isEqualTo(checksummed);
  }

  @Test
  void readsTheFlagsOfTrouble() {
    server.json(
        "/eth/v1/node/syncing",
        "{\"data\":{\"head_slot\":\"1\",\"sync_distance\":\"9\",\"is_syncing\":true,"
            + "\"is_optimistic\":true,\"el_offline\":true}}");
    assertThat(node.syncing()).isEqualTo(new SyncStatus(new Slot(1), 9, true, true, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"head_slot\":\"x\",\"sync_distance\":\"0\",\"is_syncing\":false}}|data.head_slot",
        "{\"data\":{\"sync_distance\":\"0\",\"is_syncing\":false}}|field data.head_slot is missing",
        "{\"data\":{\"head_slot\":\"1\",\"sync_distance\":\"0\",\"is_syncing\":\"no\"}}|data.is_syncing",
        "{\"data\":[]}|data",
        "[]|the answer is not an object",
        "{\"data\":{}} x|not the JSON expected",
        "|the answer is empty",
      })
  void namesTheFieldThatIsMalformed(String bodyAndProblem) {
    int bar = bodyAndProblem.lastIndexOf('|');
    server.json("/eth/v1/node/syncing", bodyAndProblem.substring(0, bar));
    NodeException failure = catchThrowableOfType(NodeException.class, node::syncing);
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure)
        .hasMessageContaining("Cannot read the sync status from")
        .hasMessageContaining(bodyAndProblem.substring(bar + 1));
  }

  @Test
  void takesASpecificationThatDoesNotDoForTheNodesFailure() {
    server.json(
        "/eth/v1/config/spec", "{\"data\":{\"CONFIG_NAME\":\"odd\",\"MAX_ATTESTATIONS\":\"0\"}}");
    assertThat(failure()).hasMessageContaining("MAX_ATTESTATIONS is 0");
  }

  @Test
  void saysThatAHeadIsMissingSoThatAnotherNodeIsAsked() {
    NodeException failure =
        catchThrowableOfType(NodeException.class, () -> node.header(BlockId.head()));
    assertThat(failure.error()).isEqualTo(ClientError.UNSUPPORTED_ROUTE);
    assertThat(node.header(SLOT_104)).isEmpty();
  }

  @Test
  void refusesASmallMessageThatIsHuge() {
    server.json("/eth/v1/node/syncing", "[" + "[],".repeat(400_000) + "[]]");
    NodeException failure = catchThrowableOfType(NodeException.class, node::syncing);
    assertThat(failure.error()).isEqualTo(ClientError.TOO_LARGE);
  }

  @Test
  void refusesAnAnswerWithTwoBlocks() {
    String other = json.replaceFirst("\"slot\" ?: ?\"104\"", "\"slot\":\"100\"");
    assertThat(other).isNotEqualTo(json);
    String data = json.substring(json.indexOf("\"data\""), json.lastIndexOf('}'));
    String two = other.substring(0, other.lastIndexOf('}')) + "," + data + "}";
    server.on(BLOCK_104, exchange -> NodeServer.send(exchange, 200, "application/json", two));
    assertThat(failure()).hasMessageContaining("two slots are given for the one block");
  }

  @Test
  void boundsAndCleansTheVersionThatANodeGivesItself() {
    server.json(
        "/eth/v1/node/version",
        "{\"data\":{\"version\":\"Odd/v1.0.0\\u001b[2J" + "x".repeat(9000) + "\"}}");
    assertThat(node.version()).startsWith("Odd/v1.0.0?[2J").hasSizeLessThan(250);
  }
}
