package io.auriga.validators.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.AttestationRewards;
import io.auriga.clients.consensus.Validator;
import io.auriga.testkit.duties.DutyBlock;
import io.auriga.testkit.duties.DutyNetwork;
import io.auriga.testkit.duties.DutyPlan;
import io.auriga.testkit.duties.NaiveDuties;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.accounting.Beginning;
import io.auriga.validators.accounting.DutyAccounting;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.SimulatedDutiesTest;
import io.auriga.validators.rewards.EpochRewards.Comparison;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks from a seed, with late, wrong and missing votes and empty slots: duties as accounting
 * counts them beside a payer that pays by the naive count, and beside one that is wrong once.
 */
class SimulatedRewardsTest {
  private static final int SLOTS = 100;

  static LongStream seeds() {
    return SimulatedDutiesTest.seeds();
  }

  /** The payer. */
  private static AttestationRewards.Parts paid(int flags) {
    return new AttestationRewards.Parts(
        new GweiDelta((flags & 4) != 0 ? 140 : 0),
        new GweiDelta((flags & 2) != 0 ? 260 : -270),
        new GweiDelta((flags & 1) != 0 ? 140 : -145),
        GweiDelta.ZERO,
        Optional.empty());
  }

  private static Comparison compared(EpochDuties duties, Map<Integer, Integer> flags) {
    int[] all = IntStream.range(0, duties.validatorCount()).toArray();
    Map<Integer, Validator> standings = new HashMap<>();
    for (int validator : all) {
      standings.put(
          validator,
          new Validator(
              new ValidatorIndex(validator),
              BlsPublicKey.of(new byte[BlsPublicKey.LENGTH]),
              WithdrawalCredentials.of(Root.of(new byte[32])),
              Gwei.ofEther(32),
              Gwei.ofEther(32),
              false,
              new Validator.Life(new Epoch(0), new Epoch(0), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE)));
    }
    RewardCheck check = new RewardCheck(EpochOutline.of(duties, all), standings);
    flags.forEach((validator, of) -> check.attestation(validator, paid(of), paid(7)));
    return check.comparison();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithAPayerByTheNaiveCountAndFindsTheOneThatIsPaidOtherwise(long seed) {
    ChainSpec spec = SimulatedDutiesTest.spec(seed);
    Random random = new Random(seed);
    DutyNetwork network =
        new DutyNetwork(DutyPlan.unruly(spec, 60 + (int) (seed * 37 % 240), seed));
    DutyAccounting accounting =
        new DutyAccounting(
            Beginning.of(spec, network.genesisState(), network.head().ref()), _ -> {});
    while (network.slot().value() < SLOTS) {
      var _ = network.next();
    }
    for (DutyBlock block : network.head().since(Optional.empty())) {
      assertThat(accounting.apply(block.block(), block.ref())).isEmpty();
    }
    NaiveDuties naive = new NaiveDuties(network, network.head());
    long last = spec.epochOf(network.head().ref().slot()).value() - 2;
    assertThat(last).isGreaterThan(5);
    for (long epoch = 0; epoch <= last; epoch++) {
      EpochDuties duties = accounting.duties(new Epoch(epoch)).orElseThrow();
      Map<Integer, Integer> flags = new HashMap<>();
      naive.of(epoch).forEach((validator, duty) -> flags.put(validator, duty.flags()));
      Comparison honest = compared(duties, flags);
      assertThat(honest)
          .as("epoch %d of seed %d", epoch, seed)
          .isEqualTo(new Comparison(3L * flags.size(), 0, 0, Optional.empty()));
      int victim =
          flags.keySet().stream().skip(random.nextInt(flags.size())).findFirst().orElseThrow();
      flags.compute(victim, (_, of) -> (of == null ? 0 : of) ^ (1 << random.nextInt(3)));
      Comparison wrong = compared(duties, flags);
      assertThat(wrong.different()).isEqualTo(1);
      assertThat(wrong.difference().orElseThrow()).startsWith("validator " + victim + " ");
    }
  }
}
