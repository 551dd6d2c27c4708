package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;

/** Votes of a world of a few chains, in which who votes when depends on the chain and the epoch. */
final class Votes {
  static final int SLOTS = 4;

  private Votes() {}

  static Root root(int... parts) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    return Root.of(bytes);
  }

  static AttestationData vote(int validator, int source, int target, int branch, int head) {
    return vote(validator, source, target, branch, head, SLOTS);
  }

  static AttestationData vote(
      int validator, int source, int target, int branch, int head, int slots) {
    int duty = Math.floorMod(validator * 31 + target * 17 + branch * 7, slots * 2);
    return new AttestationData(
        new Slot((long) target * slots + duty / 2),
        duty % 2,
        root(head, branch, target, duty / 2),
        new Checkpoint(new Epoch(source), root(99, source, branch)),
        new Checkpoint(new Epoch(target), root(98, target, branch)));
  }
}
