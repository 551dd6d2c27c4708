package io.auriga.app.cli.verify;

import org.jspecify.annotations.Nullable;

/**
 * A value that a file claims beside the one that was recomputed from its content.
 *
 * @param claimed null if the file does not say
 * @param computed null if it cannot be computed
 */
public record Check(@Nullable String claimed, @Nullable String computed) {
  /** Whether both agree; null if one of them is missing. */
  public @Nullable Boolean ok() {
    return (claimed == null || computed == null) ? null : claimed.equals(computed);
  }

  boolean differs() {
    return Boolean.FALSE.equals(ok());
  }
}
