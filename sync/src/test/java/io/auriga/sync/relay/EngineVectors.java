package io.auriga.sync.relay;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Published exchanges of the Engine API, where this machine has them. */
public final class EngineVectors {
  public static final JsonMapper MAPPER = JsonMapper.shared();

  private EngineVectors() {}

  public static Path folder() {
    Path folder =
        Path.of(System.getProperty("auriga.vectors", "../../shared/vectors")).resolve("engine-api");
    assumeTrue(
        Files.isDirectory(folder),
        () -> "skipped: the vectors in " + folder.getFileName() + " are not on this machine");
    return folder;
  }

  /** Bodies of requests, as they are in the files. */
  public static List<byte[]> requests() {
    List<byte[]> bodies = new ArrayList<>();
    exchanges("request").forEach(node -> bodies.add(MAPPER.writeValueAsBytes(node)));
    newPayloads().forEach(node -> bodies.add(MAPPER.writeValueAsBytes(node)));
    lines(">> ").forEach(bodies::add);
    return bodies;
  }

  public static List<byte[]> answers() {
    List<byte[]> bodies = new ArrayList<>();
    exchanges("response").forEach(node -> bodies.add(MAPPER.writeValueAsBytes(node)));
    lines("<< ").forEach(bodies::add);
    return bodies;
  }

  public static List<JsonNode> newPayloads() {
    Path file = folder().resolve("newpayload-geth-ethtest/newpayload.json.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return MAPPER.readTree(in).valueStream().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<JsonNode> exchanges(String part) {
    return files("engine-exchanges-besu", ".json")
        .map(file -> MAPPER.readTree(read(file)))
        .filter(node -> node.has(part))
        .map(node -> node.get(part))
        .toList();
  }

  private static List<byte[]> lines(String mark) {
    return files("rpc-compat", ".io")
        .flatMap(file -> new String(read(file), java.nio.charset.StandardCharsets.UTF_8).lines())
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(3).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }

  private static Stream<Path> files(String name, String suffix) {
    try (Stream<Path> files = Files.list(folder().resolve(name))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
