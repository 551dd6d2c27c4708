package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.http.Json;
import io.auriga.runtime.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API document says what is served, all of it and nothing else. */
class OpenApiTest {
  @TempDir Path folder;
  private SampleChain chain;
  private SampleSurface surface;
  private Client client;
  private JsonNode document;

  @BeforeEach
  void serve() throws IOException {
    chain = new SampleChain(folder.resolve("store"));
    chain.grow(6, 3);
    chain.finality(2, 4);
    chain.reorg(1, 3);
    chain.growUnconfirmed(2);
    chain.grow(1, 16);
    surface = new SampleSurface(chain, Optional.empty());
    surface.nodes.add(
        new NodeSnapshot(
            "beacon:5052",
            NodeSnapshot.Layer.CONSENSUS,
            NodeSnapshot.Health.DOWN,
            Optional.of("Lodestar/v1.39.1"),
            Optional.empty(),
            Optional.of(chain.clock().now()),
            Optional.of("connection refused")));
    SampleDuties.fill(surface.slo);
    surface.slashing = SampleSlashings.DIRE;
    client = new Client(surface.uri());
    try (InputStream source = WebSurface.class.getResourceAsStream("api/openapi.json")) {
      assertThat(source).isNotNull();
      document = Json.parse(source.readAllBytes());
    }
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  @Test
  void servesTheReviewedDocument() {
    Client.Answer answer = client.get("/api/v1/openapi.json");
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json()).isEqualTo(document);
    assertThat(document.get("openapi").stringValue()).startsWith("3.1");
  }

  @Test
  void documentsEveryRouteAndServesEveryDocumentedOne() {
    Set<String> served =
        surface.routes.all().stream()
            .map(Routes.Route::toString)
            .filter(route -> !isPage(route))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented = new TreeSet<>();
    JsonNode paths = document.get("paths");
    for (String path : paths.propertyNames()) {
      for (String method : paths.get(path).propertyNames()) {
        documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
      }
    }
    assertThat(documented).isEqualTo(served);
  }

  /** Pages for people, what they load, and the stream that moves them. */
  private static boolean isPage(String route) {
    return Stream.of(
                "/asset/",
                "/withdrawals",
                "/blocks",
                "/validators",
                "/addresses",
                "/search",
                "/groups",
                "/reconciliation",
                "/sweep",
                "/slo",
                "/slashing",
                "/sync",
                "/{page}",
                "/stream")
            .anyMatch(start -> route.startsWith("GET " + start))
        || route.equals("GET /");
  }

  @Test
  void answersAsDocumented() {
    SampleSlots.fill(surface);
    String root = chain.head().orElseThrow().root().toHex();
    for (String asked :
        List.of(
            "/api/v1/status | /api/v1/status",
            "/api/v1/nodes | /api/v1/nodes",
            "/api/v1/watched | /api/v1/watched",
            "/api/v1/slo | /api/v1/slo",
            "/api/v1/slashing | /api/v1/slashing",
            "/api/v1/validators/rewards | /api/v1/validators/rewards?last=7d&validatorIndex=1,2",
            "/api/v1/validators/rewards | /api/v1/validators/rewards?epoch=300000&scope=watched",
            "/api/v1/validators/rewards | /api/v1/validators/rewards?epoch=1&last=2d",
            "/api/v1/validators/rewards | /api/v1/validators/rewards?scope=nobody",
            "/api/v1/withdrawals | /api/v1/withdrawals?orphaned=true&limit=3",
            "/api/v1/withdrawals | /api/v1/withdrawals?bogus=1",
            "/api/v1/withdrawals/gaps | /api/v1/withdrawals/gaps",
            "/api/v1/withdrawals/export | /api/v1/withdrawals/export?format=json&orphaned=true",
            "/api/v1/withdrawals/{index} | /api/v1/withdrawals/" + SampleChain.FIRST_INDEX,
            "/api/v1/withdrawals/{index} | /api/v1/withdrawals/1",
            "/api/v1/withdrawals/{index} | /api/v1/withdrawals/x",
            "/api/v1/withdrawals/{index}/request | /api/v1/withdrawals/"
                + SampleChain.FIRST_INDEX
                + "/request",
            "/api/v1/withdrawals/{index}/request | /api/v1/withdrawals/1/request",
            "/api/v1/predictions | /api/v1/predictions?validatorIndex=1,2,999999999",
            "/api/v1/predictions | /api/v1/predictions",
            "/api/v1/predictions | /api/v1/predictions?group=solo",
            "/api/v1/predictions | /api/v1/predictions?group=nobody",
            "/api/v1/predictions/exits | /api/v1/predictions/exits?validatorIndex=1,2,999999999",
            "/api/v1/predictions/exits | /api/v1/predictions/exits?group=none%20yet",
            "/api/v1/predictions/exits | /api/v1/predictions/exits",
            "/api/v1/groups | /api/v1/groups",
            "/api/v1/predictions/quality | /api/v1/predictions/quality",
            "/api/v1/reconcile/divergences | /api/v1/reconcile/divergences",
            "/api/v1/reconcile/blocks | /api/v1/reconcile/blocks?limit=5",
            "/api/v1/reconcile/blocks | /api/v1/reconcile/blocks?limit=0",
            "/api/v1/sync/slots | /api/v1/sync/slots?limit=3",
            "/api/v1/sync/slots | /api/v1/sync/slots?limit=0",
            "/api/v1/sync/slots/{slot} | /api/v1/sync/slots/" + SampleSlots.LATE.value(),
            "/api/v1/sync/slots/{slot} | /api/v1/sync/slots/1",
            "/api/v1/sync/slots/{slot} | /api/v1/sync/slots/x",
            "/api/v1/blocks | /api/v1/blocks?limit=4",
            "/api/v1/blocks/{id} | /api/v1/blocks/head",
            "/api/v1/blocks/{id} | /api/v1/blocks/" + root,
            "/api/v1/blocks/{id} | /api/v1/blocks/1",
            "/api/v1/blocks/{id} | /api/v1/blocks/newest",
            "/healthz | /healthz",
            "/readyz | /readyz")) {
      String[] parts = asked.split(" \\| ", 2);
      assertThat(problems(parts[0], client.get(parts[1]))).as(parts[1]).isEmpty();
    }
  }

