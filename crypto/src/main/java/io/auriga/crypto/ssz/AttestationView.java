package io.auriga.crypto.ssz;

import io.auriga.types.AttestationData;
import io.auriga.types.AurigaException;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.util.Arrays;
import java.util.Objects;

/**
 * An aggregate attestation in a checked block, read where it lies. Whether its bits fit the
 * committees it speaks of is for {@link io.auriga.crypto.committee.Committees} to say.
 */
public final class AttestationView {
  private final AttestationData content;
  private final byte[] ssz;
  private final int bits;
  private final int bitCount;
  private final int committees;
  private final int committeesMax;

  AttestationView(SszView attestation) {
    this.content = contentOf(attestation.field("data"));
    this.ssz = attestation.data();
    SszView aggregation = attestation.field("aggregation_bits");
    this.bits = aggregation.offset();
    this.bitCount = (int) SszValidator.bitCount(ssz, bits, aggregation.length());
    if (attestation.has("committee_bits")) {
      SszView named = attestation.field("committee_bits");
      this.committees = named.offset();
      this.committeesMax = ((SszSchema.Bitvector) named.schema()).bits();
    } else {
      this.committees = -1;
      this.committeesMax = 0;
    }
  }

  /**
   * An attestation that stands alone. Checks the bytes, which must not change afterwards.
   *
   * @throws SszException if they are not an attestation of the fork
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public static AttestationView of(BlockSchemas schemas, ForkName fork, byte[] ssz) {
    return new AttestationView(SszView.of(schemas.type(fork, "Attestation"), ssz));
  }

  static AttestationData contentOf(SszView data) {
    return new AttestationData(
        new Slot(data.uint64("slot")),
        data.uint64("index"),
        data.root("beacon_block_root"),
        checkpoint(data.field("source")),
        checkpoint(data.field("target")));
  }

  private static Checkpoint checkpoint(SszView checkpoint) {
    return new Checkpoint(new Epoch(checkpoint.uint64("epoch")), checkpoint.root("root"));
  }

  public AttestationData data() {
    return content;
  }

  /** How many members the committees must have together. */
  public int bitCount() {
    return bitCount;
  }

  /** The SSZ of who voted, with the mark of the end; a copy. */
  public byte[] aggregationBits() {
    return Arrays.copyOfRange(ssz, bits, bits + bitCount / Byte.SIZE + 1);
  }

  /** Whether it names its committees beside the data: from Electra on (EIP-7549). */
  public boolean namesCommittees() {
    return committees >= 0;
  }

  /** The number of committees that could be named; 0 before Electra. */
  public int committeesMax() {
    return committeesMax;
  }

  /** Whether a committee is named; its members' bits follow those of the ones before it. */
  public boolean namesCommittee(int committee) {
    return SszBits.isSet(ssz, committees, Objects.checkIndex(committee, committeesMax));
  }

  /** The SSZ of which committees are named, from Electra on; a copy. */
  public byte[] committeeBits() {
    return Arrays.copyOfRange(
        ssz, committees, committees + (committeesMax + Byte.SIZE - 1) / Byte.SIZE);
  }

  /**
   * Sets in {@code target}, from bit {@code at} on, who voted of the {@code count} members from
   * place {@code from} on.
   *
   * @return whether any of them did
   */
  public boolean addBits(int from, int count, long[] target, int at) {
    Objects.checkFromIndexSize(from, count, bitCount);
    return SszBits.or(ssz, bits, from, count, target, at);
  }

  @Override
  public String toString() {
    return "AttestationView[slot " + content.slot() + ", " + bitCount + " bits]";
  }
}
