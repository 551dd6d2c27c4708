package io.auriga.runtime.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How a moment is kept: as microseconds since 1970, of which what is finer is cut off. */
public final class StoredTime {
  private StoredTime() {}

  /** For a column that {@link Row#time} reads. */
  public static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  static Instant of(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
