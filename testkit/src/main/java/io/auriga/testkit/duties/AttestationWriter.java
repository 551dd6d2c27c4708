package io.auriga.testkit.duties;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.ForkName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Attestations as SSZ: one for each committee, or from Electra on one for several. */
public final class AttestationWriter {
  private static final int SIGNATURE_LENGTH = 96;

  private final BlockSchemas schemas;
  private final ForkName fork;

  public AttestationWriter(BlockSchemas schemas, ForkName fork) {
    this.schemas = schemas;
    this.fork = fork;
  }

  /**
   * The attestations that carry votes for one thing; committees nobody of which votes are left out.
   *
   * @param votes for each committee of the slot, which members
   * @param sizes for each committee, how many members it has
   */
  public List<byte[]> write(AttestationData data, BitSet[] votes, int[] sizes) {
    List<byte[]> attestations = new ArrayList<>();
    if (fork.isAtLeast(ForkName.ELECTRA)) {
      BitSet named = new BitSet();
      BitSet bits = new BitSet();
      int length = 0;
      for (int committee = 0; committee < votes.length; committee++) {
        if (!votes[committee].isEmpty()) {
          named.set(committee);
          int from = length;
          votes[committee].stream().forEach(member -> bits.set(from + member));
          length += sizes[committee];
        }
      }
      if (!named.isEmpty()) {
        attestations.add(aggregate(data, 0, bits, length, named));
      }
      return attestations;
    }
    for (int committee = 0; committee < votes.length; committee++) {
      if (!votes[committee].isEmpty()) {
        attestations.add(
            aggregate(data, committee, votes[committee], sizes[committee], new BitSet()));
      }
    }
    return attestations;
  }

  /** One attestation, possible or not. */
  public byte[] aggregate(
      AttestationData data, long index, BitSet bits, int length, BitSet committees) {
    SszWriter writer =
        SszWriter.of(schemas.type(fork, "Attestation"))
            .set("aggregation_bits", bitlist(bits, length))
            .set("data", data(data, index))
            .set("signature", new byte[SIGNATURE_LENGTH]);
    if (fork.isAtLeast(ForkName.ELECTRA)) {
      int most = (int) schemas.spec().number("MAX_COMMITTEES_PER_SLOT");
      byte[] named = new byte[(most + 7) / 8];
      byte[] set = committees.toByteArray();
      System.arraycopy(set, 0, named, 0, set.length);
      writer.set("committee_bits", named);
    }
    return writer.toBytes();
  }

  private byte[] data(AttestationData data, long index) {
    return SszWriter.of(schemas.type(fork, "AttestationData"))
        .set("slot", data.slot().value())
        .set("index", index)
        .set("beacon_block_root", data.beaconBlockRoot().toBytes())
        .set("source", checkpoint(data.source()))
        .set("target", checkpoint(data.target()))
        .toBytes();
  }

  private static byte[] checkpoint(Checkpoint checkpoint) {
    byte[] bytes = new byte[Long.BYTES + 32];
    LittleEndian.putInt64(bytes, 0, checkpoint.epoch().value());
    checkpoint.root().copyTo(bytes, Long.BYTES);
    return bytes;
  }

  private static byte[] bitlist(BitSet bits, int length) {
    byte[] list = new byte[length / 8 + 1];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, list, 0, set.length);
    list[length / 8] |= (byte) (1 << (length % 8));
    return list;
  }
}
