package io.auriga.withdrawals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.xerial.snappy.Snappy;

/** The official cases, read where they lie; a test that misses them is skipped and says so. */
public final class SpecCases {
  private SpecCases() {}

  /** Case name to file name to content, without the Snappy around it. */
  public static Map<String, Map<String, byte[]>> read(String archive) {
    Path zip =
        Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"))
            .resolve("consensus-spec")
            .resolve(archive);
    Assumptions.assumeTrue(Files.exists(zip), () -> "skipped: there is no " + zip);
    Map<String, Map<String, byte[]>> cases = new TreeMap<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        String[] path = entry.getName().split("/", -1);
        String name = path[path.length - 1];
        if (name.endsWith(".ssz_snappy")) {
          cases
              .computeIfAbsent(path[path.length - 2], _ -> new TreeMap<>())
              .put(name, Snappy.uncompress(file.getInputStream(entry).readAllBytes()));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return cases;
  }
}
