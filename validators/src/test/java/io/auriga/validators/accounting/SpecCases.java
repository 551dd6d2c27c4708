package io.auriga.validators.accounting;

import io.auriga.crypto.snappy.SnappyBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/** The official generator's cases; a test that misses them is skipped and says so. */
final class SpecCases {
  private SpecCases() {}

  /** Case name to file name to content, the latter unpacked. */
  static Map<String, Map<String, byte[]>> of(String archive) throws IOException {
    Path vectors = Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"));
    Path zip = vectors.resolve("consensus-spec/" + archive + ".zip");
    Assumptions.assumeTrue(Files.exists(zip), () -> "skipped: " + zip + " is absent");
    Map<String, Map<String, byte[]>> cases = new TreeMap<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        String[] parts = entry.getName().split("/", -1);
        String name = parts[parts.length - 1];
        if (name.endsWith(".ssz_snappy")) {
          byte[] packed = file.getInputStream(entry).readAllBytes();
          cases
              .computeIfAbsent(parts[parts.length - 2], _ -> new TreeMap<>())
              .put(name.substring(0, name.indexOf('.')), SnappyBlock.decode(packed, 16 << 20));
        }
      }
    }
    return cases;
  }
}
