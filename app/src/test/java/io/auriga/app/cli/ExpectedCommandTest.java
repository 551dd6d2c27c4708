package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code auriga withdrawals expected} over states and blocks of the generated chain. */
class ExpectedCommandTest {
  private static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));

  @TempDir Path folder;

  private static RecordedBlock block(long slot) {
    return CHAIN.timeline().blocks().stream()
        .filter(block -> block.slot().equals(new Slot(slot)))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] stateAfter(long slot) {
    return CHAIN.states().after(block(slot).root()).map(RecordedState::ssz).orElseThrow();
  }

  private String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static CommandRun expected(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "withdrawals";
    all[1] = "expected";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandRun.of(all);
  }

  private static JsonNode json(CommandRun run) {
    assertThat(run.lines()).hasSize(1);
    return JsonMapper.shared().readTree(run.out());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void printsOneLineInTheBeaconApisConventions() throws IOException {
    String state = file("s.ssz", stateAfter(9));
    CommandRun run =
        expected("--state", state, "--fork", "capella", "--network", "minimal", "--json");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("{\"withdrawals\":[{\"index\":\"")
        .contains("\",\"validatorIndex\":\"", "\",\"address\":\"0x", "\",\"amount\":\"")
        .contains("}],\"nextWithdrawalIndex\":\"", "\",\"nextWithdrawalValidatorIndex\":\"")
        .endsWith(
            "\",\"processedPartials\":\"0\",\"payloadMatches\":null,\"difference\":null}"
                + System.lineSeparator());
  }

  @Test
  void opensPlainGzipAndSnappyStatesAndFindsThatTheNextBlockMatches() throws IOException {
    byte[] ssz = stateAfter(9);
    String block = file("b.ssz", block(10).ssz());
    for (String state :
        new String[] {
          file("s.ssz", ssz),
          file("s.ssz.gz", gzip(ssz)),
          file("s.ssz_snappy", Snappy.compress(ssz))
        }) {
      CommandRun run =
          expected(
              "--state",
              state,
              "--fork",
              "capella",
              "--network",
              "minimal",
              "--payload",
              block,
              "--json");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(json(run).path("payloadMatches").asBoolean(false)).isTrue();
      assertThat(json(run).path("difference").isNull()).isTrue();
      assertThat(json(run).path("withdrawals").size()).isEqualTo(4);
    }
  }

  @Test
  void takesAPayloadAloneInSsz() throws IOException {
    byte[] payload =
        SignedBlockView.of(BlockSchemas.of(CHAIN.spec()), ForkName.ELECTRA, block(46).ssz())
            .body()
            .field("execution_payload")
            .toBytes();
    CommandRun run =
        expected(
            "--state",
            file("s.ssz", stateAfter(45)),
            "--fork",
            "electra",
            "--network",
            "minimal",
            "--payload",
            file("execution_payload.ssz_snappy", Snappy.compress(payload)),
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(json(run).path("payloadMatches").asBoolean(false)).isTrue();
  }

  @Test
  void takesAPayloadAloneInJsonToo() throws IOException {
    String state = file("s.ssz", stateAfter(9));
    JsonNode list =
        json(expected("--state", state, "--fork", "capella", "--network", "minimal", "--json"))
            .path("withdrawals");
    String beacon =
        "{\"parent_hash\":\"0x00\",\"withdrawals\":"
            + list.toString().replace("validatorIndex", "validator_index")
            + "}";
    String inBlock =
        "{\"version\":\"capella\",\"data\":{\"message\":{\"slot\":\"10\",\"body\":"
            + "{\"execution_payload\":"
            + beacon
            + "}}}}";
    StringBuilder engine = new StringBuilder("{\"executionPayload\":{\"withdrawals\":[");
    list.valueStream()
        .forEach(
            entry ->
                engine
                    .append(engine.toString().endsWith("[") ? "" : ",")
                    .append("{\"index\":\"0x")
                    .append(Long.toHexString(Long.parseLong(entry.path("index").asString())))
                    .append("\",\"validatorIndex\":\"0x")
                    .append(
                        Long.toHexString(Long.parseLong(entry.path("validatorIndex").asString())))
                    .append("\",\"address\":\"")
                    .append(entry.path("address").asString())
                    .append("\",\"amount\":\"0x")
                    .append(Long.toHexString(Long.parseLong(entry.path("amount").asString())))
                    .append("\"}"));
    engine.append("]}}");
    for (String payload : new String[] {beacon, inBlock, engine.toString()}) {
      CommandRun run =
          expected(
              "--state",
              state,
              "--fork",
              "capella",
              "--network",
              "minimal",
              "--payload",
              file("p.json", payload.getBytes(StandardCharsets.UTF_8)));
      assertThat(run.code()).as(payload + run.err()).isZero();
      assertThat(run.out()).contains("The payload carries exactly these.");
    }
  }

  @Test
  void namesTheEntryAndTheFieldWhereAPayloadDiffers() throws IOException {
    // Two blocks later the indices are others.
    CommandRun run =
        expected(
            "--state",
            file("s.ssz", stateAfter(9)),
            "--fork",
            "capella",
            "--network",
            "minimal",
            "--payload",
            file("b.ssz", block(11).ssz()),
            "--json");
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(json(run).path("payloadMatches").asBoolean(true)).isFalse();
    assertThat(json(run).path("difference").asString())
        .matches("entry 0: index expected \\d+, found \\d+");
  }

  @Test
  void saysThatADifferenceProvesNothingWhereAnEpochBeginsInBetween() throws IOException {
    String state = file("s.ssz", stateAfter(15));
    CommandRun other =
        expected(
            "--state",
            state,
            "--fork",
            "capella",
            "--network",
            "minimal",
            "--slot",
            "24",
            "--payload",
            file("p.json", "{\"withdrawals\":[]}".getBytes(StandardCharsets.UTF_8)),
            "--json");
    assertThat(other.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(other.err()).contains("an epoch begins between it and slot 24");
    assertThat(json(other).path("payloadMatches").isNull()).isTrue();
    assertThat(json(other).path("difference").asString()).startsWith("not provable");
    CommandRun later =
        expected("--state", state, "--fork", "capella", "--network", "minimal", "--slot", "24");
    assertThat(later.code()).isZero();
    assertThat(later.err()).contains("is not applied");
  }

  @Test
  void refusesASlotBeforeTheStateAndOneThatIsNotTheBlocks() throws IOException {
    String state = file("s.ssz", stateAfter(9));
    CommandRun before =
        expected("--state", state, "--fork", "capella", "--network", "minimal", "--slot", "8");
    assertThat(before.code()).isEqualTo(ExitCode.USAGE);
    assertThat(before.err()).contains("the state is later, of slot 9");
    CommandRun other =
        expected(
            "--state",
            state,
            "--fork",
            "capella",
            "--network",
            "minimal",
            "--slot",
            "11",
            "--payload",
            file("b.ssz", block(10).ssz()));
    assertThat(other.code()).isEqualTo(ExitCode.USAGE);
    assertThat(other.err()).contains("--slot is 11", "of slot 10");
  }

  @Test
  void saysWhatAnUnreadableStateIs() throws IOException {
    byte[] ssz = stateAfter(9);
    assertUnreadable(
        file("s.ssz", ssz), "deneb", "minimal", "BeaconState.latest_execution_payload");
    assertUnreadable(file("s.ssz", ssz), "electra", "minimal", "it has the form of capella");
    assertUnreadable(
        file("s.ssz", ssz), "capella", "mainnet", "it has the form of capella on the minimal");
    assertUnreadable(
        file("cut.ssz", Arrays.copyOf(ssz, ssz.length / 2)), "capella", "minimal", "BeaconState");
    assertUnreadable(file("empty.ssz", new byte[0]), "capella", "minimal", "the file is empty");
    assertUnreadable(
        file("cut.ssz.gz", Arrays.copyOf(gzip(ssz), 999)), "capella", "minimal", "cut short");
    assertUnreadable(file("s.ssz_snappy", ssz), "capella", "minimal", "snappy");
    assertUnreadable(folder.resolve("none").toString(), "capella", "minimal", "no such file");
    assertUnreadable(folder.toString(), "capella", "minimal", "it is a folder");
  }

  private static void assertUnreadable(String state, String fork, String network, String reason) {
    CommandRun run = expected("--state", state, "--fork", fork, "--network", network, "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("AUR-CLI-FILE-UNREADABLE: Cannot read the state " + state + ": ")
        .contains(reason)
        .doesNotContain("\tat ");
  }

  @Test
  void refusesForksWithoutRulesAndUnknownNetworks() throws IOException {
    String state = file("s.ssz", stateAfter(9));
    for (String fork : new String[] {"bellatrix", "gloas", "shapella"}) {
      CommandRun run = expected("--state", state, "--fork", fork, "--network", "minimal");
      assertThat(run.code()).as(fork).isEqualTo(ExitCode.USAGE);
    }
    assertThat(expected("--state", state, "--fork", "capella", "--network", "nonet").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(expected("--fork", "capella").code()).isEqualTo(ExitCode.USAGE);
    CommandRun negative =
        expected("--state", state, "--fork", "capella", "--network", "minimal", "--slot=-1");
    assertThat(negative.code()).isEqualTo(ExitCode.USAGE);
    assertThat(negative.err()).contains("--slot: not a decimal uint64");
  }

  @Test
  void printsATableForAPerson() throws IOException {
    CommandRun run =
        expected(
            "--state", file("s.ssz", stateAfter(9)), "--fork", "capella", "--network", "minimal");
    assertThat(run.lines().getFirst())
        .isEqualTo(
            "A block of slot 9 on the state of slot 9 (capella, 32 validators) must carry 4"
                + " withdrawals.");
    assertThat(run.lines().get(1)).containsPattern("ENTRY +INDEX +VALIDATOR +ADDRESS +GWEI");
    assertThat(run.out()).contains("Next validator of the sweep:");
  }
}
