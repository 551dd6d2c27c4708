package io.auriga.crypto.committee;

import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.Epoch;
import io.auriga.types.Root;

/** What the shuffles of an epoch start from ({@code get_seed}, phase0). */
public final class Seeds {
  /** {@code DOMAIN_BEACON_PROPOSER}. */
  public static final int PROPOSER = 0x00;

  /** {@code DOMAIN_BEACON_ATTESTER}. */
  public static final int ATTESTER = 0x01;

  private Seeds() {}

  /**
   * The seed of an epoch.
   *
   * @param domain {@link #PROPOSER} or {@link #ATTESTER}: the first byte of the domain type, whose
   *     others are 0
   * @param mix the RANDAO mix at the end of the epoch {@link #mixEpoch} names
   */
  public static Root seed(int domain, Epoch epoch, Root mix) {
    byte[] message = new byte[4 + Long.BYTES + Root.LENGTH];
    message[0] = (byte) domain;
    LittleEndian.putInt64(message, 4, epoch.value());
    mix.copyTo(message, 4 + Long.BYTES);
    return Root.of(Sha256.hash(message));
  }

  /**
   * The epoch at whose end the mix for {@code epoch} is fixed, {@code lookahead} being {@code
   * MIN_SEED_LOOKAHEAD}. Before genesis, as unsigned numbers wrap, for the first epochs.
   */
  public static Epoch mixEpoch(Epoch epoch, long lookahead) {
    return new Epoch(epoch.value() - lookahead - 1);
  }

  /**
   * The RANDAO mix of an epoch, as far as the state knows it: the current one's changes with each
   * block, and those of more than {@code EPOCHS_PER_HISTORICAL_VECTOR} epochs ago are overwritten.
   */
  public static Root mix(BeaconStateView state, Epoch epoch) {
    SszView mixes = state.fields().field("randao_mixes");
    SszView mix = mixes.element(place(epoch, mixes.count()));
    return Root.at(mix.data(), mix.offset());
  }

  private static int place(Epoch epoch, int count) {
    // The vector's length is a power of two in each preset, so that wrapped numbers find theirs.
    return (int) Long.remainderUnsigned(epoch.value(), count);
  }
}
