package io.auriga.sync.slot;

import java.util.Locale;

/** How the execution client took a slot's payload, as the relay saw it; the best of several. */
public enum EngineAnswer {
  VALID,
  INVALID,
  /** It does not know the chain before the payload yet: {@code SYNCING} or {@code ACCEPTED}. */
  SYNCING,
  /** An answer that says nothing of the payload, such as an error. */
  OTHER,
  WRONG_TOKEN,
  TIMEOUT,
  BROKEN,
  UNREACHABLE;

  /** Whether the execution client could not be spoken to. */
  boolean isOffline() {
    return switch (this) {
      case WRONG_TOKEN, TIMEOUT, BROKEN, UNREACHABLE -> true;
      case VALID, INVALID, SYNCING, OTHER -> false;
    };
  }

  /** As in JSON and in the store. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
