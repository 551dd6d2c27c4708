package io.auriga.app.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {
  @TempDir Path temporary;

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private FileReport report(String name, byte[] content) throws IOException {
    Files.write(temporary.resolve(name), content);
    return new BlockFileVerifier(Network.of(null), Optional.empty()).verify(name, temporary);
  }

  @Test
  void reportsWhatIsNoFileOfABlock() throws IOException {
    Random random = new Random(1);
    byte[] junk = new byte[5000];
    random.nextBytes(junk);
    List<FileReport> reports =
        List.of(
            report("empty.json", new byte[0]),
            report("junk.bin", junk),
            report("junk.ssz", junk),
            report("junk.rlp", junk),
            report("junk.ssz_snappy", junk),
            report("junk.gz", junk),
            report("empty.gz", gzip(new byte[0])),
            report("empty.sz", new byte[1]), // Snappy: nothing follows
            report("cut.gz", Arrays.copyOf(gzip(junk), 100)),
            report("text.txt", "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8)),
            report("open.json", "{\"number\":\"0x1\"".getBytes(StandardCharsets.UTF_8)),
            report("list.json", "[{}]".getBytes(StandardCharsets.UTF_8)),
            report("two.json", "{} {}".getBytes(StandardCharsets.UTF_8)),
            report("deep.json", "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8)),
            report("other.json", "{\"hello\":1}".getBytes(StandardCharsets.UTF_8)),
            report(
                "error.json",
                "{\"code\":404,\"message\":\"not found\"}".getBytes(StandardCharsets.UTF_8)),
            report("hex.txt", "0x1234".getBytes(StandardCharsets.UTF_8)),
            report("odd.txt", "0x123".getBytes(StandardCharsets.UTF_8)));
    for (FileReport report : reports) {
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reason()).as(report.file()).isNotBlank().doesNotContain("Exception");
    }
    BlockFileVerifier verifier = new BlockFileVerifier(Network.of(null), Optional.empty());
    assertThat(verifier.verify("missing.json", temporary).reason()).contains("no such file");
    assertThat(verifier.verify(".", temporary).reason()).contains("folder");
    assertThat(verifier.verify("a\0b", temporary).reason()).contains("no file name");
  }

  @Test
  void doesNotUnpackMoreThanABlockCanHold() throws IOException {
    byte[] bomb = gzip(new byte[FileContent.BYTES_MAX + 1]);
    assertThat(report("bomb.gz", bomb).reason()).contains("more than 48 MiB");
    // A length of 4 GiB, and nothing behind it.
    byte[] promise = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    assertThat(report("promise.ssz_snappy", promise).reason()).contains("snappy");
  }

  @Test
  void writesTheReportInTheOrderThatScriptsReadItIn() {
    FileReport report =
        new FileReport(
            "a \"b\".json",
            BlockKind.EXECUTION,
            "shanghai",
            16,
            new Check("0x01", "0x02"),
            new Check(null, "0x03"),
            null,
            Verdict.MISMATCH,
            "it differs");
    assertThat(report.toJson())
        .isEqualTo(
            """
            {"file":"a \\"b\\".json","kind":"execution-block","fork":"shanghai","withdrawals":16,\
            "withdrawalsRoot":{"claimed":"0x01","computed":"0x02","ok":false},\
            "blockHash":{"claimed":null,"computed":"0x03","ok":null},"blockRoot":null,\
            "verdict":"mismatch","reason":"it differs"}\
            """);
    assertThat(FileReport.unreadable("x", null, "why").toJson())
        .isEqualTo(
            """
            {"file":"x","kind":null,"fork":null,"withdrawals":null,"withdrawalsRoot":null,\
            "blockHash":null,"blockRoot":null,"verdict":"unreadable","reason":"why"}\
            """);
  }
}
