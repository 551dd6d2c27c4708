package io.auriga.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.house.Project;
import org.junit.jupiter.api.Test;

/** The example of embedding the exporter in docs is the one that is compiled and run by a test. */
class ExporterExampleTest {
  @Test
  void thePageShowsWhatIsCompiled() {
    String source =
        Project.read(
            Project.root()
                .resolve(
                    "validators/src/test/java/io/auriga/validators/exporter/ExporterExample.java"));
    String example =
        source.substring(
            source.indexOf("// example:begin\n") + "// example:begin\n".length(),
            source.indexOf("  // example:end"));
    assertThat(Project.read(Project.root().resolve("docs/operating/validators.md")))
        .contains("```java\n" + example + "```");
  }
}
