package io.auriga.testkit.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The recordings that come with the project, and those that lie beside the vectors. */
final class Recordings {
  private Recordings() {}

  /** Real blocks of all four forks, with reorgs of depth 1 to 3. */
  static Path bundledFolder() {
    return Path.of(System.getProperty("auriga.root", ".."))
        .resolve("recordings/minimal-capella-to-fulu");
  }

  static Recording bundled() {
    return Recording.open(bundledFolder());
  }

  /** Answers in the Beacon API's form by other software; skips the test where they are absent. */
  static Path shared(String path) {
    Path file =
        Path.of(System.getProperty("auriga.vectors", "../../shared/vectors"))
            .resolveSibling("recorded")
            .resolve(path);
    Assumptions.assumeTrue(
        Files.exists(file), "skipped: comparison with recorded/" + path + ", which is absent");
    return file;
  }
}
