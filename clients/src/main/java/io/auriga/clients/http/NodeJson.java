package io.auriga.clients.http;

import io.auriga.clients.ClientError;
import java.io.InputStream;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON from outside: strict, and bounded in depth and length. */
public final class NodeJson {
  // Names and numbers of both APIs are short; whoever sends longer ones wants our memory.
  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_NUMBER_LENGTH = 100;

  /**
   * The largest message read as a whole: objects take twenty times the room of their text and more.
   * Specifications, the largest of these messages, are about 20 kB.
   */
  static final int MAX_WHOLE_BYTES = 1 << 20;

  /** An attester slashing of all validators of a slot, twice. */
  private static final int MAX_RARE_BYTES = 4 << 20;

  private final JsonFactory factory;
  private final JsonMapper mapper;
  private final int maxDepth;
  private final int maxBytes;
  private volatile ExchangeObserver observer = ExchangeObserver.NONE;

  public NodeJson(int maxDepth, int maxBytes) {
    this.maxDepth = maxDepth;
    this.maxBytes = maxBytes;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxStringLength(maxBytes)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();
    this.mapper = JsonMapper.builder(factory).build();
  }

  void observe(ExchangeObserver other) {
    observer = other;
  }

  public int maxDepth() {
    return maxDepth;
  }

  public int maxBytes() {
    return maxBytes;
  }

  /** A parser over the bytes; it throws {@link JacksonException}. */
  public JsonParser parser(byte[] body) {
    return parser(body, 0, body.length);
  }

  /** A parser over what streams by. */
  public JsonParser parser(InputStream body) {
    return factory.createParser(ObjectReadContext.empty(), body);
  }

  public JsonParser parser(byte[] body, int offset, int length) {
    return factory.createParser(ObjectReadContext.empty(), body, offset, length);
  }

  /**
   * A small message as a whole.
   *
   * @throws JacksonException if it is not one JSON value, or {@linkplain #errorOf too large} for it
   * @throws JsonView.Unexpected if it is empty
   */
  public JsonView read(byte[] body) {
    return read(body, MAX_WHOLE_BYTES);
  }

  /** As {@link #read(byte[])}, for a kind of message that is large and very rare. */
  public JsonView readLarge(byte[] body) {
    return read(body, MAX_RARE_BYTES);
  }

  private JsonView read(byte[] body, int most) {
    if (body.length == 0) {
      throw new JsonView.Unexpected("the answer is empty");
    }
    if (body.length > most) {
      throw new StreamConstraintsException(
          body.length + " bytes where a message of this kind has at most " + most);
    }
    long begin = System.nanoTime();
    JsonView view = new JsonView(mapper.readTree(body), "");
    observer.decoded(Duration.ofNanos(System.nanoTime() - begin));
    return view;
  }

  /** Which failure a parser's exception stands for. */
  public static ClientError errorOf(JacksonException malformed) {
    boolean depth =
        malformed instanceof StreamConstraintsException
            && String.valueOf(malformed.getOriginalMessage()).contains("nesting depth");
    if (depth) {
      return ClientError.TOO_DEEP;
    }
    return malformed instanceof StreamConstraintsException
        ? ClientError.TOO_LARGE
        : ClientError.MALFORMED;
  }

  /** What is wrong with the JSON and where, without repeating what it holds. */
  public static String describe(JacksonException malformed) {
    if (errorOf(malformed) == ClientError.TOO_DEEP) {
      return "the JSON is nested deeper than the limit allows";
    }
    var location = malformed.getLocation();
    boolean known = location != null && location.getByteOffset() >= 0;
    String where = known ? " at byte " + location.getByteOffset() : "";
    // What the parser would have liked in its place helps nobody who reads this.
    String problem =
        malformed.getOriginalMessage().replaceFirst("(?s): (was expecting|expected).*", "");
    return "not the JSON expected" + where + ": " + problem;
  }
}
