package io.auriga.testkit.replay;

import io.auriga.types.AurigaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each of bounded length, and not more of them than a bound. */
final class BoundedLines {
  private final InputStream in;
  private final String file;
  private final int lengthMax;
  private final int countMax;
  private int count;

  /**
   * @param in is best buffered; the caller closes it
   */
  BoundedLines(InputStream in, String file, int lengthMax, int countMax) {
    this.in = in;
    this.file = file;
    this.lengthMax = lengthMax;
    this.countMax = countMax;
  }

  /** The number of the line last returned, from 1. */
  int number() {
    return count;
  }

  /** The next line that is not blank, or null at the end. */
  @Nullable String next() throws IOException {
    while (true) {
      String line = read();
      if (line == null || !line.isBlank()) {
        return line;
      }
    }
  }

  private @Nullable String read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    if (++count > countMax) {
      throw tooLarge("it has more than " + countMax + " lines");
    }
    while (b >= 0 && b != '\n') {
      if (line.size() == lengthMax) {
        throw tooLarge("line " + count + " is longer than " + lengthMax + " bytes");
      }
      line.write(b);
      b = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private AurigaException tooLarge(String problem) {
    return new AurigaException(ReplayError.TOO_LARGE, "read " + file, problem);
  }
}
