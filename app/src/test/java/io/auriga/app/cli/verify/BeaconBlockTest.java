package io.auriga.app.cli.verify;

import static io.auriga.app.cli.verify.TestBlocks.bytes;
import static io.auriga.app.cli.verify.TestBlocks.file;
import static io.auriga.app.cli.verify.TestBlocks.files;
import static io.auriga.app.cli.verify.TestBlocks.folder;
import static io.auriga.app.cli.verify.TestBlocks.hash;
import static io.auriga.app.cli.verify.TestBlocks.json;
import static io.auriga.app.cli.verify.TestBlocks.object;
import static io.auriga.app.cli.verify.TestBlocks.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BeaconBlockTest {
  private static final String DENEB = "beacon-blocks/mainnet/deneb-slot-11544444.ssz.gz";
  private static final String CAPELLA_JSON = "beacon-blocks/mainnet/capella-slot-7109344.json.gz";

  @TempDir Path temporary;

  private static Path vector(String name) {
    return file(name);
  }

  private FileReport report(String name, byte[] content) {
    return verify(temporary, name, content, Network.of(null));
  }

  private FileReport report(ObjectNode block) {
    return report("block.json", block.toString().getBytes(StandardCharsets.UTF_8));
  }

  private FileReport report(String name, byte[] content, String network, ForkName fork)
      throws IOException {
    Path file = Files.write(temporary.resolve(name), content);
    return new BlockFileVerifier(Network.of(network), Optional.of(fork))
        .verify(file.toString(), temporary);
  }

  @Test
  void verifiesRealBlocksAndComputesTheirRoots() {
    int blocks = 0;
    for (String folder : List.of("beacon-blocks/mainnet", "beacon-blocks/devnet")) {
      for (Path file : files(folder, ".gz")) {
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        JsonNode expected = json(file.resolveSibling(name + ".expected.json"));
        FileReport report = verify(file, Network.of(null));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.kind()).isEqualTo(BlockKind.BEACON);
        assertThat(report.fork()).isEqualTo(expected.get("fork").stringValue());
        assertThat(report.withdrawals()).isEqualTo(expected.at("/counts/withdrawals").intValue());
        assertThat(report.blockRoot()).isEqualTo(expected.get("beacon_block_root").stringValue());
        assertThat(hash(report).ok()).isTrue();
        assertThat(hash(report).computed()).isEqualTo(expected.get("el_block_hash").stringValue());
        assertThat(report.withdrawalsRoot())
            .isEqualTo(new Check(null, expected.get("withdrawals_mpt_root").stringValue()));
        blocks++;
      }
    }
    assertThat(blocks).isEqualTo(9);
  }

  @Test
  void verifiesRecordedBlocksOfTheMinimalPresetFromCapellaToFulu() throws IOException {
    Path recorded =
        folder("beacon-blocks").resolve("../../recorded/chain-minimal-capella-to-fulu/blocks");
    Assumptions.assumeTrue(
        Files.isDirectory(recorded), "skipped: no recorded blocks in " + recorded);
    try (var list = Files.list(recorded)) {
      for (Path file : list.sorted().toList()) {
        ForkName fork =
            ForkName.find(file.getFileName().toString().replaceAll(".*_|\\.ssz", "")).orElseThrow();
        FileReport named =
            new BlockFileVerifier(Network.of("minimal"), Optional.of(fork))
                .verify(file.toString(), temporary);
        assertThat(named.verdict()).as(named.toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(named.fork()).isEqualTo(fork.lowerName());
        // The form alone tells as much, but not Fulu from Electra.
        FileReport unnamed = verify(file, Network.of(null));
        assertThat(unnamed.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(unnamed.blockRoot()).isEqualTo(named.blockRoot());
      }
    }
  }

  @Test
  void readsSszInEachPacking() throws IOException {
    byte[] ssz = bytes(vector(DENEB));
    FileReport expected = report("a.ssz", ssz);
    assertThat(expected.verdict()).isEqualTo(Verdict.VERIFIED);
    byte[] snappy = Snappy.compress(ssz);
    for (String name : List.of("b.ssz_snappy", "c.snappy")) {
      assertThat(report(name, snappy).blockRoot()).isEqualTo(expected.blockRoot());
    }
    FileReport unnamed = report("d", ssz);
    assertThat(unnamed.blockRoot()).isEqualTo(expected.blockRoot());
    assertThat(report("e.ssz", ssz, "mainnet", ForkName.DENEB).blockRoot())
        .isEqualTo(expected.blockRoot());
  }

  @Test
  void saysWhichFormABlockHasWhenAnotherForkIsNamed() throws IOException {
    byte[] ssz = bytes(vector(DENEB));
    for (ForkName wrong : List.of(ForkName.CAPELLA, ForkName.ELECTRA, ForkName.FULU)) {
      FileReport report = report("wrong.ssz", ssz, "mainnet", wrong);
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reason()).contains("the form of deneb");
    }
    FileReport bellatrix = report("wrong.ssz", ssz, "mainnet", ForkName.BELLATRIX);
    assertThat(bellatrix.verdict()).isEqualTo(Verdict.UNREADABLE);
    FileReport gloas = report("wrong.ssz", ssz, "mainnet", ForkName.GLOAS);
    assertThat(gloas.reason()).startsWith("unsupported fork");
  }

  @Test
  void neverPassesSszWithAnAlteredWithdrawalOrOffset() {
    byte[] ssz = bytes(vector(DENEB));
    // The withdrawals end before the payload's end; find them by their known size of 16 * 44.
    int withdrawals = indexOfWithdrawals(ssz);
    for (int at = withdrawals; at < withdrawals + 16 * 44; at++) {
      byte[] altered = ssz.clone();
      altered[at] ^= 1;
      assertThat(report("x.ssz", altered).verdict()).as("byte " + at).isEqualTo(Verdict.MISMATCH);
    }
    for (int at : new int[] {0, 1, 3, 180, 183, 384, 387, 400, 568}) {
      byte[] altered = ssz.clone();
      altered[at] ^= (byte) 0x81;
      FileReport report = report("x.ssz", altered);
      assertThat(report.verdict())
          .as("byte " + at + ": " + report)
          .isIn(Verdict.UNREADABLE, Verdict.MISMATCH);
      assertThat(report.reason()).isNotBlank();
    }
  }

  private static int indexOfWithdrawals(byte[] ssz) {
    var schemas = BlockSchemas.of(ChainSpec.builtIn("mainnet"));
    byte[] signed = ssz;
    if (!BlockShape.isSignedBlock(ssz)) {
      throw new IllegalStateException("the vector was signed once");
    }
    var first = SignedBlockView.of(schemas, ForkName.DENEB, signed).payload().withdrawal(0);
    byte[] index = new byte[8];
    for (int i = 0; i < 8; i++) {
      index[i] = (byte) (first.index().value() >>> (8 * i));
    }
    byte[] address = first.address().toBytes();
    for (int at = 0; ; at++) {
      if (Arrays.equals(ssz, at, at + 8, index, 0, 8)
          && Arrays.equals(ssz, at + 16, at + 36, address, 0, 20)) {
        return at;
      }
    }
  }

  @Test
  void reportsEveryTruncationOfSszAsUnreadable() {
    byte[] ssz = bytes(vector(DENEB));
    for (int length : new int[] {1, 3, 4, 99, 104, 183, 190, 500, 10_000, ssz.length - 1}) {
      FileReport report = report("short.ssz", Arrays.copyOf(ssz, length));
      assertThat(report.verdict()).as("%s bytes", length).isEqualTo(Verdict.UNREADABLE);
    }
  }

  @Test
  void readsJsonWithAndWithoutTheEnvelope() {
    ObjectNode answer = json(vector(CAPELLA_JSON));
    FileReport expected = report(answer);
    ObjectNode signed = (ObjectNode) answer.get("data");
    ObjectNode message = (ObjectNode) signed.get("message");
    ObjectNode unsigned = object();
    unsigned.put("version", "capella").set("data", message);
    for (ObjectNode form : List.of(signed, message, unsigned)) {
      FileReport report = report(form);
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
      assertThat(report.blockRoot()).isEqualTo(expected.blockRoot());
      assertThat(report.fork()).isEqualTo("capella");
    }
  }

  @Test
  void findsAlteredFieldsInJson() {
    for (String path :
        List.of(
            "/data/message/body/execution_payload/withdrawals/3/amount",
            "/data/message/body/execution_payload/withdrawals/3/index",
            "/data/message/body/execution_payload/withdrawals/3/validator_index",
            "/data/message/body/execution_payload/gas_used",
            "/data/message/body/execution_payload/timestamp")) {
      ObjectNode answer = json(vector(CAPELLA_JSON));
      ObjectNode parent = (ObjectNode) answer.at(path.substring(0, path.lastIndexOf('/')));
      parent.put(path.substring(path.lastIndexOf('/') + 1), "12345");
      FileReport report = report(answer);
      assertThat(report.verdict()).as(path).isEqualTo(Verdict.MISMATCH);
      assertThat(hash(report).ok()).isFalse();
      assertThat(report.reason()).contains("block hash");
    }
  }

  @Test
  void namesThePathOfWhatIsWrongInJson() {
    ObjectNode answer = json(vector(CAPELLA_JSON));
    ((ObjectNode) answer.at("/data/message/body/execution_payload")).remove("withdrawals");
    assertThat(report(answer).verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report(answer).reason()).contains("execution_payload", "withdrawals");
  }

  @Test
  void refusesAVersionThatTheBlockContradicts() {
    for (String version : List.of("deneb", "electra", "bellatrix", "phase0")) {
      ObjectNode answer = json(vector(CAPELLA_JSON));
      answer.put("version", version);
      FileReport report = report(answer);
      assertThat(report.verdict()).as(version).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reason()).as(version).contains("the form of capella");
    }
  }

  @Test
  void refusesForksThatItDoesNotKnow() {
    for (String version : List.of("gloas", "heze", "")) {
      ObjectNode answer = json(vector(CAPELLA_JSON));
      answer.put("version", version);
      assertThat(report(answer).verdict()).as(version).isEqualTo(Verdict.UNREADABLE);
      assertThat(report(answer).reason()).as(version).startsWith("unsupported fork");
    }
  }

  @Test
  void stopsAtAForkOfTheScheduleThatItDoesNotKnow() throws IOException {
    Path config = temporary.resolve("config.yaml");
    Files.writeString(
        config,
        """
        PRESET_BASE: 'mainnet'
        CONFIG_NAME: 'later'
        CAPELLA_FORK_EPOCH: 0
        CAPELLA_FORK_VERSION: 0x03000000
        WHATEVER_FORK_EPOCH: 100
        WHATEVER_FORK_VERSION: 0x09000000
        DEPOSIT_CHAIN_ID: 1
        """);
    FileReport report =
        verify(temporary, "x.ssz", bytes(vector(DENEB)), Network.of(config.toString()));
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reason()).startsWith("unsupported fork").contains("whatever");
  }

  @Test
  void leavesBlocksFromBeforeCapellaAlone() {
    FileReport report =
        verify(
            vector("beacon-blocks/beacon-api-responses/v2__beacon__getBlock.json"),
            Network.of(null));
    assertThat(report.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(report.fork()).isEqualTo("altair");
    assertThat(report.withdrawals()).isNull();
  }

  @Test
  void saysThatABlindedBlockHasNoList() {
    FileReport report =
        verify(
            vector("beacon-blocks/beacon-api-responses/newBlindedBlockELECTRA.json"),
            Network.of(null));
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reason()).contains("blinded");
  }

  @Test
  void noticesABlockOfAnotherNetwork() {
    FileReport report = verify(vector(CAPELLA_JSON), Network.of("sepolia"));
    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.reason()).contains("another network");
    assertThat(verify(vector(CAPELLA_JSON), Network.of("mainnet")).reason()).isNull();
  }
}
