package io.auriga.sync.relay;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one consensus client set the fork choice. Another takes over once the first has been silent
 * for long enough, so that a change of clients needs nobody.
 */
final class ForkChoiceWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ForkChoiceWriter.class);

  private final Duration silence;
  private Optional<String> writer = Optional.empty();
  private long lastNanos;

  ForkChoiceWriter(Duration silence) {
    this.silence = silence;
  }

  /**
   * Whether this one may write.
   *
   * @param name what tells consensus clients apart
   */
  synchronized boolean admits(String name, long nowNanos) {
    boolean same = writer.filter(name::equals).isPresent();
    if (!same && writer.isPresent() && nowNanos - lastNanos < silence.toNanos()) {
      return false;
    }
    if (!same) {
      LOG.atInfo().addKeyValue("consensus", name).log("This consensus client sets the fork choice");
      writer = Optional.of(name);
    }
    lastNanos = nowNanos;
    return true;
  }
}
