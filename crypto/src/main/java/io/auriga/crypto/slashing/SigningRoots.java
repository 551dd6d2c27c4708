package io.auriga.crypto.slashing;

import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkSchedule;
import io.auriga.types.Root;
import java.nio.ByteBuffer;

/**
 * What a validator of one chain signs of a vote or a block ({@code compute_signing_root} and {@code
 * get_domain}, phase0), as interchange files name it.
 */
public final class SigningRoots {
  private static final int PROPOSER = 0x00000000;
  private static final int ATTESTER = 0x01000000;
  private static final byte[] ZERO = new byte[Root.LENGTH];
  private static final byte[] ZEROS = Sha256.hash(ZERO, ZERO);

  private final ForkSchedule forks;
  private final Root chain;

  /**
   * @param chain the genesis validators root
   */
  public SigningRoots(ForkSchedule forks, Root chain) {
    this.forks = forks;
    this.chain = chain;
  }

  public Root of(AttestationData vote) {
    byte[] slotAndIndex = Sha256.hash(leaf(vote.slot().value()), leaf(vote.index()));
    byte[] headAndSource = Sha256.hash(vote.beaconBlockRoot().toBytes(), checkpoint(vote.source()));
    byte[] left = Sha256.hash(slotAndIndex, headAndSource);
    byte[] right = Sha256.hash(Sha256.hash(checkpoint(vote.target()), ZERO), ZEROS);
    return signed(Sha256.hash(left, right), ATTESTER, vote.target().epoch());
  }

  /**
   * Of a block.
   *
   * @param epoch that its slot is in
   * @param root of the block, which is that of its header
   */
  public Root ofBlock(Epoch epoch, Root root) {
    return signed(root.toBytes(), PROPOSER, epoch);
  }

  private Root signed(byte[] root, int type, Epoch epoch) {
    return Root.of(Sha256.hash(root, domain(type, epoch)));
  }

  /** The domain of a kind of message in an epoch. */
  byte[] domain(int type, Epoch epoch) {
    byte[] version = new byte[Root.LENGTH];
    ByteBuffer.wrap(version).putInt(forks.entryAt(epoch).version().value());
    byte[] forkData = Sha256.hash(version, chain.toBytes());
    return ByteBuffer.allocate(Root.LENGTH)
        .putInt(type)
        .put(forkData, 0, Root.LENGTH - Integer.BYTES)
        .array();
  }

  private static byte[] checkpoint(Checkpoint checkpoint) {
    return Sha256.hash(leaf(checkpoint.epoch().value()), checkpoint.root().toBytes());
  }

  private static byte[] leaf(long number) {
    byte[] leaf = new byte[Root.LENGTH];
    LittleEndian.putInt64(leaf, 0, number);
    return leaf;
  }
}
