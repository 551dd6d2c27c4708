package io.auriga.app.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * What a command prints at length: fails, as the writer behind it does not, once nobody reads any
 * more, which a pipe to {@code head} tells in no other way.
 */
final class StandardOutput extends Writer {
  private static final int BUFFER = 1 << 16;

  private final PrintWriter out;

  private StandardOutput(PrintWriter out) {
    this.out = out;
  }

  static Writer of(PrintWriter out) {
    return new BufferedWriter(new StandardOutput(out), BUFFER);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(text, offset, length);
    flush();
  }

  @Override
  public void flush() throws IOException {
    if (out.checkError()) {
      throw new IOException("it was closed");
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
