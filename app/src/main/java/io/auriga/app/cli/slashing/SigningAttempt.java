package io.auriga.app.cli.slashing;

import io.auriga.clients.http.JsonView;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.crypto.slashing.SigningHistory;
import io.auriga.crypto.slashing.SigningVerdict;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that a key is about to sign; the key may be left out. */
public sealed interface SigningAttempt {
  /** A block: {@code {"pubkey", "slot", "signing_root"}}. */
  record Block(Optional<BlsPublicKey> key, SignedBlock message) implements SigningAttempt {}

  /** A vote: {@code {"pubkey", "source_epoch", "target_epoch", "signing_root"}}. */
  record Attestation(Optional<BlsPublicKey> key, SignedAttestation message)
      implements SigningAttempt {}

  Optional<BlsPublicKey> key();

  /**
   * Reads a block.
   *
   * @throws JsonView.Unexpected naming the field that is missing or malformed
   */
  static Block block(JsonView json) {
    return new Block(
        keyOf(json), new SignedBlock(json.at("slot").as(Slot::parseDecimal), rootOf(json)));
  }

  /** Reads a vote, as {@link #block} does a block. */
  static Attestation attestation(JsonView json) {
    return new Attestation(
        keyOf(json),
        new SignedAttestation(
            json.at("source_epoch").as(Epoch::parseDecimal),
            json.at("target_epoch").as(Epoch::parseDecimal),
            rootOf(json)));
  }

  private static Optional<BlsPublicKey> keyOf(JsonView json) {
    return json.find("pubkey").map(key -> key.as(BlsPublicKey::fromHex));
  }

  private static @Nullable Root rootOf(JsonView json) {
    return json.find("signing_root").map(root -> root.as(Root::fromHex)).orElse(null);
  }

  /** What the history of the key says to it. */
  default SigningVerdict check(SigningHistory history) {
    return switch (this) {
      case Block(_, var message) -> history.check(message);
      case Attestation(_, var message) -> history.check(message);
    };
  }

  /** As {@link #check}; what is safe is recorded. */
  default SigningVerdict sign(SigningHistory history) {
    return switch (this) {
      case Block(_, var message) -> history.sign(message);
      case Attestation(_, var message) -> history.sign(message);
    };
  }

  /** For a person. */
  default String text() {
    return switch (this) {
      case Block(_, var message) -> message.toString();
      case Attestation(_, var message) -> message.toString();
    };
  }
}
