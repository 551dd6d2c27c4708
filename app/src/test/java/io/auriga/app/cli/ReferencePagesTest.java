package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.config.KnownKey;
import io.auriga.types.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Keeps the pages in {@code docs/reference} true: they are written from what the program knows. To
 * write them anew: {@code ./mvnw -pl app -am verify -Dauriga.docs=write}.
 */
class ReferencePagesTest {
  private static final Path ROOT = Path.of(System.getProperty("auriga.root", ".."));
  private static final Path PAGES = ROOT.resolve("docs/reference");

  private static void check(String page, String expected) throws IOException {
    Path file = PAGES.resolve(page);
    if (System.getProperty("auriga.docs", "").equals("write")) {
      Files.createDirectories(PAGES);
      Files.writeString(file, expected);
    }
    assertThat(file).as("run with -Dauriga.docs=write to write it").exists();
    assertThat(Files.readString(file))
        .as("docs/reference/" + page + "; run with -Dauriga.docs=write to write it anew")
        .isEqualTo(expected);
  }

  @Test
  void listsEveryKeyOfTheConfiguration() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration

            Every key can be given in three places; the first that has it wins:

            1. on the command line: `--set http.port=9000`, or its own option where there is one;
            2. in the environment, under the name in the second column;
            3. in the YAML file that `--config` names: `http: {port: 9000}`.

            Secrets are never values here, only the paths of files that hold them. An unknown key is an
            error that names the nearest known one. Nodes that differ in their settings are listed in
            the file under `consensus.nodes` and `execution.nodes`, each with a `url` and the keys of
            its side.

            Validators are watched that `watch` names or a group does: by index, range, public key, withdrawal
            address, or in files of keys. Groups are a list in the file. A validator may have many labels, and is in
            one group at most: in that which names it, else in that of the address it pays to. How it is used is in
            [validators](../operating/validators.md).

            ```yaml
            watch:
              files: [/etc/auriga/keys.txt]
              labels: ["operator:acme"]
            groups:
              - name: north
                validators: [17, 100..199]
                labels: ["region:eu"]
              - name: south
                addresses: ["0x00000000219ab540356cbb839cbe05303d7705fa"]
            ```

            | key | environment | form | default | what it is |
            | --- | --- | --- | --- | --- |
            """);
    for (KnownKey key : AurigaConfig.keys()) {
      String fallback = key.fallback() == null ? "" : "`" + key.fallback() + "`";
      page.append("| `")
          .append(key.path())
          .append("` | `")
          .append(key.environment())
          .append("` | ")
          .append(key.form())
          .append(" | ")
          .append(fallback.equals("``") ? "none" : fallback)
          .append(" | ")
          .append(escaped(key.description()))
          .append(" |\n");
    }
    check("configuration.md", page.toString());
  }

  @Test
  void listsEveryCommandAsItsHelpDoes() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Commands

            What `--help` prints. Relative names of files belong to the folder that `auriga` is called in.
            """);
    commands("", Auriga.commandLine(), page);
    check("commands.md", page.toString());
  }

  private static void commands(String above, CommandLine command, StringBuilder page) {
    String name = (above + " " + command.getCommandName()).strip();
    StringWriter help = new StringWriter();
    command
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .usage(new PrintWriter(help), CommandLine.Help.Ansi.OFF);
    page.append("\n## ").append(name).append("\n\n```\n");
    help.toString().lines().forEach(line -> page.append(line.stripTrailing()).append('\n'));
    page.append("```\n");
    new TreeMap<>(command.getSubcommands()).values().forEach(sub -> commands(name, sub, page));
  }

  @Test
  void listsEveryErrorCode() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Errors

            Every failure that a person can see has a code that never changes. Messages read: *code*: Cannot
            *what was attempted*: *what went wrong*. What to do: *remedy*.

            | code | what it means | what to do |
            | --- | --- | --- |
            """);
    Map<String, ErrorCode> codes = new TreeMap<>();
    for (ErrorCode code : errorCodes()) {
      assertThat(codes.put(code.code(), code)).as("twice: " + code.code()).isNull();
      assertThat(code.code()).matches("AUR-[A-Z]+(-[A-Z0-9]+)+");
    }
    codes.forEach(
        (name, code) ->
            page.append("| `")
                .append(name)
                .append("` | ")
                .append(escaped(code.meaning()))
                .append(" | ")
                .append(escaped(code.remedy()))
                .append(". |\n"));
    check("errors.md", page.toString());
  }

  /** Text that Markdown leaves as it is. */
  private static String escaped(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|");
  }

  /** All enums of the product that implement {@link ErrorCode}, found by their sources. */
  private static List<ErrorCode> errorCodes() throws IOException {
    List<ErrorCode> codes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith("Error.java"))
              .filter(file -> file.toString().contains("src/main/java"))
              .filter(file -> !file.toString().contains("benchmarks"))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      for (Path source : sources) {
        String text = Files.readString(source);
        if (!text.contains("implements ErrorCode")) {
          continue;
        }
        String path = source.toString();
        String type =
            path.substring(path.indexOf("src/main/java/") + 14, path.length() - 5)
                .replace('/', '.');
        for (Object constant : constants(type)) {
          codes.add((ErrorCode) constant);
        }
      }
    }
    assertThat(codes).hasSizeGreaterThan(30);
    return codes;
  }

  private static Object[] constants(String type) {
    try {
      Object[] constants = Class.forName(type).getEnumConstants();
      return constants == null ? new Object[0] : constants;
    } catch (ClassNotFoundException missing) {
      throw new AssertionError("cannot load " + type, missing);
    }
  }
}
