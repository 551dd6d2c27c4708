package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.house.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What {@code ./auriga} runs. These tests do not let it build, since they run in the middle of a
 * build, and refuse to test what is older than the sources.
 */
final class Launcher {
  private static final String REMEDY = "run './auriga --version' first, which builds, then again";

  private static final int FINDING = 1;

  private Launcher() {}

  static void requireBuilt() {
    Path current = Project.root().resolve("target/launch/current");
    assertThat(current).as("what the launcher built; " + REMEDY).exists();
    Path stamp = current.resolveSibling(Project.read(current).strip()).resolve("built");
    assertThat(stamp).as("what the launcher built; " + REMEDY).exists();
    assertThat(newerThan(stamp)).as("sources newer than what was built; " + REMEDY).isEmpty();
  }

  /**
   * Runs a command to its end.
   *
   * @return its lines of JSON; what is told on the way, on standard error, is none
   * @throws IllegalStateException if it ended otherwise than well or with a finding
   */
  static List<JsonNode> run(Path folder, Duration limit, List<String> words)
      throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("env", "AURIGA_BUILD=no"));
    all.add(Project.root().resolve("auriga").toString());
    all.addAll(words);
    Command.Result result = Command.run(folder, limit, all);
    String output = result.code() == FINDING ? result.output() : result.require();
    return output.lines().filter(line -> line.startsWith("{")).map(Http::parse).toList();
  }

  private static List<Path> newerThan(Path stamp) {
    try (Stream<Path> modules = Files.list(Project.root())) {
      FileTime built = Files.getLastModifiedTime(stamp);
      return modules
          .map(module -> module.resolve("src/main"))
          .filter(Files::isDirectory)
          .flatMap(Launcher::files)
          .filter(file -> modified(file).map(time -> time.compareTo(built) > 0).orElse(false))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Optional<FileTime> modified(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
