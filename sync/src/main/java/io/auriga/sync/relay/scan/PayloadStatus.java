package io.auriga.sync.relay.scan;

import java.util.Optional;

/** What an execution client says of a payload (Engine API, {@code PayloadStatusV1}). */
public enum PayloadStatus {
  VALID,
  INVALID,
  SYNCING,
  ACCEPTED,
  /** Of {@code engine_newPayloadV1} alone. */
  INVALID_BLOCK_HASH;

  static Optional<PayloadStatus> of(String text) {
    for (PayloadStatus status : values()) {
      if (status.name().equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Whether the payload must not be built upon. */
  public boolean isInvalid() {
    return this == INVALID || this == INVALID_BLOCK_HASH;
  }
}
