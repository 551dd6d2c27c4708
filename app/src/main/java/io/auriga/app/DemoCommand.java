package io.auriga.app;

import ch.qos.logback.classic.Level;
import io.auriga.app.cli.CliError;
import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.logging.LogFormat;
import io.auriga.runtime.logging.Logging;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga demo}: everything on a recorded chain, without nodes of one's own. */
@Command(
    name = "demo",
    description = {
      "Replays a recorded chain through nodes of our own, over HTTP, and follows it as it would"
          + " follow yours: withdrawals arrive, become safe and final, and a reorg is undone.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga demo",
      "  auriga demo --speed 60 --loop",
      "  auriga demo --recording recordings/lodestar-capella-reorgs"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String DEFAULT_RECORDING = "minimal-capella-to-fulu";
  private static final Duration LOOK = Duration.ofMillis(500);

  /** How long the end stays on the screen before the next round. */
  private static final Duration CURTAIN = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--recording",
      paramLabel = "FOLDER",
      description = "What to replay; by default the bundled " + DEFAULT_RECORDING + ".")
  private Optional<Path> recording = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "12",
      description =
          "Seconds of the chain in a second (default ${DEFAULT-VALUE}: a slot a second). The"
              + " dashboard changes it while it runs.")
  private double speed;

  @Option(
      names = "--from",
      paramLabel = "SLOT",
      defaultValue = "16",
      description =
          "Begin at this slot; what lies before is there at once (default" + " ${DEFAULT-VALUE}).")
  private long from;

  @Option(names = "--loop", description = "Begin anew at the end, until stopped.")
  private boolean loop;

  @Option(
      names = "--exit-at-end",
      description = "End at the end; by default the last state stays until Ctrl-C.")
  private boolean exitAtEnd;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + AurigaConfig.DEFAULT_PORT,
      description = "The port of the dashboard (default ${DEFAULT-VALUE}; 0 takes any).")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    if (!(speed > 0 && speed <= 1_000) || from < 0) {
      throw new AurigaException(
          CliError.USAGE,
          "replay a recording",
          "the speed must be above 0 and at most 1000, the slot at least 0",
          "Give --speed 12, for example",
          null);
    }
    Logging.apply(Level.WARN, LogFormat.TEXT);
    Recording played = Recording.open(folder());
    PrintWriter out = spec.commandLine().getOut();
    try (Stop stop = new Stop()) {
      boolean again = true;
      while (again) {
        again = play(played, out, stop);
      }
    }
    return 0;
  }

  /** One round; false when there is to be no other. */
  private boolean play(Recording played, PrintWriter out, Stop stop) throws InterruptedException {
    try (Demo demo = Demo.start(played, speed, new Slot(from), port)) {
      out.println();
      out.println("  Auriga's demo: " + played.about().description());
      out.println();
      out.println("  Open " + demo.uri());
      out.println();
      out.println("  Its nodes answer you as well: ./auriga doctor " + demo.nodeOptions());
      out.println();
      out.println("  " + times(speed) + " as fast as it was; Ctrl-C stops it.");
      out.flush();
      while (!demo.isFinished()) {
        if (stop.await(LOOK)) {
          return false;
        }
      }
      if (exitAtEnd) {
        return false;
      }
      if (!loop) {
        out.println("  The recording is over; its end stays on the screen until Ctrl-C.");
        out.flush();
        stop.await();
        return false;
      }
      return !stop.await(CURTAIN);
    }
  }

  private static String times(double speed) {
    return new BigDecimal(String.valueOf(speed)).stripTrailingZeros().toPlainString() + " times";
  }

  private Path folder() {
    if (recording.isPresent()) {
      return recording.get();
    }
    String home = System.getProperty("auriga.home", ".");
    Path bundled = Path.of(home).resolve("recordings").resolve(DEFAULT_RECORDING);
    if (!Files.isDirectory(bundled)) {
      throw new AurigaException(
          CliError.USAGE,
          "find the bundled recording",
          "there is no folder " + bundled,
          "Start the demo with the launcher of the project, or name a recording with --recording",
          null);
    }
    return bundled;
  }
}
