package io.auriga.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.xerial.snappy.Snappy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds and opens the public test vectors; a test that misses them is skipped and says so. */
public final class Vectors {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Vectors() {}

  /** A folder or file among the vectors. */
  public static Path path(String name) {
    return require(Path.of(System.getProperty("auriga.vectors", "../../shared/vectors")), name);
  }

  /** A folder or file among the recordings of real chains, which lie beside the vectors. */
  public static Path recording(String name) {
    Path vectors = Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"));
    return require(vectors.resolveSibling("recorded"), name);
  }

  private static Path require(Path root, String name) {
    Path path = root.resolve(name);
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: the test data " + name + " is not at " + root);
    return path;
  }

  /** The files of a folder whose names end in a suffix, sorted; never none. */
  public static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("no *" + suffix + " in " + folder);
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A file's bytes, without gzip or raw snappy around them. */
  public static byte[] read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (file.toString().endsWith(".gz")) {
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
      }
      return file.toString().endsWith(".ssz_snappy") ? Snappy.uncompress(bytes) : bytes;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static JsonNode json(Path file) {
    return JSON.readTree(read(file));
  }

  /** The test cases of a consensus-spec archive: folder name to file name to content. */
  public static Map<String, Map<String, byte[]>> cases(Path zip) {
    Map<String, Map<String, byte[]>> cases = new LinkedHashMap<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = new ArrayList<>(file.stream().toList());
      for (ZipEntry entry : entries) {
        int slash = entry.getName().lastIndexOf('/');
        String name = entry.getName().substring(slash + 1);
        if (name.isEmpty() || name.equals("value.yaml")) {
          continue;
        }
        byte[] bytes = file.getInputStream(entry).readAllBytes();
        cases
            .computeIfAbsent(entry.getName().substring(0, slash), _ -> new LinkedHashMap<>())
            .put(name, name.endsWith(".ssz_snappy") ? Snappy.uncompress(bytes) : bytes);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return cases;
  }
}
