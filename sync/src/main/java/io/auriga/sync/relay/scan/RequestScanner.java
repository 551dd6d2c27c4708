package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a JSON-RPC request, or a batch of them, as it passes. */
public final class RequestScanner implements Sink, Scanner {
  private static final String NEW_PAYLOAD = "engine_newPayload";
  private static final String FORK_CHOICE = "engine_forkchoiceUpdated";
  private static final Shape REQUEST = request();

  private final JsonScanner scanner = new JsonScanner(REQUEST, this);
  private @Nullable String method;
  private @Nullable String id;
  private @Nullable String parameter;
  private @Nullable PayloadReading first;
  private boolean attributes;
  private int batch;
  private boolean batchForkChoice;
  private boolean ended;

  private static Shape request() {
    Map<String, Shape> first = new LinkedHashMap<>(PayloadReading.members());
    first.put("headBlockHash", Shape.text(Field.HEAD_HASH));
    first.put("safeBlockHash", Shape.text(Field.SAFE_HASH));
    first.put("finalizedBlockHash", Shape.text(Field.FINALIZED_HASH));
    Shape parameters =
        Shape.of()
            .items(
                Shape.of().with(first).as(Field.FIRST_PARAMETER),
                Shape.of().with(Map.of()).as(Field.SECOND_PARAMETER))
            .as(Field.PARAMETERS);
    Shape call =
        Shape.of().with(Map.of("method", Shape.text(Field.BATCH_METHOD))).as(Field.BATCH_ITEM);
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("method", Shape.text(Field.METHOD));
    members.put("id", Shape.text(Field.ID));
    members.put("params", parameters);
    return Shape.of().with(members).items(call, call);
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

  /** Whether the method is known, or never will be. */
  public boolean knowsMethod() {
    return method != null || scanner.state() != JsonScanner.State.READING;
  }

  /** What was read so far. */
  public RequestFacts facts() {
    Optional<String> called = Optional.ofNullable(method);
    boolean payload = called.filter(name -> name.startsWith(NEW_PAYLOAD)).isPresent();
    boolean forkChoice = called.filter(name -> name.startsWith(FORK_CHOICE)).isPresent();
    Optional<PayloadReading> object = Optional.ofNullable(first);
    return new RequestFacts(
        called,
        Optional.ofNullable(id),
        payload ? object.map(PayloadReading::facts) : Optional.empty(),
        forkChoice ? object.map(this::forkChoice) : Optional.empty(),
        Optional.ofNullable(parameter),
        batch,
        batchForkChoice,
        ended && scanner.state() == JsonScanner.State.DONE);
  }

  private ForkChoiceFacts forkChoice(PayloadReading reading) {
    return new ForkChoiceFacts(
        reading.hash(Field.HEAD_HASH),
        reading.hash(Field.SAFE_HASH),
        reading.hash(Field.FINALIZED_HASH),
        attributes);
  }

  @Override
  public void value(Field field, Captured text) {
    switch (field) {
      case METHOD -> method = text.quoted() ? text.text().orElse(null) : null;
      case ID -> id = text.raw().orElse(null);
      case FIRST_PARAMETER -> parameter = text.quoted() ? text.text().orElse(null) : null;
      case PARAMETERS -> forget();
      case SECOND_PARAMETER, BATCH_ITEM -> {
        // null, or nothing that concerns us
      }
      case BATCH_METHOD ->
          batchForkChoice |= text.text().filter(name -> name.startsWith(FORK_CHOICE)).isPresent();
      default -> {
        if (first != null) {
          first.value(field, text);
        }
      }
    }
  }

  @Override
  public void skips(Field field) {
    switch (field) {
      case METHOD -> method = null;
      case ID -> id = null;
      case PARAMETERS -> forget();
      default -> {
        if (first != null) {
          first.skips(field);
        }
      }
    }
  }

  /** A name that comes twice: the last one counts, as for most parsers. */
  private void forget() {
    first = null;
    parameter = null;
    attributes = false;
  }

  @Override
  public void begins(Field field) {
    switch (field) {
      case BATCH_ITEM -> batch++;
      case PARAMETERS -> forget();
      case FIRST_PARAMETER -> first = new PayloadReading();
      case SECOND_PARAMETER -> attributes = true;
      default -> {
        if (first != null) {
          first.begins(field);
        }
      }
    }
  }

  @Override
  public void ends(Field field) {
    if (first != null) {
      first.ends(field);
    }
  }
}
