package io.auriga.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the arrows of ARCHITECTURE.md: in the POMs, and in what the compiled classes refer to. */
class ModuleGraphTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>io\\.auriga</groupId>\\s*<artifactId>auriga-([a-z0-9]+)"
              + "</artifactId>((?:(?!</dependency>).)*)</dependency>",
          Pattern.DOTALL);

  private static final Map<String, Set<String>> ALLOWED = new LinkedHashMap<>();

  static {
    Set<String> foundation = Set.of("types", "crypto", "clients", "chain", "runtime");
    ALLOWED.put("types", Set.of());
    ALLOWED.put("crypto", Set.of("types"));
    ALLOWED.put("clients", Set.of("types", "crypto"));
    ALLOWED.put("chain", Set.of("types", "crypto", "clients"));
    ALLOWED.put("runtime", Set.of("types"));
    ALLOWED.put("withdrawals", foundation);
    ALLOWED.put("validators", foundation);
    ALLOWED.put("sync", foundation);
    ALLOWED.put("testkit", foundation);
    ALLOWED.put(
        "app",
        Set.of(
            "types",
            "crypto",
            "clients",
            "chain",
            "runtime",
            "withdrawals",
            "validators",
            "sync",
            // The replay nodes ship with the product: they are what `auriga demo` shows.
            "testkit"));
    // Heavy, and beside the product: nothing may use it.
    ALLOWED.put("history-flink", Set.of("types", "crypto", "clients", "chain"));
    ALLOWED.put(
        "benchmarks",
        Set.of(
            "types",
            "crypto",
            "clients",
            "chain",
            "runtime",
            "withdrawals",
            "validators",
            "sync",
            "testkit",
            "app"));
  }

  @Test
  void everyModuleHasItsPlaceInTheGraph() {
    assertThat(ALLOWED.keySet()).containsExactlyInAnyOrderElementsOf(Project.modules());
  }

  @Test
  void pomsFollowTheGraph() {
    List<String> offending = new ArrayList<>();
    arrows().forEach((module, targets) -> offending.addAll(offences(module, targets)));
    assertThat(offending).as("arrows that ARCHITECTURE.md does not allow").isEmpty();
  }

  @Test
  void classesReferOnlyToModulesTheirPomNames() throws IOException {
    List<String> offending = new ArrayList<>();
    for (var module : arrows().entrySet()) {
      Set<String> targets = referredTo(module.getKey());
      // A package's name has no hyphens.
      targets.remove(module.getKey().replace("-", ""));
      targets.removeAll(module.getValue());
      targets.forEach(target -> offending.add(module.getKey() + " → " + target));
    }
    assertThat(offending).as("classes that reach past their POM").isEmpty();
  }

  @Test
  void thePictureInTheDocsIsTrue() {
    StringBuilder page =
        new StringBuilder(
            """
            # The module graph

            Drawn by `ModuleGraphTest` from the POMs; an arrow reads "may use". After a change:
            `./mvnw -pl app -am verify -Dauriga.docs=write`.

            ```mermaid
            graph BT
            """);
    arrows()
        .forEach(
            (module, targets) ->
                targets.forEach(target -> page.append("  %s --> %s%n".formatted(module, target))));
    page.append("```\n");
    assertThat(Project.page("docs/internals/modules.md", page.toString()))
        .isEqualTo(page.toString());
  }

  private static List<String> offences(String module, Set<String> targets) {
    Set<String> allowed = ALLOWED.getOrDefault(module, Set.of());
    return targets.stream()
        .filter(target -> !allowed.contains(target))
        .map(target -> module + " → " + target)
        .toList();
  }

  /** Module to modules, by the POMs; test scope left out. */
  private static Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (String module : Project.modules()) {
      Set<String> targets = new TreeSet<>();
      Matcher matcher =
          DEPENDENCY.matcher(Project.read(Project.root().resolve(module).resolve("pom.xml")));
      while (matcher.find()) {
        if (!matcher.group(2).contains("<scope>test</scope>")) {
          targets.add(matcher.group(1));
        }
      }
      arrows.put(module, targets);
    }
    return arrows;
  }

  private static Set<String> referredTo(String module) throws IOException {
    Set<String> modules = new TreeSet<>();
    Path classes = Project.root().resolve(module).resolve("target/classes");
    for (Path file : Project.files(classes, ".class").toList()) {
      for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
        if (entry instanceof ClassEntry type) {
          String name = type.asInternalName();
          if (name.startsWith("io/auriga/")) {
            modules.add(name.split("/", 4)[2]);
          }
        }
      }
    }
    return modules;
  }
}
