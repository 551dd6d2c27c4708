package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted parts of one JSON document from pieces that may be cut anywhere. It keeps the
 * path to where it stands and the text of one short value, never the document, and takes a time
 * that grows with the bytes alone.
 *
 * <p>It agrees with a full parser on every document that one accepts. It does not prove that a
 * document is JSON: what nobody wants is skipped by its quotes and brackets. A document whose
 * wanted parts are broken is {@link State#MALFORMED}, and nothing is ever thrown for one.
 */
final class JsonScanner {
  /** Whether more is to come. */
  enum State {
    READING,
    DONE,
    MALFORMED
  }

  private enum Mode {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    COLON,
    COMMA_OR_END,
    TEXT,
    LITERAL,
    SKIP,
    DONE,
    MALFORMED
  }

  /** Deeper than any shape. */
  private static final int DEPTH_MAX = 8;

  private final Sink sink;
  private final Captured captured = new Captured();
  private final @Nullable Shape[] shapes = new @Nullable Shape[DEPTH_MAX];
  private final boolean[] arrays = new boolean[DEPTH_MAX];
  private final long[] counts = new long[DEPTH_MAX];

  private Mode mode = Mode.VALUE;
  private @Nullable Shape next;
  private int depth;

  private boolean name;
  private boolean capturing;
  private boolean afterBackslash;

  private long skipDepth;
  private boolean skipText;

  JsonScanner(Shape document, Sink sink) {
    this.next = document;
    this.sink = sink;
  }

  /** Reads the bytes from {@code from} to {@code to}, whatever the buffer's position. */
  void feed(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (mode) {
            case TEXT -> text(bytes, at, to);
            case LITERAL -> literal(bytes, at, to);
            case SKIP -> skip(bytes, at, to);
            case MALFORMED -> to;
            default -> structure(bytes.get(at), at);
          };
    }
  }

  /** To be called where the document ends. */
  State end() {
    if (mode == Mode.LITERAL && depth == 0) {
      literalEnds();
    }
    if (mode != Mode.DONE) {
      mode = Mode.MALFORMED;
    }
    return state();
  }

  State state() {
    return switch (mode) {
      case DONE -> State.DONE;
      case MALFORMED -> State.MALFORMED;
      default -> State.READING;
    };
  }

  private int structure(byte c, int at) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      return at + 1;
    }
    switch (mode) {
      case VALUE_OR_END -> {
        if (c == ']') {
          close();
        } else {
          return value(c, at);
        }
      }
      case VALUE -> {
        return value(c, at);
      }
      case NAME_OR_END -> {
        if (c == '}') {
          close();
        } else {
          name(c);
        }
      }
      case NAME -> name(c);
      case COLON -> mode = c == ':' ? Mode.VALUE : Mode.MALFORMED;
      case COMMA_OR_END -> commaOrEnd(c);
      default -> mode = Mode.MALFORMED; // something follows the document
    }
    return at + 1;
  }

  private void name(byte c) {
    if (c != '"') {
      mode = Mode.MALFORMED;
      return;
    }
    name = true;
    beginText(true, true);
  }

  private int value(byte c, int at) {
    Shape shape = next;
    boolean wanted = shape != null && shape.field() != null;
    switch (c) {
      case '"' -> beginText(wanted, true);
      case '{' -> open(shape, shape != null && shape.entersObject(), false);
      case '[' -> open(shape, shape != null && shape.entersArray(), true);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 't', 'f', 'n' -> {
        beginText(wanted, false);
        return at;
      }
      default -> mode = Mode.MALFORMED;
    }
    return at + 1;
  }

  private void beginText(boolean capture, boolean quoted) {
    capturing = capture;
    afterBackslash = false;
    if (capture) {
      captured.begin(quoted);
    }
    mode = quoted ? Mode.TEXT : Mode.LITERAL;
  }

  private void open(@Nullable Shape shape, boolean enters, boolean array) {
    Field field = shape == null ? null : shape.field();
    if (shape == null || !enters || depth == DEPTH_MAX) {
      if (field != null) {
        sink.skips(field);
      }
      skipDepth = 1;
      skipText = false;
      mode = Mode.SKIP;
      return;
    }
    shapes[depth] = shape;
    arrays[depth] = array;
    counts[depth] = 0;
    depth++;
    if (field != null) {
      sink.begins(field);
    }
    next = array ? shape.item(0) : null;
    mode = array ? Mode.VALUE_OR_END : Mode.NAME_OR_END;
  }

  private void close() {
    depth--;
    Field field = shape(depth).field();
    if (field != null) {
      sink.ends(field);
    }
    valueEnds();
  }

  private void commaOrEnd(byte c) {
    int top = depth - 1;
    if (c == (arrays[top] ? ']' : '}')) {
      close();
    } else if (c != ',') {
      mode = Mode.MALFORMED;
    } else if (arrays[top]) {
      counts[top]++;
      next = shape(top).item(counts[top]);
      mode = Mode.VALUE;
    } else {
      mode = Mode.NAME;
    }
  }

  private Shape shape(int level) {
    Shape shape = shapes[level];
    if (shape == null) {
      throw new IllegalStateException("nothing was opened at " + level);
    }
    return shape;
  }

  private void valueEnds() {
    mode = depth == 0 ? Mode.DONE : Mode.COMMA_OR_END;
  }

  private int text(ByteBuffer bytes, int from, int to) {
    int at = from;
    if (afterBackslash) {
      afterBackslash = false;
      at++;
    }
    at = TextEnd.find(bytes, at, to);
    if (capturing) {
      captured.add(bytes, from, at);
    }
    if (at == to) {
      return to;
    }
    if (bytes.get(at) == '\\') {
      afterBackslash = true;
      if (capturing) {
        captured.markEscaped();
        captured.add(bytes, at, at + 1);
      }
    } else {
      textEnds();
    }
    return at + 1;
  }

  private void textEnds() {
    if (name) {
      name = false;
      next = shape(depth - 1).member(captured);
      mode = Mode.COLON;
      return;
    }
    tell();
    valueEnds();
  }

  private void tell() {
    Field field = capturing && next != null ? next.field() : null;
    if (field != null) {
      sink.value(field, captured);
    }
  }

  private int literal(ByteBuffer bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte c = bytes.get(at);
      boolean goesOn =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || c == '-'
              || c == '+'
              || c == '.'
              || c == 'E';
      if (!goesOn) {
        if (capturing) {
          captured.add(bytes, from, at);
        }
        literalEnds();
        return at;
      }
    }
    if (capturing) {
      captured.add(bytes, from, to);
    }
    return to;
  }

  private void literalEnds() {
    tell();
    valueEnds();
  }

  private int skip(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (skipText) {
        if (afterBackslash) {
          afterBackslash = false;
          at++;
        }
        at = TextEnd.find(bytes, at, to);
        if (at < to) {
          skipText = bytes.get(at) == '\\';
          afterBackslash = skipText;
          at++;
        }
        continue;
      }
      switch (bytes.get(at++)) {
        case '"' -> {
          skipText = true;
          afterBackslash = false;
        }
        case '{', '[' -> skipDepth++;
        case '}', ']' -> {
          if (--skipDepth == 0) {
            valueEnds();
            return at;
          }
        }
        default -> {
          // a comma, a colon, a number: nothing of it is wanted
        }
      }
    }
    return at;
  }
}
