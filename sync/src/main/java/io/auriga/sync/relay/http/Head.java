package io.auriga.sync.relay.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request or an answer, kept as the bytes that came. One object is read into again
 * and again. Refused is what two readers could take differently: a line that ends without a
 * carriage return, a folded line, a space before a colon, a character that no head has.
 */
public final class Head {
  /** More than any client sends; a token has some 150 bytes. */
  public static final int BYTES_MAX = 16 << 10;

  private static final int FIELDS_MAX = 100;
  private static final int PLACES = 4;
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private final byte[] bytes = new byte[BYTES_MAX];
  private final int[] places = new int[FIELDS_MAX * PLACES];
  private int length;
  private int firstLength;
  private int fields;

  /**
   * Reads up to the empty line.
   *
   * @throws EOFException if the peer ends before that
   * @throws MalformedHttpException if it is not a head
   */
  public void read(Wire wire) throws IOException {
    length = 0;
    fields = 0;
    firstLength = line(wire);
    for (int from = length; ; from = length) {
      int to = line(wire);
      if (to == from) {
        return;
      }
      field(from, to);
    }
  }

  /** Takes one line with its end; answers where its text ends. */
  private int line(Wire wire) throws IOException {
    while (true) {
      byte c = wire.next();
      if (length == BYTES_MAX) {
        throw new MalformedHttpException(431, "the head is longer than " + BYTES_MAX + " bytes");
      }
      bytes[length++] = c;
      if (c == '\r') {
        if (wire.next() != '\n') {
          throw new MalformedHttpException("a carriage return within a line");
        }
        length--;
        return length;
      }
      if ((c != '\t' && c >= 0 && c < ' ') || c == 0x7f) {
        throw new MalformedHttpException(
            c == '\n' ? "a line that ends without a carriage return" : "a control character");
      }
    }
  }

  private void field(int from, int to) throws MalformedHttpException {
    if (bytes[from] == ' ' || bytes[from] == '\t') {
      throw new MalformedHttpException("a folded line");
    }
    if (fields == FIELDS_MAX) {
      throw new MalformedHttpException(431, "more than " + FIELDS_MAX + " fields");
    }
    int colon = from;
    while (colon < to && isToken(bytes[colon])) {
      colon++;
    }
    if (colon == from || colon == to || bytes[colon] != ':') {
      throw new MalformedHttpException("a field without a name, or with a broken one");
    }
    int begin = colon + 1;
    int end = to;
    while (begin < end && isBlank(bytes[begin])) {
      begin++;
    }
    while (end > begin && isBlank(bytes[end - 1])) {
      end--;
    }
    int place = fields++ * PLACES;
    places[place] = from;
    places[place + 1] = colon;
    places[place + 2] = begin;
    places[place + 3] = end;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  static boolean isToken(byte c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c > 0 && TOKEN_SIGNS.indexOf(c) >= 0);
  }

  /** The request line or the status line. */
  public String firstLine() {
    return text(0, firstLength);
  }

  public int fields() {
    return fields;
  }

  /** Whether a field has this name, given in lower case. */
  public boolean is(int field, String lowerCase) {
    int from = places[field * PLACES];
    int to = places[field * PLACES + 1];
    if (to - from != lowerCase.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      int c = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] + 32 : bytes[i];
      if (c != lowerCase.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  public String value(int field) {
    return text(places[field * PLACES + 2], places[field * PLACES + 3]);
  }

  /** The value of a field that may come once. */
  public Optional<String> single(String lowerCase) throws MalformedHttpException {
    @Nullable String found = null;
    for (int field = 0; field < fields; field++) {
      if (is(field, lowerCase)) {
        if (found != null) {
          throw new MalformedHttpException("the field " + lowerCase + " twice");
        }
        found = value(field);
      }
    }
    return Optional.ofNullable(found);
  }

  /** Whether a field that holds a list has this word in it, in any case. */
  public boolean lists(String lowerCase, String word) {
    for (int field = 0; field < fields; field++) {
      if (is(field, lowerCase)) {
        for (String one : value(field).split(",", -1)) {
          if (one.strip().equalsIgnoreCase(word)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Appends a field as it came. */
  public void copy(int field, ByteBuffer target) {
    int place = field * PLACES;
    target.put(bytes, places[place], places[place + 1] - places[place]);
    target.put((byte) ':').put((byte) ' ');
    target.put(bytes, places[place + 2], places[place + 3] - places[place + 2]);
    target.put((byte) '\r').put((byte) '\n');
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
