package io.auriga.testkit.fault;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to a connection. All but {@link Refuse} and {@link Hang} concern
 * what the server sends; what the client sends passes untouched.
 */
public sealed interface Fault {
  /** Everything passes. */
  record None() implements Fault {}

  /** Each piece of data waits for {@code delay} before it passes. */
  record Delay(Duration delay) implements Fault {
    public Delay {
      requirePositive(delay);
    }
  }

  /** {@code bytes} pass, then the connection is reset, as by a crash. */
  record CutAfter(long bytes) implements Fault {}

  /** {@code bytes} pass, then the connection is closed in good order, as if that were all. */
  record TruncateAfter(long bytes) implements Fault {}

  /** {@code bytes} pass, then {@code length} random bytes of {@code seed}, then the rest. */
  record GarbageAfter(long bytes, int length, long seed) implements Fault {}

  /** One byte passes every {@code interval}. */
  record Drip(Duration interval) implements Fault {
    public Drip {
      requirePositive(interval);
    }
  }

  /** The connection is accepted, since a listening system does that, and reset at once. */
  record Refuse() implements Fault {}

  /** The connection is accepted and nothing ever passes, in either direction. */
  record Hang() implements Fault {}

  private static void requirePositive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("must be longer than nothing: " + duration);
    }
  }
}
