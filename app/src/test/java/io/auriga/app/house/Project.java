package io.auriga.app.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout these tests run in. */
public final class Project {
  /** Set to {@code write} to bring generated pages up to date instead of comparing them. */
  private static final boolean WRITE = "write".equals(System.getProperty("auriga.docs"));

  private Project() {}

  public static Path root() {
    return Path.of(System.getProperty("auriga.root", "..")).toAbsolutePath().normalize();
  }

  public static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The modules, as the root POM lists them. */
  static List<String> modules() {
    return java.util.regex.Pattern.compile("<module>([a-z0-9-]+)</module>")
        .matcher(read(root().resolve("pom.xml")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  static List<Path> javaFiles() {
    return modules().stream()
        .flatMap(module -> files(root().resolve(module).resolve("src"), ".java"))
        .toList();
  }

  public static Stream<Path> files(Path folder, String suffix) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * What a generated page holds now; with {@code -Dauriga.docs=write} it is written first, so that
   * a comparison with {@code expected} succeeds.
   */
  public static String page(String path, String expected) {
    Path file = root().resolve(path);
    try {
      if (WRITE) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, expected);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return Files.exists(file) ? read(file) : "";
  }
}
