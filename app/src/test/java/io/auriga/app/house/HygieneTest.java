package io.auriga.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Small promises about the sources that no compiler keeps. */
class HygieneTest {
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled");

  private static final int LINES_MAX = 500;

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(matching(UNFINISHED)).isEmpty();
  }

  @Test
  void everyPackageSaysThatItIsNullMarked() {
    List<Path> unmarked =
        Project.javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .map(Path::getParent)
            .distinct()
            .filter(
                folder -> {
                  Path info = folder.resolve("package-info.java");
                  return !info.toFile().exists() || !Project.read(info).contains("@NullMarked");
                })
            .map(Project.root()::relativize)
            .toList();
    assertThat(unmarked).isEmpty();
  }

  @Test
  void noProductFileNeedsMuchScrolling() {
    List<String> tooLong =
        Project.javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .filter(file -> Project.read(file).lines().count() > LINES_MAX)
            .map(file -> Project.root().relativize(file).toString())
            .toList();
    assertThat(tooLong).as("files of more than " + LINES_MAX + " lines").isEmpty();
  }

  private static List<Path> matching(Pattern pattern) {
    return Project.javaFiles().stream()
        .filter(file -> pattern.matcher(Project.read(file)).find())
        .map(Project.root()::relativize)
        .toList();
  }
}
