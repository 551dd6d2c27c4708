package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ValidatorIndex VALIDATOR = new ValidatorIndex(7);
  private static final String KEY = "0x" + "ab".repeat(48);

  @TempDir private Path folder;

  /** An action that remembers its calls and fails as often as told. */
  private static final class Recorded implements StopAction {
    final List<Stop> calls = new ArrayList<>();
    int failures;

    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public String description() {
      return "record it";
    }

    @Override
    public String stop(Stop stop) throws IOException {
      calls.add(stop);
      if (failures-- > 0) {
        throw new IOException("not now");
      }
      return "recorded";
    }
  }

  private static LocalStop stop(Store store, boolean armed, StopAction action) {
    return new LocalStop(
        store,
        List.of(action),
        armed,
        new SlashingMetrics(new Metrics(new PrometheusRegistry())),
        InstantSource.system());
  }

  private static List<String> outcomes(Store store) {
    return store.read(
        read ->
            read.query(
                "SELECT outcome FROM slashing_stop ORDER BY dry_run",
                row -> row.findText("outcome").orElse("open")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void stopsOnceHoweverManyReasonsAndRestartsThereAre(String database) throws Exception {
    String url =
        database.equals("sqlite") ? EmbeddedStores.sqlite(folder) : EmbeddedStores.postgres();
    Recorded action = new Recorded();
    for (int start = 0; start < 3; start++) {
      try (Store store = Store.open(url, OffenceBook.MIGRATIONS);
          LocalStop stop = stop(store, true, action)) {
        stop.stop(VALIDATOR, "double vote");
        stop.stop(VALIDATOR, "surround vote");
        stop.workOnce();
        stop.workOnce();
        assertThat(outcomes(store)).containsExactly("done: recorded");
      }
    }
    assertThat(action.calls).hasSize(1);
    assertThat(action.calls.getFirst().reason()).isEqualTo("double vote");
  }

  @Test
  void callsNothingUnlessArmedAndCanBeArmedLater() throws Exception {
    Recorded action = new Recorded();
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS)) {
      LocalStop rehearsal = stop(store, false, action);
      rehearsal.stop(VALIDATOR, "double vote");
      rehearsal.workOnce();
      assertThat(action.calls).isEmpty();
      assertThat(outcomes(store)).containsExactly("dry run: would record it");

      LocalStop armed = stop(store, true, action);
      armed.stop(VALIDATOR, "double vote");
      armed.workOnce();
      assertThat(action.calls).hasSize(1);
      assertThat(outcomes(store)).containsExactly("done: recorded", "dry run: would record it");
    }
  }

  @Test
  void triesAFewTimesWithTheSameIdAndThenSaysThatItFailed() throws Exception {
    Recorded action = new Recorded();
    action.failures = 100;
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS)) {
      LocalStop stop = stop(store, true, action);
      stop.stop(VALIDATOR, "double vote");
      for (int i = 0; i < 20; i++) {
        stop.workOnce();
      }
      assertThat(outcomes(store)).containsExactly("failed: not now");
    }
    assertThat(action.calls).hasSize(5);
    assertThat(action.calls.stream().map(StopAction.Stop::id).distinct()).hasSize(1);
  }

  /** Run as a process of its own: decides to stop, and makes what calls are open. */
  static final class StoppingProcess {
    private StoppingProcess() {}

    public static void main(String[] arguments) throws Exception {
      try (Store store = Store.open(arguments[0], OffenceBook.MIGRATIONS)) {
        LocalStop stop =
            LocalStopTest.stop(store, true, new StopCommand(Path.of(arguments[1]), PATIENCE));
        stop.stop(VALIDATOR, "double vote");
        stop.workOnce();
      }
    }
  }

  private Path script(String name, String content) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + content + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private int process(Path program) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoppingProcess.class.getName(),
                EmbeddedStores.sqlite(folder.resolve("store")),
                program.toString())
            .inheritIO()
            .start();
    return process.waitFor();
  }

  @Test
  void aStopKilledDuringItsCallIsMadeAgainWithTheSameIdAndNeverAfterItsOutcome() throws Exception {
    Path calls = folder.resolve("calls");
    String note = "echo $AURIGA_STOP_ID $AURIGA_STOP_VALIDATOR $AURIGA_STOP_REASON >> " + calls;
    Path killing = script("killing", note + "\nkill -9 $PPID");
    Path plain = script("plain", note);

    assertThat(process(killing)).as("killed with signal 9").isEqualTo(128 + 9);
    assertThat(process(plain)).isZero();
    assertThat(process(plain)).isZero();

    List<String> made = Files.readAllLines(calls);
    assertThat(made).hasSize(2);
    assertThat(made.stream().distinct()).hasSize(1);
    assertThat(made.getFirst()).startsWith("7-").endsWith(" 7 double vote");
  }

  @Test
  void aCommandThatFailsOrHangsIsSaidToHave() throws Exception {
    StopAction.Stop stop = new StopAction.Stop("7-1", VALIDATOR, "double vote");
    StopCommand failing = new StopCommand(script("failing", "echo no; exit 3"), PATIENCE);
    assertThat(problem(failing, stop)).isEqualTo("it ended with 3: no");

    StopCommand hanging =
        new StopCommand(script("hanging", "exec sleep 1000"), Duration.ofMillis(50));
    assertThat(problem(hanging, stop)).startsWith("it did not end within");

    StopCommand missing = new StopCommand(folder.resolve("missing"), PATIENCE);
    assertThat(problem(missing, stop)).contains("missing");
  }

  private static String problem(StopAction action, StopAction.Stop stop)
      throws InterruptedException {
    try {
      return "no problem: " + action.stop(stop);
    } catch (IOException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private static HttpServer server(int status, String answer, List<String> requests)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(
              "%s %s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                      body));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private StopKeymanager keymanager(HttpServer server) {
    return new StopKeymanager(
        URI.create("http://localhost:" + server.getAddress().getPort()),
        () -> "secret",
        folder.resolve("histories"),
        PATIENCE,
        validator ->
            validator.equals(VALIDATOR)
                ? Optional.of(BlsPublicKey.fromHex(KEY))
                : Optional.empty());
  }

  @Test
  void takesTheKeyOutOfTheClientAndKeepsWhatItSigned() throws Exception {
    String history =
        "{\"metadata\":{\"interchange_format_version\":\"5\",\"genesis_validators_root\":\"0x"
            + "11".repeat(32)
            + "\"},\"data\":[]}";
    String answer =
        "{\"data\":[{\"status\":\"deleted\"}],\"slashing_protection\":\""
            + history.replace("\"", "\\\"")
            + "\"}";
    List<String> requests = new ArrayList<>();
    HttpServer server = server(200, answer, requests);
    try {
      String outcome =
          keymanager(server).stop(new StopAction.Stop("7-1", VALIDATOR, "double vote"));
      assertThat(outcome).isEqualTo("the client says deleted; its history is kept");
    } finally {
      server.stop(0);
    }
    assertThat(requests)
        .containsExactly(
            "DELETE /eth/v1/keystores Bearer secret null {\"pubkeys\":[\"" + KEY + "\"]}");
    try (Stream<Path> kept = Files.list(folder.resolve("histories"))) {
      List<Path> files = kept.toList();
      assertThat(files).hasSize(1);
      assertThat(files.getFirst()).hasContent(history).hasFileName("slashing-protection-7-1.json");
    }
  }

  @Test
  void aClientThatRefusesOrAnswersNonsenseHasNotStopped() throws Exception {
    StopAction.Stop stop = new StopAction.Stop("7-1", VALIDATOR, "double vote");
    for (String answer :
        List.of(
            "{\"data\":[{\"status\":\"error\",\"message\":\"locked\"}]}",
            "{",
            "[]",
            "\"deleted\"")) {
      HttpServer server = server(200, answer, new ArrayList<>());
      assertThat(problem(keymanager(server), stop)).doesNotContain("no problem");
      server.stop(0);
    }
    HttpServer refusing = server(401, "{}", new ArrayList<>());
    assertThat(problem(keymanager(refusing), stop)).isEqualTo("it answered with status 401");
    StopAction.Stop unknown = new StopAction.Stop("8-1", new ValidatorIndex(8), "double vote");
    assertThat(problem(keymanager(refusing), unknown)).contains("public key");
    refusing.stop(0);
  }

  @Test
  void postsToAWebhookAndTellsItsAddressWithoutItsPath() throws Exception {
    List<String> requests = new ArrayList<>();
    HttpServer server = server(204, "", requests);
    StopWebhook webhook =
        new StopWebhook(
            URI.create("http://localhost:" + server.getAddress().getPort() + "/hook/secret"),
            PATIENCE);
    assertThat(webhook.stop(new StopAction.Stop("7-1", VALIDATOR, "double vote")))
        .isEqualTo("it answered with status 204");
    server.stop(0);
    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst())
        .startsWith("POST /hook/secret null 7-1 {")
        .contains("\"validator\":\"7\"")
        .contains("\"reason\":\"double vote\"");
    assertThat(webhook.description()).doesNotContain("secret");
  }
}
