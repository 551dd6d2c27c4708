package io.auriga.crypto.committee;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.BlsPublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The seats of a sync committee ({@code SyncCommittee}, altair), by validator index. */
public final class SyncCommittee {
  private static final int VALIDATOR_LENGTH = 121;

  private SyncCommittee() {}

  /** Who sits in the period of the state, seat by seat; one validator may have several seats. */
  public static int[] current(BeaconStateView state) {
    return seats(state, "current_sync_committee");
  }

  /** Who will sit in the period behind the state's. */
  public static int[] next(BeaconStateView state) {
    return seats(state, "next_sync_committee");
  }

  private static int[] seats(BeaconStateView state, String field) {
    SszView keys = state.fields().field(field).field("pubkeys");
    Map<BlsPublicKey, Integer> validators = new HashMap<>();
    long[] begins = new long[keys.count()];
    for (int seat = 0; seat < begins.length; seat++) {
      validators.put(BlsPublicKey.of(keys.element(seat).toBytes()), -1);
      begins[seat] = LittleEndian.int64(keys.data(), keys.element(seat).offset());
    }
    find(state, begins, validators);
    int[] seats = new int[begins.length];
    for (int seat = 0; seat < seats.length; seat++) {
      seats[seat] = validators.getOrDefault(BlsPublicKey.of(keys.element(seat).toBytes()), -1);
      if (seats[seat] < 0) {
        throw new SszException(
            "BeaconState." + field + ".pubkeys[" + seat + "]",
            keys.element(seat).offset(),
            "it is no validator's key");
      }
    }
    return seats;
  }

  /** One pass over all validators' keys, of which nearly none is looked at beyond 8 bytes. */
  private static void find(
      BeaconStateView state, long[] begins, Map<BlsPublicKey, Integer> validators) {
    Arrays.sort(begins);
    SszView registry = state.fields().field("validators");
    for (int i = 0; i < state.validatorCount(); i++) {
      int at = registry.offset() + i * VALIDATOR_LENGTH;
      if (Arrays.binarySearch(begins, LittleEndian.int64(registry.data(), at)) >= 0) {
        byte[] key = Arrays.copyOfRange(registry.data(), at, at + BlsPublicKey.LENGTH);
        validators.replace(BlsPublicKey.of(key), -1, i);
      }
    }
  }
}
