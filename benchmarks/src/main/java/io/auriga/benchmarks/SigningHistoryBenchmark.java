package io.auriga.benchmarks;

import io.auriga.crypto.slashing.CompleteHistory;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.crypto.slashing.SigningVerdict;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
 * What a check before signing costs, beside everything one key ever signed; each call is a sample,
 * so that the slowest are seen.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
public class SigningHistoryBenchmark {
  @Param("1000000")
  public int records;

  private final CompleteHistory history = new CompleteHistory();
  private final SplittableRandom random = new SplittableRandom(20_261_125);
  private long next;

  @Setup
  public void signEveryEpoch() {
    List<SignedBlock> blocks = new ArrayList<>();
    List<SignedAttestation> votes = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      blocks.add(new SignedBlock(new Slot(32L * i), root(i)));
      votes.add(vote(i, i + 1));
    }
    history.merge(blocks, votes);
    next = records;
  }

  private static Root root(long number) {
    return Root.of(ByteBuffer.allocate(Root.LENGTH).putLong(number).array());
  }

  private static SignedAttestation vote(long source, long target) {
    return new SignedAttestation(new Epoch(source), new Epoch(target), root(target));
  }

  @Benchmark
  public SigningVerdict signTheNextVote() {
    next++;
    return history.sign(vote(next - 1, next));
  }

  @Benchmark
  public SigningVerdict checkAVoteAroundAnOldOne() {
    long source = random.nextInt(records - 3);
    return history.check(vote(source, source + 3));
  }

  @Benchmark
  public SigningVerdict checkAnotherVoteForAnOldTarget() {
    long target = 1L + random.nextInt(records - 1);
    return history.check(
        new SignedAttestation(new Epoch(target - 1), new Epoch(target), root(-target)));
  }

  @Benchmark
  public SigningVerdict checkASecondBlock() {
    return history.check(new SignedBlock(new Slot(32L * random.nextInt(records)), root(-1)));
  }
}
