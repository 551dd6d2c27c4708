package io.auriga.clients.consensus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Reads {@code text/event-stream} from pieces cut anywhere: LF, CR and CRLF, a byte order mark,
 * comments, data on several lines. Lines and events are bounded. Used by one thread.
 *
 * <p>After the HTML standard, "9.2.6 Interpreting an event stream"; {@code id} and {@code retry}
 * are ignored because the Beacon API has no replay and our pauses are our own.
 */
final class EventStreamParser {
  /**
   * Most events are below 1 kB; an attester slashing names up to 131,072 validators twice, in about
   * ten characters each.
   */
  static final int MAX_EVENT_BYTES = 4 << 20;

  private static final int FIRST_CAPACITY = 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** The stream is not one, or its sender does not know a limit. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  private final BiConsumer<String, String> events;
  private byte[] line = new byte[FIRST_CAPACITY];
  private int lineLength;
  private boolean firstLine = true;
  private boolean skipLineFeed;
  private String event = "";
  private final StringBuilder data = new StringBuilder();

  /**
   * @param events takes the name and the data of each event
   */
  EventStreamParser(BiConsumer<String, String> events) {
    this.events = events;
  }

  void accept(ByteBuffer piece) throws Malformed {
    while (piece.hasRemaining()) {
      byte next = piece.get();
      if (skipLineFeed) {
        skipLineFeed = false;
        if (next == '\n') {
          continue;
        }
      }
      if (next == '\n' || next == '\r') {
        skipLineFeed = next == '\r';
        endOfLine();
      } else {
        append(next);
      }
    }
  }

  private void append(byte next) throws Malformed {
    if (lineLength == line.length) {
      if (lineLength >= MAX_EVENT_BYTES) {
        throw new Malformed("a line is longer than " + MAX_EVENT_BYTES + " bytes");
      }
      line = Arrays.copyOf(line, Math.min(MAX_EVENT_BYTES, 2 * lineLength));
    }
    line[lineLength++] = next;
  }

  private void endOfLine() throws Malformed {
    int start = 0;
    if (firstLine) {
      firstLine = false;
      if (lineLength >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
        start = 3;
      }
    }
    String text = new String(line, start, lineLength - start, StandardCharsets.UTF_8);
    lineLength = 0;
    if (text.isEmpty()) {
      endOfEvent();
      return;
    }
    int colon = text.indexOf(':');
    if (colon == 0) {
      return;
    }
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "event" -> event = value;
      case "data" -> {
        if (data.length() + value.length() >= MAX_EVENT_BYTES) {
          throw new Malformed("an event is larger than " + MAX_EVENT_BYTES + " bytes");
        }
        data.append(value).append('\n');
      }
      default -> {}
    }
  }

  private void endOfEvent() {
    String name = event;
    event = "";
    if (!data.isEmpty()) {
      String whole = data.substring(0, data.length() - 1);
      data.setLength(0);
      events.accept(name, whole);
    }
  }
}
