package io.auriga.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One formatter, never discussed. It runs here and not as a Maven plugin because Maven itself may
 * be on JDK 17, whose parser cannot read our Java. {@code -Dauriga.format=write} formats in place.
 */
class FormattingTest {
  private static final boolean WRITE = "write".equals(System.getProperty("auriga.format"));

  @Test
  void everyJavaFileIsFormatted() throws IOException, FormatterException {
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    for (Path file : Project.javaFiles()) {
      String text = Project.read(file);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (!formatted.equals(text)) {
        unformatted.add(Project.root().relativize(file));
        if (WRITE) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!WRITE) {
      assertThat(unformatted)
          .as("not formatted; ./mvnw -pl app -am verify -Dauriga.format=write does it")
          .isEmpty();
    }
  }
}
