package io.auriga.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.house.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {
  @Test
  void everyRelativeLinkLeadsSomewhere() {
    List<String> dead = new ArrayList<>();
    for (MarkdownPage page : MarkdownPage.all()) {
      for (String link : page.links()) {
        if (!isForeign(link) && !leadsSomewhere(page, link)) {
          dead.add(page.name() + ": " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageCanBeReached() {
    Deque<Path> ahead = new ArrayDeque<>();
    Stream.of("docs/README.md", "README.md")
        .map(Project.root()::resolve)
        .filter(Files::exists)
        .forEach(ahead::add);
    Set<Path> reached = new LinkedHashSet<>();
    while (!ahead.isEmpty()) {
      Path file = ahead.poll();
      if (file.toString().endsWith(".md") && Files.isRegularFile(file) && reached.add(file)) {
        MarkdownPage page = MarkdownPage.read(file);
        page.links().stream()
            .filter(link -> !isForeign(link))
            .map(link -> target(page, link))
            .forEach(ahead::add);
      }
    }
    assertThat(Project.files(Project.root().resolve("docs"), ".md").toList())
        .as("pages that no link leads to")
        .isNotEmpty()
        .allSatisfy(page -> assertThat(reached).contains(page));
  }

  private static boolean isForeign(String link) {
    return link.matches("[a-z]+:.*");
  }

  private static boolean leadsSomewhere(MarkdownPage page, String link) {
    Path target = target(page, link);
    int hash = link.indexOf('#');
    return Files.exists(target)
        && (hash < 0
            || !target.toString().endsWith(".md")
            || MarkdownPage.read(target).anchors().contains(link.substring(hash + 1)));
  }

  private static Path target(MarkdownPage page, String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty()
        ? page.file()
        : page.file().resolveSibling(path).toAbsolutePath().normalize();
  }
}
