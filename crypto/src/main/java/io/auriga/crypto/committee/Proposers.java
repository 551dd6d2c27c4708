package io.auriga.crypto.committee;

import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Whose turn it is to propose, slot by slot ({@code compute_proposer_index}). */
public final class Proposers {
  private final ForkName fork;
  private final long maxBalance;
  private final int rounds;
  private final ChainSpec spec;

  /**
   * The rules of a fork: Electra weighs by balances up to 2048 ETH, with random values of 16 bits.
   */
  public Proposers(ChainSpec spec, ForkName fork) {
    this.spec = spec;
    this.fork = fork;
    this.rounds = (int) spec.number("SHUFFLE_ROUND_COUNT");
    this.maxBalance =
        spec.number(isElectra() ? "MAX_EFFECTIVE_BALANCE_ELECTRA" : "MAX_EFFECTIVE_BALANCE");
  }

  /**
   * The proposers of an epoch, by slot, that a state has decided: those of its own epoch, and from
   * Fulu on those of the next one too.
   *
   * @throws IllegalArgumentException for another epoch
   * @throws SszException if the state names a proposer that does not exist
   */
  public static int[] ofState(ChainSpec spec, BeaconStateView state, Epoch epoch) {
    long ahead = epoch.value() - spec.epochOf(state.slot()).value();
    boolean decided = state.fork().isAtLeast(ForkName.FULU);
    if (ahead < 0 || ahead > (decided ? spec.number("MIN_SEED_LOOKAHEAD") : 0)) {
      throw new IllegalArgumentException(
          "a state of slot " + state.slot() + " has not decided who proposes in epoch " + epoch);
    }
    if (decided) {
      return lookahead(state, (int) (ahead * spec.slotsPerEpoch()), (int) spec.slotsPerEpoch());
    }
    Epoch mixEpoch = Seeds.mixEpoch(epoch, spec.number("MIN_SEED_LOOKAHEAD"));
    Root seed = Seeds.seed(Seeds.PROPOSER, epoch, Seeds.mix(state, mixEpoch));
    int[] active = ActiveValidators.of(state, epoch);
    return new Proposers(spec, state.fork()).of(epoch, active, state::effectiveBalance, seed);
  }

  private static int[] lookahead(BeaconStateView state, int from, int count) {
    return IntStream.range(from, from + count).map(state::proposerLookahead).toArray();
  }

  /**
   * The proposers of an epoch, by slot.
   *
   * @param active ascending, not empty
   * @param effectiveBalances Gwei, by index, at the time the epoch's proposers are decided: when it
   *     begins, and from Fulu on one epoch earlier
   * @param seed {@link Seeds#seed} of {@link Seeds#PROPOSER}
   */
  public int[] of(Epoch epoch, int[] active, IntToLongFunction effectiveBalances, Root seed) {
    int[] proposers = new int[(int) spec.slotsPerEpoch()];
    byte[] message = new byte[Root.LENGTH + Long.BYTES];
    seed.copyTo(message, 0);
    for (int i = 0; i < proposers.length; i++) {
      LittleEndian.putInt64(message, Root.LENGTH, spec.startSlotOf(epoch).value() + i);
      proposers[i] = draw(active, effectiveBalances, Root.of(Sha256.hash(message)));
    }
    return proposers;
  }

  private int draw(int[] active, IntToLongFunction effectiveBalances, Root seed) {
    if (active.length == 0) {
      throw new IllegalArgumentException("nobody is active, so nobody can propose");
    }
    int perHash = isElectra() ? 16 : 32;
    long randomMax = isElectra() ? 0xffff : 0xff;
    byte[] message = new byte[Root.LENGTH + Long.BYTES];
    seed.copyTo(message, 0);
    byte[] random = new byte[0];
    for (long i = 0; ; i++) {
      if (i % perHash == 0) {
        LittleEndian.putInt64(message, Root.LENGTH, i / perHash);
        random = Sha256.hash(message);
      }
      int at = (int) (i % perHash);
      long value =
          isElectra()
              ? (random[2 * at] & 0xff) | (random[2 * at + 1] & 0xff) << 8
              : random[at] & 0xff;
      int place = Shuffling.shuffledIndex((int) (i % active.length), active.length, seed, rounds);
      int candidate = active[place];
      long weight = effectiveBalances.applyAsLong(candidate) * randomMax;
      if (Long.compareUnsigned(weight, maxBalance * value) >= 0) {
        return candidate;
      }
    }
  }

  private boolean isElectra() {
    return fork.isAtLeast(ForkName.ELECTRA);
  }
}
