package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The text of the value being read, as far as it fits; used again for the next one. */
final class Captured {
  /** Twice the longest text that is wanted, an error message of a node left aside. */
  static final int BYTES_MAX = 256;

  private final byte[] bytes = new byte[BYTES_MAX];
  private int length;
  private boolean quoted;
  private boolean escaped;
  private boolean cut;

  void begin(boolean inQuotes) {
    length = 0;
    quoted = inQuotes;
    escaped = false;
    cut = false;
  }

  void add(ByteBuffer source, int from, int to) {
    int count = Math.min(to - from, BYTES_MAX - length);
    source.get(from, bytes, length, count);
    length += count;
    cut |= count < to - from;
  }

  void markEscaped() {
    escaped = true;
  }

  boolean quoted() {
    return quoted;
  }

  boolean is(byte[] name) {
    if (escaped) {
      return text().map(new String(name, StandardCharsets.UTF_8)::equals).orElse(false);
    }
    return !cut && Arrays.equals(bytes, 0, length, name, 0, name.length);
  }

  /** The text without quotes and escapes; empty if it is too long or its escapes are wrong. */
  Optional<String> text() {
    if (cut) {
      return Optional.empty();
    }
    String written = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return escaped ? unescaped(written) : Optional.of(written);
  }

  /** As it stands in the document, with quotes; empty if it is too long. */
  Optional<String> raw() {
    if (cut) {
      return Optional.empty();
    }
    String written = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return Optional.of(quoted ? "\"" + written + "\"" : written);
  }

  private static Optional<String> unescaped(String written) {
    StringBuilder plain = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      if (++i == written.length()) {
        return Optional.empty();
      }
      switch (written.charAt(i)) {
        case '"', '\\', '/' -> plain.append(written.charAt(i));
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          int unit = i + 5 <= written.length() ? hex(written, i + 1) : -1;
          if (unit < 0) {
            return Optional.empty();
          }
          plain.append((char) unit);
          i += 4;
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(plain.toString());
  }

  private static int hex(String text, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
