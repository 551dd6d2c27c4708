package io.auriga.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.clients.Finding.Severity;
import io.auriga.clients.consensus.BeaconNodeOptions;
import io.auriga.clients.consensus.Finality;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.execution.HttpExecutionNode;
import io.auriga.clients.http.Backoff;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NodeDoctorTest {
  private static final String LODESTAR = "lodestar-1.5.1-capella";
  private static final List<String> PATHS =
      List.of(
          "/eth/v1/beacon/genesis",
          "/eth/v1/config/spec",
          "/eth/v1/config/deposit_contract",
          "/eth/v1/node/version",
          "/eth/v1/node/syncing",
          "/eth/v1/beacon/states/head/finality_checkpoints",
          "/eth/v1/beacon/headers/head");

  private final NodeServer consensus = new NodeServer();
  private final NodeServer execution = new NodeServer();
  private final HttpEndpoint consensusEndpoint = consensus.endpoint();
  private final HttpEndpoint executionEndpoint = execution.endpoint();
  private final HttpBeaconNode beacon =
      new HttpBeaconNode(
          consensusEndpoint,
          new BeaconNodeOptions(5, Duration.ofMillis(200), Backoff.Bounds.DEFAULT),
          RandomGenerator.getDefault());
  private final HttpExecutionNode node = new HttpExecutionNode(executionEndpoint);
  private final Map<String, String> results = new HashMap<>();

  @BeforeEach
  void serveARecordedPair() {
    for (String path : PATHS) {
      consensus.json(path, new String(Vectors.response(LODESTAR, path), StandardCharsets.UTF_8));
    }
    String block =
        new String(Vectors.response(LODESTAR, "/eth/v2/beacon/blocks/330"), StandardCharsets.UTF_8);
    consensus.json("/eth/v2/beacon/blocks/head", block);
    consensus.on("/eth/v1/events", NodeDoctorTest::refuseReorgs);
    String payload =
        Vectors.MAPPER
            .readTree(block)
            .at("/data/message/body/execution_payload/block_hash")
            .stringValue();
    String executionBlock =
        Vectors.exchanges(LODESTAR).stream()
            .filter(exchange -> exchange.body().contains(payload))
            .map(exchange -> Vectors.MAPPER.readTree(exchange.response()).get("result").toString())
            .findFirst()
            .orElseThrow();
    results.put("eth_chainId", "\"0x7a69\"");
    results.put("web3_clientVersion", "\"EthereumJS/0.10.5/linux/node20.20.2\"");
    results.put("eth_syncing", "false");
    results.put("eth_getBlockByNumber", executionBlock);
    results.put("eth_getBlockByHash", executionBlock);
    execution.on("/", this::answer);
  }

  private static void refuseReorgs(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getQuery().contains("chain_reorg")) {
      NodeServer.send(exchange, 400, "application/json", "{}");
    } else {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = Vectors.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    String result = results.get(request.get("method").stringValue());
    NodeServer.send(
        exchange,
        200,
        "application/json",
        result == null
            ? "{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}"
            : "{\"id\":1,\"result\":" + result + "}");
  }

  @AfterEach
  void close() {
    consensusEndpoint.close();
    executionEndpoint.close();
    consensus.close();
    execution.close();
  }

  private List<Finding> examine() {
    // The recording's head is slot 330, and it is now two seconds into that slot.
    Instant now = beacon.genesis().time().plusSeconds(330 * 3 + 2);
    return new NodeDoctor(ClientVersions.builtIn(), InstantSource.fixed(now))
        .findings(List.of(beacon), List.of(node));
  }

  private static Finding of(List<Finding> findings, String check, String node) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check) && finding.node().contains(node))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is not among " + findings));
  }

  @Test
  void findsARecordedPairFitForUse() {
    List<Finding> findings = examine();
    assertThat(findings).noneMatch(Finding::blocks);
    String cl = beacon.name();
    String el = node.name();
    assertThat(of(findings, "same network", "").detail()).contains("pos-devnet", "31337");
    assertThat(of(findings, "synced", cl).severity()).isEqualTo(Severity.OK);
    assertThat(of(findings, "finality", cl).detail()).contains("finalized epoch 39, now 41");
    assertThat(of(findings, "fork", cl).detail()).contains("capella", "no later one is scheduled");
    assertThat(of(findings, "version", cl).detail()).contains("Lodestar/v1.5.1");
    assertThat(of(findings, "block format", cl).severity()).isEqualTo(Severity.NOTE);
    assertThat(of(findings, "block format", cl).detail()).contains("JSON only");
    assertThat(of(findings, "events", cl).severity()).isEqualTo(Severity.WARNING);
    assertThat(of(findings, "events", cl).detail()).contains("refuses the topics chain_reorg");
    assertThat(of(findings, "withdrawals", el).severity()).isEqualTo(Severity.OK);
    assertThat(of(findings, "withdrawals", el).detail()).contains("its hash is right");
    assertThat(of(findings, "tag safe", el).severity()).isEqualTo(Severity.OK);
    assertThat(of(findings, "same chain", el).severity()).isEqualTo(Severity.OK);
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.WARNING)
        .allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
  }

  @Test
  void saysThatANodeIsNotShanghaiCapableWhateverItsVersion() {
    String block = String.valueOf(results.get("eth_getBlockByNumber"));
    results.put("web3_clientVersion", "\"Geth/v1.17.5\"");
    results.put("eth_getBlockByNumber", block.replace("\"withdrawals\"", "\"other\""));
    Finding finding = of(examine(), "withdrawals", node.name());
    assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
    assertThat(finding.remedy()).contains("not Shanghai capable, whatever its version says");

    results.put("eth_getBlockByNumber", block.replace("\"withdrawalsRoot\"", "\"other\""));
    finding = of(examine(), "withdrawals", node.name());
    assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
    assertThat(finding.detail()).contains("although it is from after Shanghai");
  }

  @Test
  void saysThatAHeaderDoesNotHaveTheHashItClaims() {
    String block = String.valueOf(results.get("eth_getBlockByNumber"));
    results.put(
        "eth_getBlockByNumber",
        block.replaceFirst("\"gasUsed\":\"0x[0-9a-f]+\"", "\"gasUsed\":\"0x77\""));
    assertThat(of(examine(), "withdrawals", node.name()).detail()).contains("claims the hash");
  }

  @Test
  void blocksOnAMixOfNetworks() {
    results.put("eth_chainId", "\"0x1\"");
    Finding finding = of(examine(), "same network", "");
    assertThat(finding.severity()).isEqualTo(Severity.BLOCKER);
    assertThat(finding.detail()).contains("AUR-CLIENT-WRONG-NETWORK", "31337", " is 1");
  }

  @Test
  void saysWhichTagIsNotServed() {
    String block = String.valueOf(results.get("eth_getBlockByNumber"));
    execution.on(
        "/",
        exchange -> {
          JsonNode request = Vectors.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
          String params = request.get("params").toString();
          String answer =
              params.contains("finalized")
                  ? "\"error\":{\"code\":-32602,\"message\":\"unknown block tag\"}"
                  : "\"result\":"
                      + (params.contains("safe")
                          ? "null"
                          : results.getOrDefault(request.get("method").stringValue(), block));
          NodeServer.send(exchange, 200, "application/json", "{\"id\":1," + answer + "}");
        });
    List<Finding> findings = examine();
    assertThat(of(findings, "tag finalized", node.name()).severity()).isEqualTo(Severity.WARNING);
    assertThat(of(findings, "tag finalized", node.name()).detail()).contains("unknown block tag");
    assertThat(of(findings, "tag safe", node.name()).severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void reportsAnUnreachableNodeOnce() {
    execution.close();
    List<Finding> findings = examine();
    assertThat(findings)
        .filteredOn(finding -> finding.node().equals(node.name()))
        .hasSize(2)
        .allMatch(Finding::blocks)
        .extracting(Finding::check)
        .containsExactly("same network", "reachable");
  }

  private static List<Finding> examine(FakeBeaconNode fake, Slot now) {
    SlotClock clock = SlotClock.of(fake.spec, fake.genesis, InstantSource.system());
    return new NodeDoctor(
            ClientVersions.builtIn(), InstantSource.fixed(clock.startOf(now).plusSeconds(1)))
        .findings(List.of(fake), List.of());
  }

  @Test
  void tellsThreeTroublesOfSyncingApart() {
    FakeBeaconNode fake = new FakeBeaconNode("fake");
    Slot slot = new Slot(32 * 411_400);
    fake.status = new SyncStatus(slot, 1000, true, false, false);
    assertThat(of(examine(fake, slot), "synced", "fake").detail()).contains("1000 slots behind");
    fake.status = new SyncStatus(slot, 0, false, true, false);
    assertThat(of(examine(fake, slot), "synced", "fake").detail()).contains("optimistic");
    fake.status = new SyncStatus(slot, 0, false, false, true);
    assertThat(of(examine(fake, slot), "synced", "fake").detail()).contains("offline");
    assertThat(of(examine(fake, slot), "synced", "fake").blocks()).isTrue();
  }

  @Test
  void saysWhichForkIsNowAndWhichComesAndWhetherItIsSupported() {
    FakeBeaconNode fake = new FakeBeaconNode("fake");
    Slot inElectra = new Slot(32 * 400_000);
    Finding finding = of(examine(fake, inElectra), "fork", "fake");
    assertThat(finding.severity()).isEqualTo(Severity.OK);
    assertThat(finding.detail())
        .contains("mainnet is in electra", "next is fulu in epoch 411392, 2025-12-03T21:49:11Z");

    Map<String, String> values = new HashMap<>(ChainSpec.builtIn("mainnet").values());
    values.put("GLOAS_FORK_EPOCH", "500000");
    values.put("GLOAS_FORK_VERSION", "0x07000000");
    fake.spec = ChainSpec.of(values);
    assertThat(of(examine(fake, inElectra), "fork", "fake").severity()).isEqualTo(Severity.WARNING);
    assertThat(of(examine(fake, new Slot(32 * 500_000)), "fork", "fake").blocks()).isTrue();
  }

  @Test
  void warnsOfAChainThatDoesNotFinalize() {
    FakeBeaconNode fake = new FakeBeaconNode("fake");
    fake.finality =
        new Finality(
            FakeBeaconNode.checkpoint(399_990),
            FakeBeaconNode.checkpoint(399_990),
            FakeBeaconNode.checkpoint(399_990),
            false);
    assertThat(of(examine(fake, new Slot(32 * 400_000)), "finality", "fake").severity())
        .isEqualTo(Severity.WARNING);
  }

  @Test
  void warnsOfAHeadFromTheFuture() {
    FakeBeaconNode fake = new FakeBeaconNode("fake");
    Slot now = new Slot(32 * 400_000);
    fake.status = new SyncStatus(now.plus(2), 0, false, false, false);
    Finding finding = of(examine(fake, now), "clock", "fake");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.detail()).contains("23000 ms from now");
  }

  @Test
  void knowsAClockOnlyWithinBounds() {
    Instant asked = Instant.parse("2026-01-01T00:00:10.400Z");
    Instant received = Instant.parse("2026-01-01T00:00:10.600Z");
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Date", List.of("Thu, 01 Jan 2026 00:00:12 GMT")), (a, b) -> true);
    HttpAnswer answer = new HttpAnswer(200, headers, new byte[0], asked, received);
    // It was 12.0 to 13.0 over there at some moment between 10.4 and 10.6 here.
    ClockOffset offset = ClockOffset.of(answer).orElseThrow();
    assertThat(offset).isEqualTo(new ClockOffset(Duration.ofMillis(2000), Duration.ofMillis(600)));
    assertThat(offset.certainlyExceeds(Duration.ofMillis(1399))).isTrue();
    assertThat(offset.certainlyExceeds(Duration.ofMillis(1400))).isFalse();
  }
}
