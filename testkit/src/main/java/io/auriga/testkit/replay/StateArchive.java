package io.auriga.testkit.replay;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedState.Moment;
import io.auriga.types.AurigaException;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The states of a recording in one gzip stream: for each a line {@code <pre|post> <slot> <fork>
 * <state root> <block root> <bytes>}, then so many bytes of SSZ. Each state's root is computed and
 * compared with the one in its line.
 */
final class StateArchive {
  static final String FILE = "states.gz";

  private static final int STATES_MAX = 40_000;
  private static final int LINE_MAX = 256;
  private static final int TOTAL_MAX = 256 << 20;
  private static final Pattern LINE =
      Pattern.compile(
          "(pre|post) (\\d{1,19}) ([a-z0-9]+) (0x[0-9a-f]{64}) (0x[0-9a-f]{64}) (\\d{1,9})");

  private final StateSchemas schemas;
  private final Path file;
  private int left = TOTAL_MAX;

  private StateArchive(StateSchemas schemas, Path file) {
    this.schemas = schemas;
    this.file = file;
  }

  /**
   * Reads a file, which may be missing.
   *
   * @throws AurigaException with a {@link ReplayError}
   */
  static RecordedStates read(StateSchemas schemas, Path file) throws IOException {
    return Files.exists(file) ? new StateArchive(schemas, file).read() : RecordedStates.NONE;
  }

  private RecordedStates read() throws IOException {
    List<RecordedState> states = new ArrayList<>();
    try (InputStream in =
        new BufferedInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))))) {
      for (String line = line(in); line != null; line = line(in)) {
        if (states.size() == STATES_MAX) {
          throw tooLarge("it has more than " + STATES_MAX + " states");
        }
        states.add(state(line, in));
      }
    } catch (EOFException cut) {
      throw malformed("it is cut short", cut);
    }
    return new RecordedStates(states);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException();
      }
      if (line.length() == LINE_MAX) {
        return line.toString();
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private RecordedState state(String line, InputStream in) throws IOException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw malformed("a line between its states is none that is known", null);
    }
    ForkName fork =
        ForkName.find(parts.group(3))
            .filter(ForkName::isSupported)
            .orElseThrow(() -> malformed("the fork " + parts.group(3) + " is unknown", null));
    int length = Integer.parseInt(parts.group(6));
    if (length > left) {
      throw tooLarge("it has more than " + TOTAL_MAX + " bytes of states");
    }
    left -= length;
    byte[] ssz = in.readNBytes(length);
    if (ssz.length < length) {
      throw new EOFException();
    }
    RecordedState state =
        new RecordedState(
            Moment.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
            Slot.parseDecimal(parts.group(2)),
            fork,
            Root.fromHex(parts.group(4)),
            Root.fromHex(parts.group(5)),
            ssz);
    requireTrue(state);
    return state;
  }

  private void requireTrue(RecordedState state) {
    try {
      BeaconStateView view = BeaconStateView.of(schemas, state.fork(), state.ssz());
      Root root = view.hashTreeRoot();
      if (!root.equals(state.root()) || !view.slot().equals(state.slot())) {
        throw malformed(
            "the state of slot "
                + state.slot()
                + " is said to be "
                + state.root()
                + ", and is "
                + root
                + " of slot "
                + view.slot(),
            null);
      }
    } catch (SszException malformed) {
      throw malformed("the state of slot " + state.slot() + ": " + malformed.getMessage(), null);
    }
  }

  static void write(RecordedStates states, Path file) throws IOException {
    if (states.all().isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (RecordedState state : states.all()) {
        String line =
            "%s %s %s %s %s %d\n"
                .formatted(
                    state.moment().name().toLowerCase(Locale.ROOT),
                    state.slot(),
                    state.fork().lowerName(),
                    state.root(),
                    state.blockRoot(),
                    state.ssz().length);
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.write(state.ssz());
      }
    }
  }

  private AurigaException malformed(String problem, @Nullable Throwable cause) {
    return new AurigaException(
        ReplayError.MALFORMED, "read " + file + " of a recording", problem, cause);
  }

  private AurigaException tooLarge(String problem) {
    return new AurigaException(ReplayError.TOO_LARGE, "read " + file + " of a recording", problem);
  }
}
