package io.auriga.app.cli.verify;

import io.auriga.app.cli.CliError;
import io.auriga.types.AurigaException;
import org.jspecify.annotations.Nullable;

/** A file that holds nothing that could be judged; {@link #reason} says why in one sentence. */
public final class UnreadableFile extends AurigaException {
  private static final long serialVersionUID = 1;

  private final String reason;

  UnreadableFile(String reason) {
    this(reason, null);
  }

  UnreadableFile(String reason, @Nullable Throwable cause) {
    super(CliError.FILE_UNREADABLE, "read the file", reason, cause);
    this.reason = reason;
  }

  /** A block of a fork that this version does not know: it is refused, never guessed at. */
  static UnreadableFile unsupportedFork(String problem) {
    return new UnreadableFile("unsupported fork: " + problem);
  }

  /** Without what was attempted. */
  public String reason() {
    return reason;
  }
}
