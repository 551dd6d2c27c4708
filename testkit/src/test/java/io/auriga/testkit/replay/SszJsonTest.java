package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.types.ForkName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares our JSON of blocks with Lodestar's, over all four forks. */
class SszJsonTest {
  private static final String CHAIN = "chain-minimal-capella-to-fulu";

  @Test
  void writesBlocksAsLodestarDoes() throws IOException {
    Path responses = Recordings.shared(CHAIN + "/responses.jsonl.gz");
    BlockSchemas schemas = BlockSchemas.of(Recordings.bundled().spec());
    int compared = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(responses)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode exchange = JsonMapper.shared().readTree(line);
        String path = exchange.path("path").asString();
        if (path.startsWith("/eth/v2/beacon/blocks/")) {
          JsonNode theirs = exchange.path("response");
          String fork = theirs.path("version").asString();
          String slot = theirs.at("/data/message/slot").asString();
          byte[] ssz =
              Files.readAllBytes(
                  Recordings.shared(CHAIN + "/blocks/" + slot + "_" + fork + ".ssz"));

          String ours = SszJson.write(schemas.signedBlock(ForkName.find(fork).orElseThrow()), ssz);

          assertThat(JsonMapper.shared().readTree(ours)).isEqualTo(lowerCase(theirs.path("data")));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(128);
  }

  /** Lodestar writes addresses with EIP-55 checksums. */
  private static JsonNode lowerCase(JsonNode json) {
    return JsonMapper.shared().readTree(json.toString().toLowerCase(Locale.ROOT));
  }
}
