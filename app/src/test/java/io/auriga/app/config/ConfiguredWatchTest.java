package io.auriga.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.runtime.http.Json;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.WatchList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ConfiguredWatchTest {
  @TempDir Path folder;

  private Path config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("auriga.yaml"), yaml.replace("FOLDER", "" + folder));
  }

  private ConfiguredWatch watch(String yaml) throws IOException {
    return AurigaConfig.load(config(yaml), Map.of(), Map.of()).watch();
  }

  private static String hex(int number) {
    return "%096x".formatted(0xb0000000L + number);
  }

  private static BlsPublicKey key(int number) {
    return BlsPublicKey.fromHex("0x" + hex(number));
  }

  private String refusal(String yaml) {
    try {
      watch(yaml).read();
      return "nothing was refused";
    } catch (AurigaException refused) {
      return refused.report();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void readsIndicesRangesKeysAddressesAndLabels() throws IOException {
    WatchList list =
        watch(
                """
                watch:
                  validators: [5, %s]
                  labels: ["operator:acme"]
                groups:
                  - name: north
                    validators: [17, 100..102, "0x%s"]
                    labels: ["region:eu"]
                  - name: south
                    addresses: ["0x00000000219ab540356cbb839cbe05303d7705fa"]
                """
                    .formatted(hex(1), hex(2)))
            .read();
    assertThat(list.indices())
        .containsOnlyKeys(
            new ValidatorIndex(5),
            new ValidatorIndex(17),
            new ValidatorIndex(100),
            new ValidatorIndex(101),
            new ValidatorIndex(102));
    assertThat(list.keys()).containsOnlyKeys(key(1), key(2));
    assertThat(String.valueOf(list.keys().get(key(2)))).isEqualTo("[group:north, region:eu]");
    assertThat(list.addresses())
        .containsOnlyKeys(Address.fromHex("0x00000000219ab540356cbb839cbe05303d7705fa"));
  }

  @Test
  void readsKeysOfAFileOneALineAndOfKeystoresAsClientsLayThemOut() throws IOException {
    Files.writeString(
        folder.resolve("keys.txt"), "# ours\n0x" + hex(1) + "  # first\n\n" + hex(2) + "\n");
    Path stores = Files.createDirectories(folder.resolve("stores/0x" + hex(3)));
    Files.writeString(
        stores.resolve("voting-keystore.json"),
        "{\"crypto\":{},\"version\":4,\"pubkey\":\"" + hex(3) + "\",\"path\":\"\"}");
    Files.writeString(stores.resolve("deposit.json"), "[{\"pubkey\":\"" + hex(9) + "\"}]");
    Files.writeString(stores.resolve("voting-keystore.json.lock"), "");
    Files.writeString(stores.resolve(".hidden.json"), "not json");
    Files.writeString(folder.resolve("stores/password"), "secret");
    WatchList list = watch("watch: {files: [FOLDER/keys.txt, FOLDER/stores]}").read();
    assertThat(list.keys()).containsOnlyKeys(key(1), key(2), key(3));
  }

  @Test
  void namesTheFileAndTheLineThatIsWrongAndDoesNotRepeatIt() throws IOException {
    Files.writeString(folder.resolve("keys.txt"), hex(1) + "\nmy-password-123\n");
    assertThat(refusal("watch: {files: [FOLDER/keys.txt]}"))
        .startsWith("AUR-WATCH-BAD-NAME")
        .contains("keys.txt:2")
        .doesNotContain("my-password");
    assertThat(refusal("watch: {files: [FOLDER/none.txt]}"))
        .startsWith("AUR-WATCH-UNREADABLE")
        .contains("none.txt", "no such file");
    Files.writeString(folder.resolve("empty.txt"), "# nothing left\n");
    assertThat(refusal("watch: {files: [FOLDER/empty.txt]}"))
        .as("a file that was cut short must not empty the list")
        .startsWith("AUR-WATCH-UNREADABLE");
    Files.writeString(folder.resolve("half.json"), "{\"crypto\":{},\"pub");
    assertThat(refusal("watch: {files: [FOLDER/half.json]}")).startsWith("AUR-WATCH-UNREADABLE");
    Files.writeString(folder.resolve("other.json"), "{\"crypto\":{}}");
    assertThat(refusal("watch: {files: [FOLDER/other.json]}")).contains("no pubkey");
    Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThat(refusal("watch: {files: [FOLDER/binary.txt]}")).startsWith("AUR-WATCH-");
    Files.writeString(folder.resolve("huge.txt"), "x".repeat(3_000_000));
    assertThat(refusal("watch: {files: [FOLDER/huge.txt]}"))
        .startsWith("AUR-WATCH-BAD-NAME")
        .hasSizeLessThan(500);
  }

  @Test
  void namesWhatIsWrongInTheConfigurationItself() {
    assertThat(refusal("watch: {labels: [\"operator:a\\nb\"], validators: [1]}"))
        .startsWith("AUR-WATCH-BAD-LABEL")
        .contains("of watch")
        .doesNotContain("\n");
    assertThat(refusal("groups: [{name: \"a{b\", validators: [1]}]"))
        .startsWith("AUR-WATCH-BAD-LABEL");
    assertThat(refusal("watch: {validators: [9..5]}")).startsWith("AUR-WATCH-BAD-NAME");
    assertThat(refusal("watch: {validators: [0..99999999]}")).startsWith("AUR-WATCH-BAD-NAME");
    assertThat(refusal("watch: {validators: [\"0x12\"]}")).startsWith("AUR-WATCH-BAD-NAME");
    assertThat(refusal("watch: {addresses: [\"0x12\"]}")).startsWith("AUR-WATCH-BAD-NAME");
    assertThat(refusal("groups: [{name: a, validators: [1..3]}, {name: b, validators: [3]}]"))
        .startsWith("AUR-WATCH-TWICE")
        .contains("a and b");
    assertThat(refusal("groups: [{validators: [1]}]")).startsWith("AUR-CONFIG-MISSING");
    assertThat(refusal("groups: [{name: a, validator: [1]}]")).startsWith("AUR-CONFIG-UNKNOWN-KEY");
  }

  @Test
  void readsTheConfigurationAndItsFilesAnewAndSeesThatTheyChanged() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys.txt"), hex(1) + "\n");
    ConfiguredWatch watch = watch("watch: {files: [FOLDER/keys.txt]}");
    assertThat(watch.read().named()).isEqualTo(1);
    String before = watch.fingerprint();
    assertThat(watch.fingerprint()).isEqualTo(before);
    Files.writeString(keys, hex(1) + "\n" + hex(2) + "\n");
    assertThat(watch.fingerprint()).isNotEqualTo(before);
    assertThat(watch.read().named()).isEqualTo(2);
    String after = watch.fingerprint();
    config("watch: {files: [FOLDER/keys.txt], validators: [7]}");
    assertThat(watch.fingerprint()).isNotEqualTo(after);
    assertThat(watch.read().named()).isEqualTo(3);
    Files.delete(keys);
    assertThat(watch.fingerprint()).isNotEqualTo(after);
    assertThatThrownBy(watch::read).hasMessageContaining("no such file");
    config("watch: {files: [");
    assertThatThrownBy(watch::read).isInstanceOf(AurigaException.class);
  }

  @Test
  void readsRealKeystores() throws IOException {
    Path vectors = Path.of(System.getProperty("auriga.vectors", "")).resolve("keystores/eip-2335");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(vectors), () -> "NOT TESTED: no keystores at " + vectors);
    int read = 0;
    try (var files = Files.list(vectors)) {
      for (Path file : files.sorted().toList()) {
        JsonNode keystore = Json.parse(Files.readAllBytes(file)).path("keystore");
        if (keystore.path("pubkey").asString("").length() >= 96) {
          Path alone = Files.write(folder.resolve("keystore.json"), Json.bytes(keystore));
          assertThat(KeyFiles.read(alone))
              .as(file.toString())
              .containsExactly(WatchKeys.key(keystore.get("pubkey").stringValue()));
          read++;
        }
      }
    }
    assertThat(read).isGreaterThan(3);
  }
}
