package io.auriga.app.cli;

import io.auriga.runtime.store.StoreError;
import io.auriga.types.AurigaException;
import java.util.Set;

/** The exit codes of all commands, the same everywhere, so that scripts can rely on them. */
public final class ExitCode {
  /** Done; nothing to complain about. */
  public static final int OK = 0;

  /** Done, and the answer is bad: a mismatch, a gap, a node that cannot be used. */
  public static final int FINDING = 1;

  /** The command line or the configuration is wrong; nothing was done. */
  public static final int USAGE = 2;

  /** An input could not be read, so that nothing is known about it. */
  public static final int UNREADABLE = 3;

  /** Something outside failed: a node, the store, the disk. */
  public static final int FAILED = 4;

  /** A defect of Auriga. */
  public static final int DEFECT = 70;

  private static final Set<String> OF_USAGE =
      Set.of(
          "AUR-CLI-USAGE",
          "AUR-SPEC-UNKNOWN-NETWORK",
          "AUR-SPEC-BAD-CONFIG",
          StoreError.BAD_URL.code());

  private ExitCode() {}

  static int of(AurigaException failure) {
    String code = failure.code();
    if (OF_USAGE.contains(code)
        || code.startsWith("AUR-CONFIG-")
        || code.startsWith("AUR-WATCH-")) {
      return USAGE;
    }
    return code.equals(CliError.FILE_UNREADABLE.code()) ? UNREADABLE : FAILED;
  }
}
