package io.auriga.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.auriga.runtime.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

@ResourceLock(Resources.SYSTEM_ERR)
class LoggingTest {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String logged(Level level, LogFormat format, Runnable work) {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    Logging.apply(level, format);
    work.run();
    System.err.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    Logging.apply(Level.INFO, LogFormat.TEXT);
  }

  @Test
  void writesASentenceAndItsPairs() {
    String line =
        logged(
            Level.INFO,
            LogFormat.TEXT,
            () -> LOG.atInfo().addKeyValue("slot", 7).addKeyValue("count", 16).log("Block kept"));
    assertThat(line)
        .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z INFO  LoggingTest: Block kept slot=7 count=16\\R");
  }

  @Test
  void cannotBeMadeToForgeALine() {
    String line =
        logged(
            Level.INFO,
            LogFormat.TEXT,
            () -> LOG.atInfo().addKeyValue("node", "x\n2026 ERROR forged").log("Node reached"));
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void leavesOutWhatIsBelowItsLevel() {
    assertThat(logged(Level.WARN, LogFormat.TEXT, () -> LOG.info("Not to be seen"))).isEmpty();
  }

  @Test
  void printsTheCauseOfAFailure() {
    String text =
        logged(
            Level.INFO,
            LogFormat.TEXT,
            () -> LOG.atError().setCause(new IllegalStateException("why")).log("Failed"));
    assertThat(text).contains("IllegalStateException: why", "at io.auriga");
  }

  @Test
  void writesOneJsonObjectALine() {
    String line =
        logged(
            Level.INFO,
            LogFormat.JSON,
            () -> LOG.atInfo().addKeyValue("slot", 7).log("Block\nkept"));
    assertThat(line.lines()).hasSize(1);
    JsonNode json = Json.parse(line.getBytes(StandardCharsets.UTF_8));
    assertThat(json.get("level").asString()).isEqualTo("INFO");
    assertThat(json.get("formattedMessage").asString()).isEqualTo("Block\nkept");
    assertThat(json.get("kvpList").toString()).contains("slot", "7");
  }
}
