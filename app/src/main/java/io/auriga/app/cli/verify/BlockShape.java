package io.auriga.app.cli.verify;

import io.auriga.types.ForkName;
import java.util.Optional;

/**
 * The fork that a beacon block's own form shows: each fork up to Electra added a field to the body,
 * so the length of the body's fixed part, or its keys in JSON, tells them apart. Fulu changed
 * nothing there and looks like Electra.
 *
 * @param fork the first fork of this form
 * @param minimalPreset whether the sync committee is that of the minimal preset
 */
record BlockShape(ForkName fork, boolean minimalPreset) {
  private static final int SIGNED_OFFSET = 100;
  private static final int BLOCK_OFFSET = 84;
  private static final int BLOCK_OFFSET_AT = 80;
  private static final int FIRST_LIST_AT = 200; // behind randao_reveal, eth1_data and graffiti

  private static final int PHASE0_PART = 220;
  private static final int ALTAIR_PART = 380;
  private static final int MINIMAL_SYNC_AGGREGATE_IS_SHORTER = 60;

  /** Whether the bytes begin as a signed block's SSZ does. */
  static boolean isSignedBlock(byte[] ssz) {
    return littleEndian(ssz, 0) == SIGNED_OFFSET
        && littleEndian(ssz, SIGNED_OFFSET + BLOCK_OFFSET_AT) == BLOCK_OFFSET;
  }

  /** Whether the bytes begin as the SSZ of a block without a signature does. */
  static boolean isUnsignedBlock(byte[] ssz) {
    return littleEndian(ssz, BLOCK_OFFSET_AT) == BLOCK_OFFSET;
  }

  /** The shape of a signed block; empty if it is none that is known. */
  static Optional<BlockShape> ofSigned(byte[] ssz) {
    int fixedPart = littleEndian(ssz, SIGNED_OFFSET + BLOCK_OFFSET + FIRST_LIST_AT);
    if (fixedPart == PHASE0_PART) {
      return Optional.of(new BlockShape(ForkName.PHASE0, false));
    }
    Optional<ForkName> mainnet = sinceAltair(fixedPart - ALTAIR_PART);
    return mainnet.isPresent()
        ? mainnet.map(fork -> new BlockShape(fork, false))
        : sinceAltair(fixedPart - ALTAIR_PART + MINIMAL_SYNC_AGGREGATE_IS_SHORTER)
            .map(fork -> new BlockShape(fork, true));
  }

  private static Optional<ForkName> sinceAltair(int more) {
    return switch (more) {
      case 0 -> Optional.of(ForkName.ALTAIR);
      case 4 -> Optional.of(ForkName.BELLATRIX);
      case 8 -> Optional.of(ForkName.CAPELLA);
      case 12 -> Optional.of(ForkName.DENEB);
      case 16 -> Optional.of(ForkName.ELECTRA);
      default -> Optional.empty();
    };
  }

  /** The shape of a block's body in JSON; empty if it is none that is known. */
  static Optional<BlockShape> ofJson(JsonObjectText body) {
    if (!body.has("randao_reveal") || !body.has("proposer_slashings")) {
      return Optional.empty();
    }
    if (!body.isObject("sync_aggregate")) {
      return Optional.of(new BlockShape(ForkName.PHASE0, false));
    }
    // 32 bits are 4 bytes, 512 bits are 64.
    boolean minimal =
        body.object("sync_aggregate")
            .text("sync_committee_bits")
            .filter(bits -> bits.length() == 2 + 8)
            .isPresent();
    return Optional.of(new BlockShape(forkOf(body), minimal));
  }

  private static ForkName forkOf(JsonObjectText body) {
    if (body.has("execution_requests")) {
      return ForkName.ELECTRA;
    }
    if (body.has("blob_kzg_commitments")) {
      return ForkName.DENEB;
    }
    if (body.has("bls_to_execution_changes")) {
      return ForkName.CAPELLA;
    }
    return body.has("execution_payload") ? ForkName.BELLATRIX : ForkName.ALTAIR;
  }

  /** Whether blocks of {@code other} have this form. */
  boolean isOf(ForkName other) {
    return fork == other || (fork == ForkName.ELECTRA && other == ForkName.FULU);
  }

  /** For messages: {@code electra or fulu}. */
  String describe() {
    return fork == ForkName.ELECTRA ? "electra or fulu" : fork.lowerName();
  }

  private static int littleEndian(byte[] bytes, int at) {
    if (bytes.length < at + 4) {
      return -1;
    }
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }
}
