package io.auriga.validators.slashing;

import io.auriga.types.Hex;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of the operator's, without a shell and without arguments: {@code AURIGA_STOP_ID},
 * {@code AURIGA_STOP_VALIDATOR} and {@code AURIGA_STOP_REASON} are in its environment, and its exit
 * code says whether it worked.
 */
public final class StopCommand implements StopAction {
  private static final int OUTPUT_MAX = 500;

  private final Path program;
  private final Duration patience;

  /**
   * @param patience how long it may run before it is killed
   */
  public StopCommand(Path program, Duration patience) {
    this.program = program;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public String description() {
    return "run " + program;
  }

  @Override
  public String stop(Stop stop) throws IOException, InterruptedException {
    File output = File.createTempFile("auriga-stop", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(program.toString())
              .redirectErrorStream(true)
              .redirectOutput(output)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.environment().put("AURIGA_STOP_ID", stop.id());
      builder.environment().put("AURIGA_STOP_VALIDATOR", stop.validator().toString());
      builder.environment().put("AURIGA_STOP_REASON", stop.reason());
      Process process = builder.start();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        var _ = process.destroyForcibly();
        throw new IOException("it did not end within " + patience.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("it ended with " + process.exitValue() + ": " + begin(output));
      }
      return "it ended with 0";
    } finally {
      boolean _ = output.delete();
    }
  }

  private static String begin(File output) throws IOException {
    try (var in = new FileInputStream(output)) {
      return Hex.printable(new String(in.readNBytes(OUTPUT_MAX), StandardCharsets.UTF_8).strip());
    }
  }
}
