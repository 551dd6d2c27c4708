package io.auriga.benchmarks;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.withdrawals.expected.ExpectedWithdrawals;
import io.auriga.withdrawals.expected.ValidatorStates;
import io.auriga.withdrawals.expected.WithdrawalRules;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The withdrawals that a block on a state of a million validators must carry. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
public class ExpectedBenchmark {
  private static final int VALIDATORS = 1_048_576;
  private static final long SEED = 20_261_125;

  /** In Gwei: with 0 the sweep looks at all 16,384 validators that it may, and finds nothing. */
  @Param({"18000000", "0"})
  private long excess;

  private final ChainSpec spec = ChainSpec.builtIn("mainnet");
  private final StateSchemas schemas = StateSchemas.of(spec);
  private final WithdrawalRules rules = WithdrawalRules.of(spec, ForkName.FULU);
  private @Nullable BeaconStateView view;

  @Setup
  public void open() {
    view =
        BeaconStateView.of(
            schemas, ForkName.FULU, SyntheticState.ssz(schemas, VALIDATORS, excess, SEED));
    System.out.printf(
        "%n# %,d bytes, %d withdrawals%n", view.bytes().length, expected().withdrawals().size());
  }

  private BeaconStateView view() {
    return Objects.requireNonNull(view);
  }

  /** Bytes to a checked view. */
  @Benchmark
  public BeaconStateView opened() {
    return BeaconStateView.of(schemas, ForkName.FULU, view().bytes());
  }

  /** The list over a view that is open. */
  @Benchmark
  public ExpectedWithdrawals expected() {
    return rules.expected(ValidatorStates.of(view()), spec.epochOf(view().slot()));
  }
}
