package io.auriga.app.cli;

import io.auriga.types.AurigaException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that is written under another name until it is whole, so that a file of the name asked for
 * is complete.
 */
final class PartFile {
  private static final int BUFFER = 1 << 16;

  private PartFile() {}

  /** Writes all of the file, and says something of it. */
  @FunctionalInterface
  interface Content<T> {
    T write(OutputStream stream) throws IOException;
  }

  /**
   * Writes a new file, and says what its content does.
   *
   * @param attempted what for, without the name
   * @throws AurigaException {@code AUR-CLI-USAGE} if there is one already, {@code AUR-CLI-OUTPUT}
   *     if it cannot be written; there is none then
   */
  static <T> T write(Path file, String attempted, Content<T> content) {
    requireNew(file, attempted);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        T result;
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part), BUFFER)) {
          result = content.write(stream);
        }
        Files.move(part, file);
        return result;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (NoSuchFileException missing) {
      throw failed(attempted, file, "there is no such folder", missing);
    } catch (AccessDeniedException denied) {
      throw failed(attempted, file, "this user may not write there", denied);
    } catch (IOException failure) {
      throw failed(attempted, file, String.valueOf(failure.getMessage()), failure);
    }
  }

  /** To be asked before long work. */
  static void requireNew(Path file, String attempted) {
    if (Files.exists(file)) {
      throw new AurigaException(
          CliError.USAGE, attempted + " to " + file, "the file exists already");
    }
  }

  private static AurigaException failed(
      String attempted, Path file, String problem, IOException cause) {
    return new AurigaException(CliError.OUTPUT, attempted + " to " + file, problem, cause);
  }
}
