package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.state.NaiveWithdrawals;
import io.auriga.testkit.state.PlainPartial;
import io.auriga.testkit.state.PlainState;
import io.auriga.testkit.state.PlainValidator;
import io.auriga.testkit.state.RandomStates;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.SpecError;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules against the naive ones over states from seeds, and what only a person would try. */
class WithdrawalRulesTest {
  private static final int SEEDS = 4_000;
  private static final List<ForkName> FORKS =
      List.of(ForkName.CAPELLA, ForkName.DENEB, ForkName.ELECTRA, ForkName.FULU);
  private static final BigInteger ETHER = BigInteger.TEN.pow(9);

  @Test
  void agreesWithASecondImplementationOverRandomStates() {
    String one = System.getProperty("auriga.seed", "");
    long from = one.isEmpty() ? 1 : Long.parseLong(one);
    long to = one.isEmpty() ? SEEDS : from;
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = from; seed <= to; seed++) {
      check(seed, seen);
    }
    if (one.isEmpty()) {
      // The states must reach what they are drawn for, or the agreement means little.
      assertThat(seen)
          .containsKeys("nothing", "full payload", "partials", "dropped partials", "twice");
      assertThat(seen.values()).allSatisfy(times -> assertThat(times).isGreaterThan(SEEDS / 50));
    }
  }

  private static void check(long seed, Map<String, Integer> seen) {
    Random random = new Random(seed);
    ForkName fork = FORKS.get(random.nextInt(FORKS.size()));
    ChainSpec spec = spec(random);
    // A state on the mainnet preset is 2.6 MB of zeros, so most are minimal.
    PlainState plain =
        new RandomStates(random, spec).next(fork, random.nextInt(10) == 0 ? 300 : 40);
    StateSchemas schemas = StateSchemas.of(spec);
    BeaconStateView view = BeaconStateView.of(schemas, fork, plain.toSsz(schemas));
    ExpectedWithdrawals expected =
        WithdrawalRules.of(spec, fork)
            .expected(ValidatorStates.of(view), spec.epochOf(view.slot()));
    NaiveWithdrawals.Outcome naive = NaiveWithdrawals.of(plain, spec);
    String name = "seed " + seed + " (replay it with -Dauriga.seed=" + seed + ")";
    assertThat(expected.withdrawals()).as(name).isEqualTo(naive.withdrawals());
    assertThat(expected.processedPartials()).as(name).isEqualTo(naive.processedPartials());
    assertThat(expected.nextWithdrawalIndex().toString())
        .as(name)
        .isEqualTo(naive.nextWithdrawalIndex().toString());
    assertThat(expected.nextWithdrawalValidatorIndex().toString())
        .as(name)
        .isEqualTo(naive.nextWithdrawalValidatorIndex().toString());
    count(expected, spec, seen);
  }

  /** Both presets, sometimes with other numbers than any network has. */
  private static ChainSpec spec(Random random) {
    Map<String, Object> values = new HashMap<>();
    values.put("CONFIG_NAME", "random");
    values.put("PRESET_BASE", random.nextInt(25) == 0 ? "mainnet" : "minimal");
    if (random.nextInt(3) == 0) {
      values.put("MAX_WITHDRAWALS_PER_PAYLOAD", 1 + random.nextInt(16));
      values.put("MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP", 1 + random.nextInt(50));
      values.put("MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP", 1 + random.nextInt(16));
    }
    return ChainSpec.of(values);
  }

  private static void count(
      ExpectedWithdrawals expected, ChainSpec spec, Map<String, Integer> seen) {
    int size = expected.withdrawals().size();
    long validators =
        new TreeSet<>(expected.withdrawals().stream().map(w -> w.validatorIndex()).toList()).size();
    seen.merge("nothing", size == 0 ? 1 : 0, Integer::sum);
    seen.merge(
        "full payload", size == spec.number("MAX_WITHDRAWALS_PER_PAYLOAD") ? 1 : 0, Integer::sum);
    seen.merge("partials", expected.processedPartials() > 0 ? 1 : 0, Integer::sum);
    seen.merge("dropped partials", expected.processedPartials() > size ? 1 : 0, Integer::sum);
    seen.merge("twice", validators < size ? 1 : 0, Integer::sum);
  }

  @Test
  void paysNothingTwiceToAValidatorThatIsQueuedAndSwept() {
    ChainSpec spec = ChainSpec.builtIn("minimal");
    PlainState state =
        new PlainState(
            ForkName.ELECTRA,
            BigInteger.TEN,
            List.of(validator(0x02, 2_050, 2_048)),
            BigInteger.valueOf(7),
            BigInteger.ZERO,
            List.of(
                new PlainPartial(0, ETHER, BigInteger.ONE),
                new PlainPartial(0, ETHER, BigInteger.ONE)));
    ExpectedWithdrawals expected = expected(state, spec);
    // Two of 1 ETH are asked for; then nothing above 2048 is left to sweep.
    assertThat(expected.withdrawals())
        .extracting(w -> w.amount().toString())
        .containsExactly("1000000000", "1000000000");
    assertThat(expected.processedPartials()).isEqualTo(2);
    assertThat(expected.nextWithdrawalIndex().value()).isEqualTo(9);
  }

  @Test
  void keepsTheLastPlaceOfABlockForTheSweep() {
    ChainSpec spec =
        ChainSpec.of(
            Map.of(
                "PRESET_BASE",
                "minimal",
                "MAX_WITHDRAWALS_PER_PAYLOAD",
                2,
                "MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP",
                8));
    PlainPartial asked = new PlainPartial(0, BigInteger.ONE, BigInteger.ZERO);
    PlainState state =
        new PlainState(
            ForkName.FULU,
            BigInteger.TEN,
            List.of(validator(0x01, 33, 32), validator(0x01, 34, 32)),
            BigInteger.ZERO,
            BigInteger.ONE,
            List.of(asked, asked, asked));
    ExpectedWithdrawals expected = expected(state, spec);
    assertThat(expected.withdrawals())
        .extracting(w -> w.validatorIndex().toString())
        .containsExactly("0", "1");
    assertThat(expected.processedPartials()).isEqualTo(1);
    assertThat(expected.nextWithdrawalValidatorIndex().value()).isZero();
  }

  @Test
  void refusesAnIndexThatWouldNotFit64Bits() {
    ChainSpec spec = ChainSpec.builtIn("minimal");
    PlainState state =
        new PlainState(
            ForkName.CAPELLA,
            BigInteger.TEN,
            List.of(validator(0x01, 33, 32)),
            PlainValidator.FAR_FUTURE,
            BigInteger.ZERO,
            List.of());
    assertThatThrownBy(() -> expected(state, spec))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void refusesAForkWhoseRulesItDoesNotKnow() {
    for (ForkName fork : List.of(ForkName.BELLATRIX, ForkName.GLOAS)) {
      assertThatThrownBy(() -> WithdrawalRules.of(ChainSpec.builtIn("mainnet"), fork))
          .isInstanceOfSatisfying(
              AurigaException.class,
              failure -> assertThat(failure.errorCode()).isEqualTo(SpecError.UNSUPPORTED_FORK));
    }
  }

  private static ExpectedWithdrawals expected(PlainState state, ChainSpec spec) {
    StateSchemas schemas = StateSchemas.of(spec);
    BeaconStateView view = BeaconStateView.of(schemas, state.fork(), state.toSsz(schemas));
    Epoch epoch = spec.epochOf(view.slot());
    return WithdrawalRules.of(spec, state.fork()).expected(ValidatorStates.of(view), epoch);
  }

  private static PlainValidator validator(int prefix, long balance, long effective) {
    return new PlainValidator(
        "0x" + "00".repeat(48),
        "0x0" + prefix + "00".repeat(11) + "ab".repeat(20),
        ETHER.multiply(BigInteger.valueOf(balance)),
        ETHER.multiply(BigInteger.valueOf(effective)),
        false,
        BigInteger.ZERO,
        BigInteger.ZERO,
        PlainValidator.FAR_FUTURE,
        PlainValidator.FAR_FUTURE);
  }
}
