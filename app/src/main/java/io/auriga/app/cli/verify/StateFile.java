package io.auriga.app.cli.verify;

import io.auriga.app.cli.CliError;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens a beacon state in a file: SSZ, plain, packed with gzip or with raw Snappy. */
public final class StateFile {
  /** Three times mainnet's of 2026: 7 million validators. */
  static final int BYTES_MAX = 1 << 30;

  /** Where a state of any fork has its slot. */
  private static final int SLOT = 40;

  private static final String REMEDY =
      "Give the SSZ of a whole state, as /eth/v2/debug/beacon/states/{id} answers it to 'Accept:"
          + " application/octet-stream', with the --fork and --network it is of";

  private StateFile() {}

  /**
   * The state in a file.
   *
   * @throws AurigaException {@code AUR-CLI-FILE-UNREADABLE} with a reason if there is none
   */
  public static BeaconStateView read(String file, ChainSpec spec, ForkName fork) {
    return view(file, content(file), spec, fork);
  }

  /**
   * The same of a state whose slot tells its fork.
   *
   * @throws AurigaException besides, {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public static BeaconStateView read(String file, ChainSpec spec) {
    byte[] ssz = content(file);
    Slot slot =
        new Slot(
            ssz.length < SLOT + Long.BYTES
                ? 0
                : ByteBuffer.wrap(ssz).order(ByteOrder.LITTLE_ENDIAN).getLong(SLOT));
    return view(file, ssz, spec, spec.forkAt(slot));
  }

  private static BeaconStateView view(String file, byte[] ssz, ChainSpec spec, ForkName fork) {
    StateSchemas schemas = StateSchemas.of(spec);
    try {
      return BeaconStateView.of(schemas, fork, ssz);
    } catch (SszException malformed) {
      String what = "as a state of " + fork.lowerName() + " on " + spec.name() + ": ";
      throw unreadable(file, what + malformed.getMessage() + hint(ssz, schemas, fork), malformed);
    }
  }

  private static byte[] content(String file) {
    try {
      return FileContent.open(Path.of(file), BYTES_MAX, "no state does");
    } catch (UnreadableFile reason) {
      throw unreadable(file, reason.reason(), reason);
    } catch (InvalidPathException malformed) {
      throw unreadable(file, "that is no file name", malformed);
    } catch (OutOfMemoryError tooLarge) {
      throw new AurigaException(
          CliError.FILE_UNREADABLE,
          "read the state " + file,
          "it does not fit the "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB of memory that this process may use",
          "Allow more with AURIGA_JAVA_OPTS=-Xmx4g; a state of a million validators takes 150 MiB,"
              + " and twice that while it is unpacked",
          tooLarge);
    }
  }

  /** What the state looks like instead, if that is known. */
  private static String hint(byte[] ssz, StateSchemas schemas, ForkName named) {
    return forkOf(ssz, schemas)
        .filter(fork -> fork != named)
        .map(fork -> "; it has the form of " + fork.lowerName())
        .or(() -> presetOf(ssz, schemas))
        .orElse("");
  }

  private static Optional<String> presetOf(byte[] ssz, StateSchemas schemas) {
    for (String preset : List.of("mainnet", "minimal")) {
      StateSchemas other = StateSchemas.of(ChainSpec.builtIn(preset));
      Optional<ForkName> fork = forkOf(ssz, other);
      if (fork.isPresent() && forkOf(ssz, schemas).isEmpty()) {
        return Optional.of(
            "; it has the form of " + fork.get().lowerName() + " on the " + preset + " preset");
      }
    }
    return Optional.empty();
  }

  private static Optional<ForkName> forkOf(byte[] ssz, StateSchemas schemas) {
    for (ForkName fork : ForkName.values()) {
      if (fork.isSupported() && schemas.hasForm(fork, ssz)) {
        return Optional.of(fork);
      }
    }
    return Optional.empty();
  }

  private static AurigaException unreadable(String file, String reason, Throwable cause) {
    return new AurigaException(
        CliError.FILE_UNREADABLE, "read the state " + file, reason, REMEDY, cause);
  }
}
