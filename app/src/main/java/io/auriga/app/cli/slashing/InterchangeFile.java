package io.auriga.app.cli.slashing;

import io.auriga.app.cli.CliError;
import io.auriga.app.cli.verify.FileContent;
import io.auriga.app.cli.verify.UnreadableFile;
import io.auriga.crypto.slashing.Interchange;
import io.auriga.crypto.slashing.InterchangeException;
import io.auriga.crypto.slashing.InterchangeJson;
import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    List<KeyRecord> records = new ArrayList<>();
    Root chain = read(file, records::add);
    return new Interchange(chain, records);
  }

  /**
   * Hands over the entries of a file, one in memory at a time; as {@link InterchangeJson#read}.
   *
   * @return the genesis validators root
   * @throws AurigaException {@code AUR-CLI-FILE-UNREADABLE} with a reason if there are none
   */
  public static Root read(String file, Consumer<KeyRecord> entries) {
    try (InputStream in = FileContent.stream(Path.of(file))) {
      return InterchangeJson.read(in, entries);
    } catch (UnreadableFile reason) {
      throw unreadable(file, reason.reason(), reason);
    } catch (IOException failed) {
      throw unreadable(file, FileContent.unreadable(failed).reason(), failed);
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
