package io.auriga.app.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, within a limit. */
final class Command {
  private Command() {}

  /** How it ended; both outputs in one text. */
  record Result(List<String> words, int code, String output) {
    /** Its output, where it ended well. */
    String require() {
      if (code != 0) {
        throw new IllegalStateException(
            String.join(" ", words) + " ended with " + code + ":\n" + output);
      }
      return output;
    }
  }

  /** Runs {@code words} in {@code folder}; what it started itself may go on running. */
  static Result run(Path folder, Duration limit, List<String> words) throws InterruptedException {
    try {
      // A file and not a pipe: a child that outlives the program would keep a pipe open.
      Path output = Files.createTempFile("auriga-command-", ".log");
      try {
        Process process =
            new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              String.join(" ", words)
                  + " did not end within "
                  + limit.toSeconds()
                  + " s:\n"
                  + Files.readString(output));
        }
        return new Result(words, process.exitValue(), Files.readString(output));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run " + words.getFirst(), failure);
    }
  }

  /** Whether a program can be started at all. */
  static boolean exists(String program) throws InterruptedException {
    try {
      return run(Path.of("."), Duration.ofSeconds(20), List.of(program, "--version")).code() == 0;
    } catch (UncheckedIOException missing) {
      return false;
    }
  }
}
