package io.auriga.sync.record;

import io.auriga.runtime.http.Json;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A record as JSON, the same in the store, in the interface and from a command. */
public final class SlotRecordJson {
  private static final int NANOS_DIGITS = 6;

  private SlotRecordJson() {}

  /** In one line. */
  public static String text(SlotRecord record) {
    return new String(Json.bytes(generator -> write(generator, record)), StandardCharsets.UTF_8);
  }

  /** As the next value. */
  public static void write(JsonGenerator json, SlotRecord record) {
    json.writeStartObject();
    json.writeStringProperty("slot", record.slot().toString());
    json.writeStringProperty("node", record.node());
    json.writeStringProperty("startsAt", record.start().toString());
    json.writeStringProperty("verdict", record.verdict());
    json.writeStringProperty("tone", lower(record.tone()));
    json.writeStringProperty("sentence", record.sentence());
    json.writeStringProperty("chain", record.chain());
    optional(json, "blockRoot", record.block().map(Root::toHex));
    millis(json, "deadlineMs", record.deadline());
    json.writeArrayPropertyStart("stages");
    for (SlotRecord.Span span : record.spans()) {
      json.writeStartObject();
      json.writeStringProperty("stage", span.label());
      millis(json, "beginMs", span.begin());
      millis(json, "tookMs", span.took());
      millis(json, "allowedMs", span.allowed());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectPropertyStart("marks");
    record.marks().forEach((mark, at) -> millis(json, mark.wireName(), at));
    json.writeEndObject();
    optional(json, "payloadAnswer", record.answer().map(EngineAnswer::wireName));
    Condition condition = record.condition();
    json.writeObjectPropertyStart("condition");
    json.writeStringProperty("consensus", lower(condition.consensus()));
    json.writeStringProperty("execution", lower(condition.execution()));
    json.writeBooleanProperty("executionOffline", condition.executionOffline());
    json.writeBooleanProperty("optimistic", condition.optimistic());
    json.writeEndObject();
    if (record.clock().isEmpty()) {
      json.writeNullProperty("clock");
    } else {
      ClockBound clock = record.clock().get();
      json.writeObjectPropertyStart("clock");
      millis(json, "leastMs", clock.least());
      millis(json, "mostMs", clock.most());
      json.writeStringProperty("samples", Integer.toString(clock.samples()));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, Optional<String> value) {
    if (value.isPresent()) {
      json.writeStringProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Exact: whole milliseconds and a fraction down to nanoseconds. */
  private static void millis(JsonGenerator json, String name, Duration time) {
    BigDecimal exact = BigDecimal.valueOf(time.toNanos(), NANOS_DIGITS).stripTrailingZeros();
    json.writeStringProperty(name, exact.toPlainString());
  }

  /** What {@link #text} made. */
  static SlotRecord parse(String text) {
    JsonNode json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    List<SlotRecord.Span> spans = new ArrayList<>();
    for (JsonNode span : json.get("stages")) {
      spans.add(
          new SlotRecord.Span(
              span.get("stage").asString(),
              millis(span, "beginMs"),
              millis(span, "tookMs"),
              millis(span, "allowedMs")));
    }
    Map<Mark, Duration> marks = new EnumMap<>(Mark.class);
    for (Mark mark : Mark.values()) {
      if (json.get("marks").has(mark.wireName())) {
        marks.put(mark, millis(json.get("marks"), mark.wireName()));
      }
    }
    JsonNode condition = json.get("condition");
    return new SlotRecord(
        Slot.parseDecimal(json.get("slot").asString()),
        json.get("node").asString(),
        Instant.parse(json.get("startsAt").asString()),
        json.get("verdict").asString(),
        Verdict.Tone.valueOf(upper(json, "tone")),
        json.get("sentence").asString(),
        json.get("chain").asString(),
        find(json, "blockRoot").map(Root::fromHex),
        spans,
        marks,
        find(json, "payloadAnswer")
            .map(answer -> EngineAnswer.valueOf(answer.toUpperCase(Locale.ROOT))),
        new Condition(
            Condition.Side.valueOf(upper(condition, "consensus")),
            condition.get("executionOffline").asBoolean(),
            condition.get("optimistic").asBoolean(),
            Condition.Side.valueOf(upper(condition, "execution"))),
        clock(json.get("clock")),
        millis(json, "deadlineMs"));
  }

  private static Optional<ClockBound> clock(JsonNode clock) {
    return clock.isNull()
        ? Optional.empty()
        : Optional.of(
            new ClockBound(
                millis(clock, "leastMs"),
                millis(clock, "mostMs"),
                Integer.parseInt(clock.get("samples").asString())));
  }

  private static Optional<String> find(JsonNode json, String name) {
    return json.get(name).isNull() ? Optional.empty() : Optional.of(json.get(name).asString());
  }

  private static String upper(JsonNode json, String name) {
    return json.get(name).asString().toUpperCase(Locale.ROOT);
  }

  private static Duration millis(JsonNode json, String name) {
    BigDecimal millis = new BigDecimal(json.get(name).asString());
    return Duration.ofNanos(millis.movePointRight(NANOS_DIGITS).longValueExact());
  }
}
