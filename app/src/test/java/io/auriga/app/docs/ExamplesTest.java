package io.auriga.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.cli.Auriga;
import io.auriga.app.house.Project;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the commands in blocks tagged {@code sh test}: each line is one call of {@code ./auriga}
 * from the root of the project and must end with 0. A block tagged {@code text test} that follows
 * holds what the command prints, word for word.
 */
class ExamplesTest {
  private static final String CALL = "./auriga ";

  @TestFactory
  Stream<DynamicTest> runsWhatTheDocumentationTellsToRun() {
    return MarkdownPage.all().stream()
        .flatMap(
            page ->
                page.blocks("sh test").stream()
                    .map(
                        block ->
                            DynamicTest.dynamicTest(
                                page.name() + ":" + block.line(), () -> run(page, block))));
  }

  @Test
  void findsExamplesAtAll() {
    long blocks =
        MarkdownPage.all().stream().mapToLong(page -> page.blocks("sh test").size()).sum();
    assertThat(blocks).isGreaterThanOrEqualTo(2);
  }

  private static void run(MarkdownPage page, MarkdownPage.Block block) {
    StringBuilder printed = new StringBuilder();
    for (String line : joined(block.content())) {
      assertThat(line).as("only the launcher is called").startsWith(CALL);
      printed.append(output(line));
    }
    // One line closes the block, one is empty, one opens the next.
    int next = block.line() + block.content().size() + 3;
    page.blocks("text test").stream()
        .filter(expected -> expected.line() == next)
        .forEach(
            expected ->
                assertThat(printed.toString().lines().toList()).isEqualTo(expected.content()));
  }

  private static String output(String line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Auriga.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments(line.substring(CALL.length())));
    assertThat(code).as("%s%n%s%s", line, out, err).isZero();
    // Paths are printed as they were given; those of the page are relative to the project.
    return out.toString().replace(Project.root() + "/", "");
  }

  /** As the shell takes them apart; the examples quote nothing. */
  private static String[] arguments(String line) {
    assertThat(line).as("needs no quoting").doesNotContainPattern("[\"'$*|<>&;]");
    return Arrays.stream(line.strip().split("\\s+", -1))
        .map(
            word ->
                word.startsWith("recordings/")
                    ? Path.of(Project.root() + "/" + word).toString()
                    : word)
        .toArray(String[]::new);
  }

  /** Lines that end in a backslash go on in the next. */
  private static List<String> joined(List<String> lines) {
    List<String> whole = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : lines) {
      if (part.endsWith("\\")) {
        line.append(part, 0, part.length() - 1).append(' ');
      } else {
        whole.add(line.append(part).toString());
        line.setLength(0);
      }
    }
    assertThat(line.toString()).as("the block ends in a backslash").isEmpty();
    return whole;
  }
}
