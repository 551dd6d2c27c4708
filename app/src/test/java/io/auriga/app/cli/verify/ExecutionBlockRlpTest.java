package io.auriga.app.cli.verify;

import static io.auriga.app.cli.verify.TestBlocks.bytes;
import static io.auriga.app.cli.verify.TestBlocks.files;
import static io.auriga.app.cli.verify.TestBlocks.folder;
import static io.auriga.app.cli.verify.TestBlocks.hash;
import static io.auriga.app.cli.verify.TestBlocks.json;
import static io.auriga.app.cli.verify.TestBlocks.object;
import static io.auriga.app.cli.verify.TestBlocks.root;
import static io.auriga.app.cli.verify.TestBlocks.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.rlp.RlpReader;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Hex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExecutionBlockRlpTest {
  @TempDir Path temporary;

  /** A whole mainnet block as nodes store it: the header, and the body's lists. */
  private static byte[] mainnetBlock(String number) {
    Path file = folder("el-withdrawals/mainnet-rlp").resolve("block-data-" + number + ".yaml.gz");
    Map<String, byte[]> parts = new HashMap<>();
    for (String line : new String(bytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        parts.put(line.substring(0, colon), Hex.parse(line.substring(colon + 2).strip()));
      }
    }
    byte[] header = Objects.requireNonNull(parts.get("header"));
    byte[] body = Objects.requireNonNull(parts.get("body"));
    RlpReader lists = RlpReader.of(body).list();
    int start = lists.position();
    return new RlpWriter()
        .beginList()
        .raw(header, 0, header.length)
        .raw(body, start, body.length - start)
        .endList()
        .toBytes();
  }

  private FileReport report(String name, byte[] content) {
    return verify(temporary, name, content, Network.of(null));
  }

  @Test
  void verifiesWholeMainnetBlocks() {
    Map<String, String> hashes =
        Map.of(
            "17034870", "0xe22c56f211f03baadcc91e4eb9a24344e6848c5df4473988f893b58223f5216c",
            "19426587", "0xf8e2f40d98fe5862bc947c8c83d34799c50fb344d7445d020a8a946d891b62ee",
            "22431083", "0x28fb2c1d988435955e569451c6ad772f7fb5e61cddd7463c7b60e933ed5ff237");
    hashes.forEach(
        (number, hash) -> {
          FileReport report = report(number + ".rlp", mainnetBlock(number));
          assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
          assertThat(report.blockHash()).isEqualTo(new Check(null, hash));
          assertThat(root(report).ok()).isTrue();
        });
  }

  @Test
  void readsBinaryAndEveryWayToWriteHex() {
    byte[] rlp = mainnetBlock("19426587");
    String hex = Hex.toHex(rlp);
    ObjectNode answer = object();
    answer.put("jsonrpc", "2.0").put("id", 1).put("result", hex);
    FileReport expected = report("block.rlp", rlp);
    assertThat(expected.fork()).isEqualTo("cancun");
    String[] texts = {
      hex,
      hex + "\n",
      hex.substring(2),
      '"' + hex + "\"\n",
      answer.toString(),
      "  " + hex.toUpperCase(Locale.ROOT).replace("0X", "0x"),
      hex.substring(0, 1000) + "\r\n" + hex.substring(1000)
    };
    for (String text : texts) {
      FileReport report = report("block", text.getBytes(StandardCharsets.US_ASCII));
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
      assertThat(report.blockHash()).isEqualTo(expected.blockHash());
    }
  }

  @Test
  void judgesEachBlockOfTheExecutionTestsAsTheyDo() {
    int blocks = 0;
    for (String folder : new String[] {"bc4895", "pyspecs-eip4895"}) {
      for (Path file : files("el-withdrawals/ethereum-tests/" + folder, ".json.gz")) {
        for (JsonNode test : json(file)) {
          for (JsonNode block : test.path("blocks")) {
            byte[] rlp = Hex.parse(block.get("rlp").stringValue());
            FileReport report = report("block.rlp", rlp);
            boolean malformed = block.path("expectException").asString("").contains("RLP");
            assertThat(report.verdict())
                .as(file + ": " + report)
                .isEqualTo(malformed ? Verdict.UNREADABLE : Verdict.VERIFIED);
            JsonNode hash = block.at("/blockHeader/hash");
            if (hash.isString()) {
              assertThat(hash(report).computed()).isEqualTo(hash.stringValue());
            }
            blocks++;
          }
        }
      }
    }
    assertThat(blocks).isGreaterThan(40);
  }

  @Test
  void neverPassesABlockWithOneByteAlteredInItsListsOrRoots() {
    byte[] rlp = mainnetBlock("19426587");
    RlpReader block = RlpReader.of(rlp).list();
    block.skip();
    block.skip();
    block.skip();
    for (int at = block.position(); at < rlp.length; at++) {
      byte[] altered = rlp.clone();
      altered[at] ^= 1;
      FileReport report = report("block.rlp", altered);
      assertThat(report.verdict()).as("byte " + at).isIn(Verdict.MISMATCH, Verdict.UNREADABLE);
    }
  }

  @Test
  void reportsEveryTruncationAsUnreadable() {
    byte[] rlp = mainnetBlock("19426587");
    for (int length : new int[] {1, 2, 3, 100, 600, 10_000, rlp.length - 1}) {
      FileReport report = report("block.rlp", Arrays.copyOf(rlp, length));
      assertThat(report.verdict()).as("%s bytes", length).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reason()).isNotBlank();
    }
    byte[] longer = Arrays.copyOf(rlp, rlp.length + 1);
    assertThat(report("block.rlp", longer).verdict()).isEqualTo(Verdict.UNREADABLE);
  }

  @Test
  void saysThatAHeaderOrABodyAloneIsNoBlock() {
    byte[] rlp = mainnetBlock("19426587");
    RlpReader block = RlpReader.of(rlp).list();
    int start = block.position();
    block.skip();
    byte[] header = Arrays.copyOfRange(rlp, start, block.position());
    byte[] body =
        new RlpWriter()
            .beginList()
            .raw(rlp, block.position(), rlp.length - block.position())
            .endList()
            .toBytes();
    assertThat(report("header.rlp", header).reason()).contains("header alone");
    assertThat(report("body.rlp", body).reason()).contains("no block");
  }

  @Test
  void refusesAHeaderOf23Fields() {
    byte[] rlp = mainnetBlock("22431083");
    RlpReader block = RlpReader.of(rlp).list();
    RlpReader header = block.list();
    RlpWriter altered = new RlpWriter().beginList().beginList();
    while (header.hasNext()) {
      altered.bytes(header.bytes());
    }
    for (int i = 0; i < 3; i++) {
      altered.bytes(new byte[32]);
    }
    altered.endList().raw(rlp, block.position(), rlp.length - block.position()).endList();
    FileReport report = report("block.rlp", altered.toBytes());
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reason()).startsWith("unsupported fork").contains("23 fields");
  }
}
