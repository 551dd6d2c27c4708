package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * A vote that was seen before another.
 *
 * @param data all of it; null for an old vote of which only the checkpoints are still kept with its
 *     voter
 */
public record Vote(Checkpoint source, Checkpoint target, @Nullable AttestationData data) {
  static Vote of(AttestationData data) {
    return new Vote(data.source(), data.target(), data);
  }

  /** Whether its span lies around the other's: both ends strictly outside. */
  boolean surrounds(Vote other) {
    return source.epoch().compareTo(other.source.epoch()) < 0
        && target.epoch().compareTo(other.target.epoch()) > 0;
  }
}
