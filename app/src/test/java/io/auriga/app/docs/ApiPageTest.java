package io.auriga.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.Platform;
import io.auriga.app.config.AurigaConfig;
import io.auriga.app.house.Project;
import io.auriga.app.web.WebSurface;
import io.auriga.runtime.http.Json;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Keeps {@code docs/reference/api.md} true: routes from the OpenAPI document, which another test
 * compares with what is served, and JSON-RPC examples with the answers of a real run on the bundled
 * recording. To write the page anew: {@code -Dauriga.docs=write}.
 */
class ApiPageTest {
  private static final String PAGE = "docs/reference/api.md";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String SUMMARY = call("ewp_withdrawalSummary", "[]");

  private record Example(String title, String call) {}

  private static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "`eth_getWithdrawals` takes a block number, tag or hash: the withdrawals of that"
                  + " block.",
              call("eth_getWithdrawals", "[\"0x1\"]")),
          new Example(
              "Or an object: `fromBlock` and `toBlock` (numbers or tags; `latest` if left out), or"
                  + " `blockHash`; and any of `address`, `validatorIndex`, `index`, `limit`,"
                  + " `cursor`. `ewp_getWithdrawals` is the same under our own prefix.",
              call(
                  "ewp_getWithdrawals",
                  "[{\"fromBlock\":\"0x1\",\"toBlock\":\"finalized\",\"validatorIndex\":\"0x1f\",\"limit\":\"0x1\"}]")),
          new Example(
              "`ewp_getWithdrawalByIndex`: the canonical withdrawal of a global index, or null.",
              call("ewp_getWithdrawalByIndex", "[\"0x64\"]")),
          new Example("`ewp_withdrawalSummary`: what is kept.", SUMMARY),
          new Example(
              "An error is in the body, with a stable code and what to do about it.",
              call("eth_getWithdrawals", "[\"0xffffff\"]")));

  @TempDir private Path folder;

  @Test
  void thePageTellsWhatIsServed() throws IOException, InterruptedException {
    StringBuilder page = new StringBuilder();
    routes(page);
    examples(page);
    String expected = page.toString();
    assertThat(Project.page(PAGE, expected))
        .as(PAGE + "; run with -Dauriga.docs=write to write it anew")
        .isEqualTo(expected);
  }

  private static void routes(StringBuilder page) throws IOException {
    JsonNode document;
    try (InputStream source = WebSurface.class.getResourceAsStream("api/openapi.json")) {
      assertThat(source).isNotNull();
      document = Json.parse(source.readAllBytes());
    }
    page.append("# API\n\n")
        .append(document.at("/info/description").stringValue())
        .append(
            """


            The whole contract is the OpenAPI document that a running Auriga serves at `/api/v1/openapi.json`. Errors
            are JSON with `code`, `message` and `remedy`; the codes are in [errors](errors.md). Lists come in pages:
            pass `nextCursor` on as `cursor`, with the same filter, until it is null.

            ## Routes

            | route | what it gives | parameters |
            | --- | --- | --- |
            """);
    JsonNode paths = document.get("paths");
    for (String path : paths.propertyNames()) {
      for (String method : paths.get(path).propertyNames()) {
        JsonNode operation = paths.get(path).get(method);
        page.append("| `%s %s` | ".formatted(method.toUpperCase(Locale.ROOT), path))
            .append(operation.get("summary").stringValue())
            .append(" | ")
            .append(String.join(", ", parameters(document, operation)))
            .append(" |\n");
      }
    }
    page.append("\n## Parameters\n\n| name | what it does |\n| --- | --- |\n");
    JsonNode parameters = document.at("/components/parameters");
    for (String name : parameters.propertyNames()) {
      JsonNode parameter = parameters.get(name);
      page.append(
          "| `%s`%s | %s |%n"
              .formatted(
                  parameter.get("name").stringValue(),
                  parameter.get("in").stringValue().equals("path") ? " in the path" : "",
                  parameter.get("description").stringValue().replace("|", "\\|")));
    }
  }

  private static List<String> parameters(JsonNode document, JsonNode operation) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode resolved =
          parameter.has("$ref")
              ? document.at(parameter.get("$ref").stringValue().substring(1))
              : parameter;
      names.add("`" + resolved.get("name").stringValue() + "`");
    }
    return names;
  }

  private void examples(StringBuilder page) throws IOException, InterruptedException {
    page.append(
        """

        ## JSON-RPC

        `POST /rpc`, JSON-RPC 2.0, batches of up to 50 calls. These methods are an extension of ours and not part of the
        execution API: a node does not have them. Only verified blocks are answered from; tags are resolved once and
        echoed in `resolvedTo`; a range beyond the verified head, or before the first block kept, is an error and
        not a short list. `finality` is `head`, `safe` or `finalized`. `kind` is `unknown`
        until it is proven.

        The answers below are those of `auriga demo` at its end.
        """);
    Recording recording =
        Recording.open(Project.root().resolve("recordings/minimal-capella-to-fulu"));
    Slot last = recording.about().lastSlot();
    try (Replay replay = Replay.start(recording, Replay.Settings.atSpeed(1_000).withFrom(last));
        Platform platform = platform(replay);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(replay.awaitEnd(PATIENCE)).isTrue();
      URI rpc = platform.uri().resolve("/rpc");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  ask(http, rpc, SUMMARY).at("/result/finalized/slot").asString("").equals("0x78"));
      // Kinds are told a little later, beside the follower.
      await()
          .atMost(PATIENCE)
          .until(() -> EXAMPLES.stream().noneMatch(example -> isUnjudged(http, rpc, example)));
      for (Example example : EXAMPLES) {
        page.append(
                "\n%s\n\n```json\n%s\n```\n\n```json\n".formatted(example.title(), example.call()))
            .append(ask(http, rpc, example.call()).toPrettyString())
            .append("\n```\n");
      }
    }
  }

  private static boolean isUnjudged(HttpClient http, URI rpc, Example example) {
    try {
      return ask(http, rpc, example.call()).toString().contains("\"kind\":\"unknown\"");
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private Platform platform(Replay replay) throws InterruptedException {
    AurigaConfig config =
        AurigaConfig.load(
            null,
            Map.of(),
            Map.of(
                "consensus.urls",
                replay.beaconUri().toString(),
                "execution.urls",
                replay.executionUri().toString(),
                "data",
                folder.toString(),
                "http.port",
                "0",
                "chain.start",
                "1",
                "chain.poll-interval",
                "250ms"));
    return Platform.start(config, replay.clock(), Optional.empty());
  }

  private static JsonNode ask(HttpClient http, URI rpc, String call)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(rpc)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(call))
            .build();
    return Json.parse(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  private static String call(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }
}
