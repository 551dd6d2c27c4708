package io.auriga.app.cli.verify;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Real blocks from the public test vectors, in the forms that nodes answer. */
final class TestBlocks {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TestBlocks() {}

  static Path folder(String name) {
    Path folder = Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"), name);
    assumeTrue(Files.isDirectory(folder), "skipped: no test vectors in " + folder);
    return folder;
  }

  /** A file among the vectors. */
  static Path file(String name) {
    folder("el-withdrawals");
    return Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"), name);
  }

  static Check hash(FileReport report) {
    return Objects.requireNonNull(report.blockHash(), report.toString());
  }

  static Check root(FileReport report) {
    return Objects.requireNonNull(report.withdrawalsRoot(), report.toString());
  }

  static List<Path> files(String folder, String suffix) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("no *" + suffix + " in " + folder);
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static byte[] bytes(Path file) {
    try (InputStream in =
        file.toString().endsWith(".gz")
            ? new GZIPInputStream(Files.newInputStream(file))
            : Files.newInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static ObjectNode json(Path file) {
    return json(bytes(file));
  }

  static ObjectNode json(byte[] text) {
    return (ObjectNode) JSON.readTree(text);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** A block of the vectors as {@code eth_getBlockByHash} answers it, without transactions. */
  static ObjectNode executionBlock(Path file) {
    ObjectNode vector = json(file);
    ObjectNode block = (ObjectNode) vector.get("header").deepCopy();
    block.set("withdrawals", vector.get("withdrawals"));
    return block;
  }

  static FileReport verify(Path folder, String name, byte[] content, Network network) {
    try {
      Files.write(folder.resolve(name), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return verify(folder.resolve(name), network);
  }

  static FileReport verify(Path folder, JsonNode block) {
    return verify(folder, "block.json", JSON.writeValueAsBytes(block), Network.of(null));
  }

  static FileReport verify(Path file, Network network) {
    return new BlockFileVerifier(network, Optional.empty()).verify(file.toString(), Path.of("/"));
  }
}
