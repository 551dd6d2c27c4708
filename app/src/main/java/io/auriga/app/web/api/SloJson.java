package io.auriga.app.web.api;

import io.auriga.runtime.http.Json;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.SloReport;
import io.auriga.validators.slo.SloReport.Line;
import io.auriga.validators.slo.SloReport.Stretch;
import io.auriga.validators.slo.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of how objectives stand: see {@code openapi.json}. */
public final class SloJson {
  private static final MathContext DIGITS = new MathContext(6);

  private final JsonGenerator generator;
  private final ApiJson json;

  SloJson(JsonGenerator generator) {
    this.generator = generator;
    this.json = new ApiJson(generator);
  }

  /** One objective without a line break in it, for a command's output. */
  public static String line(Line line) {
    return new String(
        Json.bytes(generator -> new SloJson(generator).objective(line)), StandardCharsets.UTF_8);
  }

  void report(SloReport report) {
    generator.writeStartObject();
    json.text("epoch", report.epoch())
        .text("countedAt", report.at())
        .text("epochSeconds", number(report.epochLength().toMillis() / 1e3));
    generator.writeArrayPropertyStart("objectives");
    report.lines().forEach(this::objective);
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private void objective(Line line) {
    generator.writeStartObject();
    json.text("scope", line.scope())
        .text("indicator", line.objective().indicator().lowerName())
        .text("target", number(line.objective().target()))
        .text("budgetLeft", line.budget().left().map(SloJson::number))
        .text("allowedMisses", number(line.budget().allowed()))
        .text("misses", line.budget().spent())
        .text("goneInSeconds", line.budget().goneIn().map(Duration::toSeconds))
        .text("severity", line.severity().map(severity -> severity.lowerName()));
    generator.writeArrayPropertyStart("alerts");
    for (SloReport.Alert alert : line.alerts()) {
      generator.writeStartObject();
      json.text("rule", alert.rule().lowerName())
          .text("severity", alert.rule().severity().lowerName())
          .text("window", alert.rule().over().text())
          .text("burnRate", number(alert.burn()))
          .text("chance", number(alert.chance()));
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayPropertyStart("windows");
    for (Window window : Window.values()) {
      window(window, line.window(window));
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private void window(Window window, Stretch stretch) {
    generator.writeStartObject();
    json.text("window", window.text())
        .text("epochs", stretch.epochs())
        .text("epochsCovered", stretch.covered());
    count(stretch.count());
    json.text("burnRate", stretch.burn().map(SloJson::number))
        .text("chance", number(stretch.chance()))
        .text("chanceAsNetwork", number(stretch.chanceAsNetwork()))
        .text("networkDuties", stretch.network().total())
        .text("networkMissed", stretch.network().missed());
    generator.writeEndObject();
  }

  private void count(Count count) {
    json.text("duties", count.total())
        .text("missed", count.missed())
        .text("missedShared", count.shared());
  }

  /** Six digits, without an exponent where that is short. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 12 ? rounded.toString() : rounded.toPlainString();
  }
}
