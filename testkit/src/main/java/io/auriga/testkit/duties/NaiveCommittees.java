package io.auriga.testkit.duties;

import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Committees one member at a time ({@code compute_committee}, phase0). Slow on purpose. */
public final class NaiveCommittees {
  private final ChainSpec spec;
  private final int[] active;
  private final byte[] seed;
  private final int rounds;

  /**
   * @param active ascending
   * @param mix the RANDAO mix from which the epoch's seed follows
   */
  public NaiveCommittees(ChainSpec spec, Epoch epoch, int[] active, Root mix) {
    this.spec = spec;
    this.active = active;
    this.rounds = (int) spec.number("SHUFFLE_ROUND_COUNT");
    ByteBuffer domainAndEpoch = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    domainAndEpoch.put((byte) 1).putLong(4, epoch.value());
    this.seed = sha256(domainAndEpoch.array(), mix.toBytes());
  }

  /** {@code get_committee_count_per_slot}. */
  public int perSlot() {
    return perSlot(spec, active.length);
  }

  static int perSlot(ChainSpec spec, int active) {
    long wanted = active / spec.slotsPerEpoch() / spec.number("TARGET_COMMITTEE_SIZE");
    return (int) Math.max(1, Math.min(spec.number("MAX_COMMITTEES_PER_SLOT"), wanted));
  }

  /** {@code get_beacon_committee} of a slot, counted in its epoch. */
  public int[] committee(int slot, int index) {
    long count = perSlot() * spec.slotsPerEpoch();
    long number = (long) slot * perSlot() + index;
    int start = (int) (active.length * number / count);
    int end = (int) (active.length * (number + 1) / count);
    int[] members = new int[end - start];
    for (int i = start; i < end; i++) {
      members[i - start] = active[shuffled(i)];
    }
    return members;
  }

  private int shuffled(int index) {
    int at = index;
    for (int round = 0; round < rounds; round++) {
      byte[] ofRound = {(byte) round};
      long first = ByteBuffer.wrap(sha256(seed, ofRound)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      int pivot = (int) Long.remainderUnsigned(first, active.length);
      int flip = (int) (((long) pivot + active.length - at) % active.length);
      int position = Math.max(at, flip);
      byte[] block =
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(position / 256).array();
      byte source = sha256(seed, ofRound, block)[position % 256 / 8];
      at = (source >> position % 8 & 1) == 1 ? flip : at;
    }
    return at;
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        sha.update(part);
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
