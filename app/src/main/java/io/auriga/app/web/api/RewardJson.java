package io.auriga.app.web.api;

import io.auriga.chain.Problem;
import io.auriga.runtime.http.Json;
import io.auriga.validators.rewards.EpochRewards.Comparison;
import io.auriga.validators.rewards.RewardPart;
import io.auriga.validators.rewards.RewardReport;
import io.auriga.validators.rewards.RewardTotals;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of rewards: see {@code openapi.json}. */
public final class RewardJson {
  private final JsonGenerator generator;
  private final ApiJson json;

  RewardJson(JsonGenerator generator) {
    this.generator = generator;
    this.json = new ApiJson(generator);
  }

  /** What was added up, without its lines, for a command's output. */
  public static String heading(RewardReport report) {
    return text(
        generator -> {
          generator.writeStartObject();
          new RewardJson(generator).stretch(report);
          generator.writeEndObject();
        });
  }

  /** One scope on a line, likewise. */
  public static String scope(String scope, RewardReport.Line line) {
    return text(generator -> new RewardJson(generator).line(scope, line));
  }

  /** One validator on a line, likewise. */
  public static String validator(int validator, RewardTotals totals) {
    return text(generator -> new RewardJson(generator).one(validator, totals));
  }

  private static String text(Json.JsonWriter writer) {
    return new String(Json.bytes(writer), StandardCharsets.UTF_8);
  }

  /**
   * @param report empty if nothing is kept
   * @param page of the report's validators
   */
  void report(
      Optional<RewardReport> report,
      SortedMap<Integer, RewardTotals> page,
      Optional<Problem> problem) {
    generator.writeStartObject();
    if (report.isPresent()) {
      stretch(report.get());
    } else {
      json.text("firstEpoch", Optional.empty())
          .text("lastEpoch", Optional.empty())
          .text("epochs", 0)
          .text("epochsKnown", 0)
          .text("epochsFinal", 0);
      comparison(Comparison.NONE);
    }
    problem(problem);
    generator.writeArrayPropertyStart("scopes");
    report.map(RewardReport::scopes).orElse(Map.of()).forEach(this::line);
    generator.writeEndArray();
    generator.writeArrayPropertyStart("validators");
    page.forEach(this::one);
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private void problem(Optional<Problem> problem) {
    if (problem.isEmpty()) {
      generator.writeNullProperty("problem");
      return;
    }
    generator.writeObjectPropertyStart("problem");
    json.text("code", problem.get().code())
        .text("message", problem.get().message())
        .text("remedy", problem.get().remedy())
        .text("since", problem.get().since());
    generator.writeEndObject();
  }

  private void stretch(RewardReport report) {
    json.text("firstEpoch", report.first())
        .text("lastEpoch", report.last())
        .text("epochs", report.epochs())
        .text("epochsKnown", report.kept())
        .text("epochsFinal", report.settled());
    comparison(report.comparison());
  }

  private void comparison(Comparison comparison) {
    generator.writeObjectPropertyStart("comparison");
    json.text("equal", comparison.equal())
        .text("explained", comparison.explained())
        .text("different", comparison.different())
        .text("difference", comparison.difference());
    generator.writeEndObject();
  }

  private void line(String scope, RewardReport.Line line) {
    generator.writeStartObject();
    json.text("scope", scope).text("validators", line.validators());
    totals(line.totals());
    generator.writeEndObject();
  }

  private void one(int validator, RewardTotals totals) {
    generator.writeStartObject();
    json.text("validatorIndex", validator);
    totals(totals);
    generator.writeEndObject();
  }

  private void totals(RewardTotals totals) {
    json.text("validatorEpochs", totals.epochs())
        .text("earned", totals.earned())
        .text("ideal", totals.ideal())
        .text("missed", totals.missed())
        .truth("whole", totals.isWhole());
    generator.writeArrayPropertyStart("parts");
    for (RewardPart part : RewardPart.values()) {
      boolean isKnown = totals.epochs() > totals.unknown(part);
      generator.writeStartObject();
      json.text("part", part.lowerName())
          .text("earned", known(isKnown, totals.earned(part)))
          .text("ideal", known(isKnown, totals.ideal(part)))
          .text("missed", known(isKnown, totals.missed(part)))
          .text("unknown", totals.unknown(part));
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private static Optional<Long> known(boolean isKnown, long gwei) {
    return isKnown ? Optional.of(gwei) : Optional.empty();
  }
}
