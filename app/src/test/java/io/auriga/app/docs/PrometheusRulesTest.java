package io.auriga.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.auriga.app.config.AurigaConfig;
import io.auriga.app.house.Project;
import io.auriga.validators.slo.SloRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code deploy/prometheus/auriga.rules.yml} what the program writes, and has Prometheus's
 * own tool run the tests of the rules. To write the file anew: {@code -Dauriga.docs=write}.
 */
class PrometheusRulesTest {
  private static final String RULES = "deploy/prometheus/auriga.rules.yml";

  @Test
  void theFileIsWhatTheProgramWrites() throws IOException {
    double significance = AurigaConfig.load(null, Map.of(), Map.of()).objectives().significance();
    String expected = SloRules.yaml(significance);
    assertThat(Project.page(RULES, expected))
        .as(RULES + "; run with -Dauriga.docs=write to write it anew")
        .isEqualTo(expected);
  }

  @Test
  void theRulesAreValidAndPassTheirOwnTests() throws IOException, InterruptedException {
    promtool("check", "rules", "auriga.rules.yml");
    promtool("test", "rules", "auriga.rules.test.yml");
  }

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(Project.root().resolve(Path.of(RULES).getParent()).toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException absent) {
      System.err.println("NOT TESTED: promtool (Debian's prometheus package) is not installed");
      abort("NOT TESTED: promtool (Debian's prometheus package) is not installed");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + said).isZero();
  }
}