  @Test
  void answersAsDocumentedOverAnEmptyLedger() {
    try (SampleSurface empty =
            new SampleSurface(new SampleChain(folder.resolve("empty")), Optional.empty());
        Client asker = new Client(empty.uri())) {
      for (String path :
          List.of(
              "/api/v1/status",
              "/api/v1/withdrawals",
              "/api/v1/blocks",
              "/api/v1/slo",
              "/api/v1/slashing",
              "/api/v1/validators/rewards",
              "/api/v1/predictions",
              "/api/v1/predictions/exits",
              "/api/v1/predictions/quality",
              "/readyz")) {
        assertThat(problems(path, asker.get(path))).as(path).isEmpty();
      }
    }
  }

  @Test
  void predictsFromTheHead() {
    var data = client.get("/api/v1/predictions?validatorIndex=1,999999").json().get("data");
    assertThat(data.at("/head/root").stringValue())
        .isEqualTo(chain.head().orElseThrow().root().toHex());
    assertThat(data.get("validators").size()).isEqualTo(1);
    assertThat(data.at("/validators/0/payments/0/kind").stringValue()).isEqualTo("sweep");
  }

  @Test
  void addsUpWhatIsToComeForAGroup() {
    var data = client.get("/api/v1/predictions?group=solo").json().get("data");
    // Of the 309 validators, the node knows the first 299.
    assertThat(data.get("validators").size()).isEqualTo(299);
    assertThat(data.at("/together/validators").stringValue()).isEqualTo("299");
    assertThat(data.at("/together/periods").size()).isEqualTo(3);
    assertThat(data.at("/together/periods/2/hours").stringValue()).isEqualTo("720");
    assertThat(client.get("/api/v1/predictions?group=nobody").status()).isEqualTo(404);
  }

  @Test
  void saysWhatLeavingWouldComeTo() {
    var data = client.get("/api/v1/predictions/exits?validatorIndex=1,2,3").json().get("data");
    long now = SampleChain.FIRST_SLOT / 32;
    assertThat(data.at("/queue/unit").stringValue()).isEqualTo("validators");
    assertThat(data.at("/validators/0/ifExitedNow/state").stringValue()).isEqualTo("possible");
    assertThat(Long.parseLong(data.at("/validators/0/ifExitedNow/exitEpoch").stringValue()))
        .isBetween(now + 5, now + 8);
    assertThat(data.at("/validators/0/ifExitedNow/last/kind").stringValue()).isEqualTo("full");
    assertThat(data.at("/ifAllExitedNow/validators").stringValue()).isEqualTo("3");
  }

  @Test
  void noticesAnAnswerThatIsNotAsDocumented() {
    JsonNode schema = document.at("/components/schemas/BlockRef");
    JsonNode wrong =
        Json.parse("{\"slot\":5,\"more\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(OpenApiSchemas.problems(document, schema, wrong))
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).contains("lacks root"))
        .anySatisfy(problem -> assertThat(problem).contains("not of type"))
        .anySatisfy(problem -> assertThat(problem).contains("undocumented more"));
  }

  private List<String> problems(String path, Client.Answer answer) {
    JsonNode response =
        document.get("paths").get(path).at("/get/responses").path("" + answer.status());
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").stringValue().substring(1));
    }
    JsonNode schema = response.path("content").path("application/json").path("schema");
    return schema.isMissingNode()
        ? List.of("status " + answer.status() + " is not documented: " + answer.body())
        : OpenApiSchemas.problems(document, schema, answer.json());
  }
}
