package io.auriga.runtime.config;

import io.auriga.types.AurigaException;
import org.jspecify.annotations.Nullable;

/** The configuration cannot be used as it is. */
public final class ConfigException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final ConfigError error;

  ConfigException(ConfigError error, String attempted, String problem) {
    this(error, attempted, problem, null);
  }

  ConfigException(ConfigError error, String attempted, String problem, @Nullable Throwable cause) {
    super(error, attempted, problem, cause);
    this.error = error;
  }

  /** The kind of failure. */
  public ConfigError error() {
    return error;
  }
}
