package io.auriga.benchmarks.duties;

import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.testkit.duties.AttestationWriter;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;

/** Epochs and aggregates of mainnet's size, from a seed. */
public final class Aggregates {
  public static final Epoch EPOCH = new Epoch(7);
  private static final long SEED = 20_261_125;
  private static final double VOTING = 0.98;

  private Aggregates() {}

  /** What a shuffle begins with. */
  public static Root seed() {
    byte[] seed = new byte[Root.LENGTH];
    new Random(SEED).nextBytes(seed);
    return Root.of(seed);
  }

  public static ChainSpec spec() {
    return Networks.electra();
  }

  /** The committees of the epoch if the first so many validators are active. */
  public static Committees committees(int validators) {
    return Committees.of(spec(), EPOCH, IntStream.range(0, validators).toArray(), seed());
  }

  /** 98 % of all committees of one slot, in one Electra attestation, as SSZ. */
  public static byte[] ofASlot(Committees committees) {
    Random random = new Random(SEED);
    int[] sizes = new int[committees.committeesPerSlot()];
    BitSet[] votes = new BitSet[sizes.length];
    Arrays.setAll(sizes, i -> committees.members(3, i).length);
    for (int i = 0; i < sizes.length; i++) {
      votes[i] = new BitSet();
      for (int member = 0; member < sizes[i]; member++) {
        votes[i].set(member, random.nextDouble() < VOTING);
      }
    }
    AttestationData data =
        new AttestationData(
            spec().startSlotOf(EPOCH).plus(3),
            0,
            seed(),
            new Checkpoint(new Epoch(6), seed()),
            new Checkpoint(EPOCH, seed()));
    return new AttestationWriter(BlockSchemas.of(spec()), ForkName.ELECTRA)
        .write(data, votes, sizes)
        .getFirst();
  }
}
