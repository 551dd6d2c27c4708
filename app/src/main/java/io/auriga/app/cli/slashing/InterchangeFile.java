package io.auriga.app.cli.slashing;

import io.auriga.app.cli.CliError;
import io.auriga.app.cli.verify.FileContent;
import io.auriga.app.cli.verify.UnreadableFile;
import io.auriga.crypto.slashing.Interchange;
import io.auriga.crypto.slashing.InterchangeException;
import io.auriga.crypto.slashing.InterchangeJson;
import io.auriga.types.AurigaException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens interchange files, plain or packed with gzip. */
public final class InterchangeFile {
  private static final String REMEDY =
      "Give the JSON that a validator client exports (EIP-3076, version 5), whole and unchanged";

  private InterchangeFile() {}

  /**
   * The interchange in a file.
   *
   * @throws AurigaException {@code AUR-CLI-FILE-UNREADABLE} with a reason if there is none
   */
  public static Interchange read(String file) {
    try {
      return InterchangeJson.read(
          FileContent.open(Path.of(file), InterchangeJson.BYTES_MAX, "no interchange does"));
    } catch (UnreadableFile reason) {
      throw unreadable(file, reason.reason(), reason);
    } catch (InterchangeException malformed) {
      throw unreadable(file, malformed.problem(), malformed);
    } catch (InvalidPathException malformed) {
      throw unreadable(file, "that is no file name", malformed);
    }
  }

  private static AurigaException unreadable(String file, String reason, Throwable cause) {
    return new AurigaException(
        CliError.FILE_UNREADABLE, "read the interchange " + file, reason, REMEDY, cause);
  }
}
