package io.auriga.app.docs;

import io.auriga.app.house.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** As much of a Markdown file as the tests look at. */
record MarkdownPage(Path file, List<String> lines) {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

  static MarkdownPage read(Path file) {
    return new MarkdownPage(file, Project.read(file).lines().toList());
  }

  /** The pages that belong to the documentation, and those at the root of the project. */
  static List<MarkdownPage> all() {
    Path root = Project.root();
    Stream<Path> atRoot =
        Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
            .map(root::resolve)
            .filter(file -> file.toFile().exists());
    return Stream.concat(atRoot, Project.files(root.resolve("docs"), ".md"))
        .map(MarkdownPage::read)
        .toList();
  }

  /** The targets of its links, code left out. */
  List<String> links() {
    return prose().stream()
        .flatMap(
            line ->
                LINK.matcher(CODE_SPAN.matcher(line).replaceAll("``"))
                    .results()
                    .map(match -> match.group(1)))
        .toList();
  }

  /** What a link may name after {@code #}. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    for (String line : prose()) {
      if (line.matches("#{1,6} .+")) {
        anchors.add(
            line.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replace(' ', '-'));
      }
    }
    return anchors;
  }

  /** The fenced blocks whose info string is {@code info}. */
  List<Block> blocks(String info) {
    List<Block> blocks = new ArrayList<>();
    List<String> content = new ArrayList<>();
    String open = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (open.isEmpty() && line.startsWith("```")) {
        open = line;
        content = new ArrayList<>();
      } else if (!open.isEmpty() && line.equals("```")) {
        if (open.equals("```" + info)) {
          blocks.add(new Block(i + 1 - content.size(), List.copyOf(content)));
        }
        open = "";
      } else if (!open.isEmpty()) {
        content.add(line);
      }
    }
    return blocks;
  }

  private List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code) {
        prose.add(line);
      }
    }
    return prose;
  }

  String name() {
    return Project.root().relativize(file).toString();
  }

  /** A fenced block and the number of its first line. */
  record Block(int line, List<String> content) {}
}
