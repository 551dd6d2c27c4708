package io.auriga.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTreeTest {
  private static final Key<Integer> PORT =
      Key.integer("port", "Where the endpoint listens.", 0, 65_535).orElse("8080");
  private static final Key<Duration> AGE =
      Key.duration("flush-age", "How old a batch may get.").orElse("2s");
  private static final Key<Long> SIZE = Key.bytes("max-body", "Largest body.").orElse("1MB");
  private static final Key<String> STORE = Key.text("store.url", "Where data is kept.");
  private static final Key<List<URI>> NODES = Key.uris("consensus", "Beacon nodes.");
  private static final Key<Boolean> TLS = Key.flag("tls", "Whether to use TLS.").orElse("false");
  private static final Key<Form> FORM =
      Key.choice("form", "How to print.", List.of(Form.values())).orElse("text");

  @TempDir Path folder;

  enum Form {
    TEXT,
    JSON
  }

  private ConfigTree tree(String yaml) {
    return tree(yaml, Map.of(), Map.of());
  }

  private ConfigTree tree(String yaml, Map<String, String> environment, Map<String, String> line) {
    Path file = folder.resolve("auriga.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
    return ConfigTree.load(file, environment, line);
  }

  @Test
  void readsEachForm() {
    ConfigTree tree =
        tree(
            """
            # a comment
            store:
              url: sqlite:data
            consensus: [http://a:5052, "http://b:5052"]
            http:
              port: 9090
              flush-age: 250ms
              max-body: 64KB
              tls: true
              form: json
            """);
    ConfigTree http = tree.section("http");
    assertThat(tree.value(STORE)).isEqualTo("sqlite:data");
    assertThat(tree.value(NODES))
        .containsExactly(URI.create("http://a:5052"), URI.create("http://b:5052"));
    assertThat(http.value(PORT)).isEqualTo(9090);
    assertThat(http.value(AGE)).isEqualTo(Duration.ofMillis(250));
    assertThat(http.value(SIZE)).isEqualTo(64 << 10);
    assertThat(http.value(TLS)).isTrue();
    assertThat(http.value(FORM)).isEqualTo(Form.JSON);
    tree.requireAllUsed();
  }

  @Test
  void fallsBackToDefaultsAndNamesWhatHasNone() {
    ConfigTree tree = ConfigTree.load(null, Map.of(), Map.of());
    assertThat(tree.section("http").value(PORT)).isEqualTo(8080);
    assertThat(tree.find(STORE)).isEmpty();
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> tree.value(STORE))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ConfigError.MISSING))
        .withMessageContaining("store.url")
        .withMessageContaining("AURIGA_STORE_URL");
    tree.requireAllUsed();
  }

  @Test
  void prefersTheCommandLineThenTheEnvironmentThenTheFile() {
    Map<String, String> environment =
        Map.of("AURIGA_HTTP_PORT", "2", "AURIGA_HTTP_FLUSH_AGE", "3s", "PATH", "/bin");
    ConfigTree tree =
        tree("http: {port: 1, flush-age: 1s, max-body: 1B}", environment, Map.of("http.port", "3"));
    ConfigTree http = tree.section("http");
    assertThat(http.value(PORT)).isEqualTo(3);
    assertThat(http.value(AGE)).isEqualTo(Duration.ofSeconds(3));
    assertThat(http.value(SIZE)).isEqualTo(1);
    tree.requireAllUsed();
  }

  @Test
  void splitsListsFromTheEnvironmentAtCommas() {
    ConfigTree tree =
        ConfigTree.load(null, Map.of("AURIGA_CONSENSUS", "http://a:1, http://b:2,"), Map.of());
    assertThat(tree.value(NODES))
        .containsExactly(URI.create("http://a:1"), URI.create("http://b:2"));
  }

  @Test
  void readsListsOfSections() {
    ConfigTree tree = tree("nodes:\n- url: a\n- url: b\n  prt: 3\n");
    Key<String> url = Key.text("url", "The node's address.");
    List<ConfigTree> nodes = tree.sections("nodes");
    assertThat(nodes).extracting(node -> node.value(url)).containsExactly("a", "b");
    assertThat(nodes.getLast().value(PORT)).isEqualTo(8080);
    assertUnknown(tree, "auriga.yaml:4", "nodes[1].prt", "did you mean nodes[1].port?");
  }

  @ParameterizedTest
  @CsvSource({"flush-age, 4000d, longer than 3650d", "max-body, 99999999999GB, too large"})
  void refusesWhatWouldOverflow(String name, String value, String problem) {
    ConfigTree tree = tree(name + ": " + value);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> List.of(tree.value(SIZE), tree.value(AGE)))
        .withMessageContaining(name)
        .withMessageContaining(problem);
  }

  @Test
  void refusesATimeThatIsTooShort() {
    Key<Duration> pause = Key.duration("pause", "Between two.", Duration.ofMillis(100));
    assertThat(tree("pause: 100ms").value(pause)).isEqualTo(Duration.ofMillis(100));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> tree("pause: 0s").value(pause))
        .withMessageContaining("shorter than 100ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{http: {port: 1, prot: 2}}      | http.prot | http.port",
        "{http: {flushage: 2s}}          | http.flushage | http.flush-age",
        "{htpt: {port: 1}}               | htpt | ",
        "{http: {port: 1}, extra: [1,2]} | extra | ",
        "{http: {port: 1}, extra: }      | extra | ",
      })
  void reportsAKeyThatNobodyKnows(String yaml, String key, String meant) {
    ConfigTree tree = tree(yaml);
    ConfigTree http = tree.section("http");
    assertThat(http.find(PORT)).isPresent();
    assertThat(http.find(AGE)).isPresent();
    assertUnknown(tree, "auriga.yaml:1", key, meant == null ? key : "did you mean " + meant + "?");
  }

  @Test
  void reportsUnknownNamesOnTheCommandLineAndInTheEnvironment() {
    ConfigTree line = tree("", Map.of(), Map.of("prt", "1"));
    assertThat(line.value(PORT)).isEqualTo(8080);
    assertUnknown(line, "command line", "prt", "did you mean port?");
    ConfigTree environment = tree("", Map.of("AURIGA_PROT", "1"), Map.of());
    assertThat(environment.value(PORT)).isEqualTo(8080);
    assertUnknown(environment, "environment", "AURIGA_PROT", "did you mean AURIGA_PORT?");
  }

  private static void assertUnknown(ConfigTree tree, String where, String key, String hint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(tree::requireAllUsed)
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ConfigError.UNKNOWN_KEY))
        .withMessageContaining(where)
        .withMessageContaining(key)
        .withMessageContaining(hint);
  }

  @Test
  void takesASectionWhoseKeysAreAllCommentedOut() {
    ConfigTree tree = tree("http:\n  # port: 1\n");
    assertThat(tree.section("http").value(PORT)).isEqualTo(8080);
    tree.requireAllUsed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: x | port",
        "port: 70000 | port",
        "port: 0x10 | port",
        "port: [1] | port",
        "port: {a: 1} | port",
        "flush-age: 2 | flush-age",
        "flush-age: -2s | flush-age",
        "flush-age: 99999999999999999999s | flush-age",
        "max-body: 64 | max-body",
        "max-body: 64mb | max-body",
        "tls: yes | tls",
        "form: xml | form",
        "consensus: localhost | consensus",
        "consensus: [[http://a:1]] | consensus",
      })
  void namesTheValueThatHasAnotherForm(String yaml, String key) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () -> {
              ConfigTree tree = tree("# first line\n" + yaml);
              for (Key<?> each : List.of(PORT, AGE, SIZE, TLS, FORM, NODES)) {
                assertThat(tree.find(each)).isNotNull();
              }
            })
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ConfigError.BAD_VALUE))
        .withMessageContaining("auriga.yaml:2, " + key);
  }

  @Test
  void refusesAPasswordInAnAddressWithoutRepeatingIt() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> tree("consensus: http://user:hunter2@a:1").value(NODES))
        .withMessageContaining("password")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void listsWhatWasAskedForForTheReferencePage() {
    ConfigTree tree = ConfigTree.load(null, Map.of(), Map.of());
    assertThat(tree.section("http").value(AGE)).isPositive();
    assertThat(tree.find(STORE)).isEmpty();
    assertThat(tree.known())
        .containsExactly(
            new KnownKey(
                "http.flush-age",
                "AURIGA_HTTP_FLUSH_AGE",
                "time such as 250ms, 12s, 5m or 2h",
                "2s",
                "How old a batch may get."),
            new KnownKey("store.url", "AURIGA_STORE_URL", "text", null, "Where data is kept."));
  }

  @Test
  void refusesAKeyThatIsNotInKebabCase() {
    assertThatIllegalArgumentException().isThrownBy(() -> Key.text("flushAge", "x"));
  }
}
