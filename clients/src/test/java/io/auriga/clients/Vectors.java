package io.auriga.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auriga.clients.http.NodeJson;
import io.auriga.types.ChainSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Published vectors and recordings, where this machine has them. */
public final class Vectors {
  public static final NodeJson JSON = new NodeJson(32, 64 << 20);
  public static final JsonMapper MAPPER = JsonMapper.shared();

  /** A real node's answers, and a chain through four forks in the Beacon API's form. */
  public static final List<String> RECORDINGS =
      List.of("lodestar-1.5.1-capella", "chain-minimal-capella-to-fulu");

  /** One exchange of a recording. */
  public record Exchange(String path, String body, String text) {
    public byte[] response() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final Map<String, List<Exchange>> LOADED = new ConcurrentHashMap<>();

  private Vectors() {}

  public static Path folder(String name) {
    return existing(root().resolve(name));
  }

  public static Path recording(String name) {
    return existing(root().resolveSibling("recorded").resolve(name));
  }

  private static Path root() {
    return Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"));
  }

  private static Path existing(Path path) {
    assumeTrue(
        Files.isDirectory(path),
        () -> "skipped: the vectors in " + path.getFileName() + " are not on this machine");
    return path;
  }

  public static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static byte[] gunzip(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static List<Exchange> exchanges(String recording) {
    return LOADED.computeIfAbsent(recording, Vectors::load);
  }

  private static List<Exchange> load(String recording) {
    Path file = recording(recording).resolve("responses.jsonl.gz");
    List<Exchange> exchanges = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode exchange = MAPPER.readTree(line);
        exchanges.add(
            new Exchange(
                exchange.get("path").stringValue(),
                exchange.has("body") ? exchange.get("body").toString() : "",
                exchange.get("response").toString()));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return exchanges;
  }

  public static byte[] response(String recording, String path) {
    return exchanges(recording).stream()
        .filter(exchange -> exchange.path().equals(path))
        .findFirst()
        .orElseThrow()
        .response();
  }

  public static ChainSpec spec(String recording) {
    Map<String, String> values = new HashMap<>();
    MAPPER
        .readTree(response(recording, "/eth/v1/config/spec"))
        .get("data")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                values.put(field.getKey(), field.getValue().asString());
              }
            });
    return ChainSpec.of(values);
  }
}
