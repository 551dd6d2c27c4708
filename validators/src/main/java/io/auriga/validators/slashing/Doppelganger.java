package io.auriga.validators.slashing;

import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that was signed with the key of a watched validator, and not by its client: somebody
 * else has the key.
 *
 * @param message all that is known of it, for a person
 * @param slot of it; of a vote of which only the epochs are known, the first of its target
 * @param where it was seen first
 * @param seenAt empty if that was before a restart
 * @param said by the client or its operator, and as of when
 */
public record Doppelganger(
    ValidatorIndex validator,
    Kind kind,
    String message,
    Slot slot,
    Reason reason,
    String where,
    Optional<Instant> seenAt,
    String said) {
  /** What was signed. */
  public enum Kind {
    VOTE,
    BLOCK
  }

  /** Why it is none of the client's. */
  public enum Reason {
    /** The client was off, as its operator declared. */
    OFF,
    /** The client's record goes that far, and does not name it. */
    NOT_SIGNED,
    /** The client's record names another message in its place. */
    SIGNED_OTHER
  }

  /** A sentence for a person. */
  public String summary() {
    return "validator %s: %s %s, seen in %s, is not its client's: %s"
        .formatted(validator, kind == Kind.VOTE ? "the vote" : "the block", message, where, said);
  }
}
