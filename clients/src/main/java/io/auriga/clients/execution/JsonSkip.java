package io.auriga.clients.execution;

/**
 * Moves over values of plain JSON without making an object of anything. Plain is JSON that is
 * strict, in ASCII, without escapes, with short integers and bounded in depth: what nodes write of
 * blocks. Whatever is not plain, well-formed or not, is {@link #NOT_PLAIN}, and a full parser must
 * decide.
 */
final class JsonSkip {
  /** Instead of a position: somebody else must read this. */
  static final int NOT_PLAIN = -1;

  /** One bit of a {@code long} each, with room to spare. */
  static final int DEPTH_MAX = 60;

  /** Longer names than any that a block has, and shorter than what parsers refuse. */
  static final int NAME_MAX = 128;

  /** Any number of so many digits is within all limits. */
  private static final int DIGITS_MAX = 18;

  private final byte[] json;
  private final SpecialBytes specials;
  private final int depthMax;

  JsonSkip(byte[] json, int depthMax) {
    this.json = json;
    this.specials = new SpecialBytes(json);
    this.depthMax = Math.min(depthMax, DEPTH_MAX);
  }

  /** The byte at a position as a character; 0, which no JSON has, beyond the end. */
  int at(int position) {
    return position >= 0 && position < json.length ? json[position] : 0;
  }

  /** The first position from {@code position} on that is not white space. */
  int space(int position) {
    int at = position;
    int c = at(at);
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      c = at(++at);
    }
    return at;
  }

  /** Behind the closing quote of the string that opens at {@code position}. */
  int string(int position) {
    if (at(position) != '"') {
      return NOT_PLAIN;
    }
    int end = specials.next(position + 1);
    return at(end) == '"' ? end + 1 : NOT_PLAIN;
  }

  /** At the value of the field whose name opens at {@code position}. */
  int nameAndColon(int position) {
    int end = string(position);
    if (end - position > NAME_MAX) {
      return NOT_PLAIN;
    }
    int colon = at(end) == ':' ? end : space(end);
    return end == NOT_PLAIN || at(colon) != ':' ? NOT_PLAIN : space(colon + 1);
  }

  /**
   * Behind the value that begins at {@code position}.
   *
   * @param outside how many lists and objects are open around it
   */
  int value(int position, int outside) {
    int room = depthMax - outside;
    long objects = 0; // one bit for each open level, the innermost lowest: object or list
    int depth = 0;
    int at = position;
    while (true) {
      // here at the first byte of a value
      int c = at(at);
      if (c == '"') {
        at = string(at);
        if ((objects & 1) == 1 && at != NOT_PLAIN) {
          at = specials.texts(at);
        }
      } else if (c == '{' || c == '[') {
        if (++depth > room) {
          return NOT_PLAIN;
        }
        objects = objects << 1 | (c == '{' ? 1 : 0);
        at = space(at + 1);
        if (at(at) != c + 2) { // the closing one is two further in ASCII, for both
          if (c == '{') {
            at = nameAndColon(at);
          }
          if (at == NOT_PLAIN) {
            return NOT_PLAIN;
          }
          continue;
        }
        at++;
        depth--;
        objects >>>= 1;
      } else {
        at = scalar(at);
      }
      if (at == NOT_PLAIN) {
        return NOT_PLAIN;
      }
      // here behind a value: what is around it goes on, or ends
      while (true) {
        if (depth == 0) {
          return at;
        }
        c = at(at);
        if (c != ',' && c != '}' && c != ']') {
          at = space(at);
          c = at(at);
        }
        boolean object = (objects & 1) == 1;
        if (c == ',') {
          at = at(at + 1) == '"' ? at + 1 : space(at + 1);
          at = object ? nameAndColon(at) : at;
          break;
        }
        if (c != (object ? '}' : ']')) {
          return NOT_PLAIN;
        }
        at++;
        depth--;
        objects >>>= 1;
      }
      if (at == NOT_PLAIN) {
        return NOT_PLAIN;
      }
    }
  }

  private int scalar(int position) {
    return switch (at(position)) {
      case 't' -> literal(position, "true");
      case 'f' -> literal(position, "false");
      case 'n' -> literal(position, "null");
      default -> integer(position);
    };
  }

  /** Behind a word. What must not follow it is seen by whoever goes on from there. */
  int literal(int position, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(position + i) != word.charAt(i)) {
        return NOT_PLAIN;
      }
    }
    return position + word.length();
  }

  private int integer(int position) {
    int first = at(position) == '-' ? position + 1 : position;
    int at = first;
    while (at(at) >= '0' && at(at) <= '9') {
      at++;
    }
    int digits = at - first;
    boolean leadingZero = digits > 1 && json[first] == '0';
    return digits == 0 || digits > DIGITS_MAX || leadingZero ? NOT_PLAIN : at;
  }
}
