package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a JSON-RPC answer as it passes; of a batch nothing is read. */
public final class AnswerScanner implements Sink, Scanner {
  private static final Shape ANSWER = answer();

  private static final Set<Field> OF_RESULT =
      Set.of(Field.STATUS, Field.VALIDATION_ERROR, Field.PAYLOAD_ID);

  private final JsonScanner scanner = new JsonScanner(ANSWER, this);
  private final Map<Field, String> texts = new EnumMap<>(Field.class);
  private @Nullable PayloadReading payload;
  private boolean ended;

  private static Shape answer() {
    Map<String, Shape> status = new LinkedHashMap<>();
    status.put("status", Shape.text(Field.STATUS));
    status.put("latestValidHash", Shape.text(Field.LATEST_VALID_HASH));
    status.put("validationError", Shape.text(Field.VALIDATION_ERROR));
    // The payload is the result itself (getPayloadV1) or lies within it.
    Map<String, Shape> result = new LinkedHashMap<>(PayloadReading.members());
    result.putAll(status);
    result.put("payloadStatus", Shape.of().with(status));
    result.put("payloadId", Shape.text(Field.PAYLOAD_ID));
    result.put("executionPayload", Shape.of().with(PayloadReading.members()));
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("id", Shape.text(Field.ID));
    members.put("result", Shape.of().with(result).as(Field.RESULT));
    members.put(
        "error", Shape.of().with(Map.of("code", Shape.text(Field.ERROR_CODE))).as(Field.ERROR));
    return Shape.of().with(members);
  }

  @Override
  public void feed(ByteBuffer bytes, int from, int to) {
    scanner.feed(bytes, from, to);
  }

  @Override
  public void end() {
    ended = true;
    var _ = scanner.end();
  }

  /** What was read so far. */
  public AnswerFacts facts() {
    Optional<PayloadFacts> read = Optional.ofNullable(payload).map(PayloadReading::facts);
    return new AnswerFacts(
        text(Field.ID),
        text(Field.STATUS).flatMap(PayloadStatus::of),
        Optional.ofNullable(payload).flatMap(one -> one.hash(Field.LATEST_VALID_HASH)),
        text(Field.VALIDATION_ERROR),
        text(Field.PAYLOAD_ID),
        number(),
        read.filter(facts -> facts.blockHash().isPresent() && facts.number().isPresent()),
        ended && scanner.state() == JsonScanner.State.DONE);
  }

  private Optional<String> text(Field field) {
    return Optional.ofNullable(texts.get(field));
  }

  private OptionalLong number() {
    String code = texts.get(Field.ERROR_CODE);
    try {
      return code == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(code));
    } catch (NumberFormatException malformed) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void value(Field field, Captured text) {
    switch (field) {
      case ID -> put(field, text.raw());
      case ERROR_CODE -> put(field, text.quoted() ? Optional.empty() : text.text());
      case STATUS, VALIDATION_ERROR, PAYLOAD_ID ->
          put(field, text.quoted() ? text.text() : Optional.empty());
      case RESULT -> forget();
      case ERROR -> put(Field.ERROR_CODE, Optional.empty());
      default -> {
        if (payload != null) {
          payload.value(field, text);
        }
      }
    }
  }

  private void put(Field field, Optional<String> value) {
    if (value.isPresent()) {
      texts.put(field, value.get());
    } else {
      texts.remove(field);
    }
  }

  @Override
  public void skips(Field field) {
    texts.remove(field);
    if (field == Field.RESULT) {
      forget();
    } else if (payload != null) {
      payload.skips(field);
    }
  }

  private void forget() {
    payload = null;
    texts.keySet().removeAll(OF_RESULT);
  }

  @Override
  public void begins(Field field) {
    if (field == Field.RESULT) {
      forget();
      payload = new PayloadReading();
    } else if (payload != null) {
      payload.begins(field);
    }
  }

  @Override
  public void ends(Field field) {
    if (payload != null) {
      payload.ends(field);
    }
  }
}
