package io.auriga.benchmarks;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.Validator;
import io.auriga.testkit.sweep.SimulatedStates;
import io.auriga.testkit.sweep.SimulatedSweep;
import io.auriga.testkit.sweep.SweepWorld;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.withdrawals.prediction.Forecast;
import io.auriga.withdrawals.prediction.Income;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.SweepProfile;
import io.auriga.withdrawals.prediction.SweepRules;
import io.auriga.withdrawals.prediction.TrackRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

/**
 * What a prediction costs: to look a lap ahead from a new head, and then to answer for a validator.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class PredictionBenchmark {
  private static final long SEED = 20_261_125;
  private static final PendingPartials NO_QUEUE = new PendingPartials.Listed(List.of(), false);

  @Param("1100000")
  public int validators;

  private final SweepProfile profile =
      new SweepProfile(SweepRules.of(ChainSpec.builtIn("mainnet"), ForkName.FULU));
  private List<Validator> asked = List.of();
  private @Nullable Forecast forecast;
  private int next;

  @Setup
  public void followALap() {
    SimulatedSweep chain = new SimulatedSweep(SweepWorld.mainnet(validators, 0.01), SEED);
    profile.validators(validators, 0);
    while (profile.known() < 0.999) {
      for (int i = 0; i < 1_000; i++) {
        if (chain.step()) {
          profile.applied(chain.slot(), chain.payload());
        }
      }
    }
    asked = SimulatedStates.validators(validators, 4_096);
    forecast = forecast(profile);
  }

  private static Forecast forecast(SweepProfile profile) {
    return Forecast.of(profile, NO_QUEUE, 0, Income.ASSUMED, TrackRecord.empty());
  }

  @Benchmark
  public Forecast lookALapAhead() {
    return forecast(profile);
  }

  @Benchmark
  public Outlook answerForAValidator() {
    next = (next + 1) % asked.size();
    return Objects.requireNonNull(forecast).of(asked.get(next), Optional.empty());
  }
}
