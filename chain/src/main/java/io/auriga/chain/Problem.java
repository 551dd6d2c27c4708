package io.auriga.chain;

import io.auriga.types.AurigaException;
import java.time.Instant;

/** Why the follower cannot go on for now, in the words of {@link AurigaException}. */
public record Problem(String code, String message, String remedy, Instant since) {
  static Problem of(AurigaException failure, Instant since) {
    return new Problem(
        failure.code(), String.valueOf(failure.getMessage()), failure.remedy(), since);
  }
}
