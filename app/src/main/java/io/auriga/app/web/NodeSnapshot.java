package io.auriga.app.web;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One node as last seen.
 *
 * @param name as messages name it; never with credentials
 * @param head the head it named last, in words: {@code slot 12345} or {@code block 12345}
 * @param lastAnswer when it last answered anything
 * @param problem why it is not {@link Health#UP}
 */
public record NodeSnapshot(
    String name,
    Layer layer,
    Health health,
    Optional<String> version,
    Optional<String> head,
    Optional<Instant> lastAnswer,
    Optional<String> problem) {

  /** Which of the two protocols it speaks. */
  public enum Layer {
    CONSENSUS,
    EXECUTION;

    public String lowerName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it can be used. */
  public enum Health {
    UNKNOWN,
    UP,
    SYNCING,
    DOWN;

    public String lowerName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
