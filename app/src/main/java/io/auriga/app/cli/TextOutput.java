package io.auriga.app.cli;

import io.auriga.types.AurigaException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command writes at length: a new file that is whole or not there, or its output. */
final class TextOutput {
  private TextOutput() {}

  /** Writes all of it, and says something of it. */
  @FunctionalInterface
  interface Content<T> {
    T write(Writer writer) throws IOException;
  }

  /**
   * Writes, and says what the content does.
   *
   * @param file null for standard output
   * @param attempted what for, without where
   * @throws AurigaException as {@link PartFile#write}
   */
  static <T> T write(PrintWriter out, @Nullable Path file, String attempted, Content<T> content) {
    if (file != null) {
      return PartFile.write(
          file,
          attempted,
          stream -> flushed(new OutputStreamWriter(stream, StandardCharsets.UTF_8), content));
    }
    try {
      return flushed(StandardOutput.of(out), content);
    } catch (IOException failure) {
      throw new AurigaException(
          CliError.OUTPUT,
          attempted + " to standard output",
          String.valueOf(failure.getMessage()),
          failure);
    }
  }

  private static <T> T flushed(Writer writer, Content<T> content) throws IOException {
    T result = content.write(writer);
    writer.flush();
    return result;
  }
}
