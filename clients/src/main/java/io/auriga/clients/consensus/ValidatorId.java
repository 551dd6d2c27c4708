package io.auriga.clients.consensus;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;

/** A validator as the Beacon API lets one be named. */
public sealed interface ValidatorId {
  record ByIndex(ValidatorIndex index) implements ValidatorId {}

  record ByKey(BlsPublicKey key) implements ValidatorId {}

  static ValidatorId of(ValidatorIndex index) {
    return new ByIndex(index);
  }

  static ValidatorId of(BlsPublicKey key) {
    return new ByKey(key);
  }

  /** The form of the Beacon API: a decimal, or {@code 0x} and 96 digits. */
  default String text() {
    return switch (this) {
      case ByIndex(ValidatorIndex index) -> index.toString();
      case ByKey(BlsPublicKey key) -> key.toHex();
    };
  }
}
