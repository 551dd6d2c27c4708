package io.auriga.benchmarks.duties;

import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.committee.Shuffling;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.types.ForkName;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Committees of an epoch, and who voted in an aggregate of all committees of a slot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommitteeBenchmark {
  @Param({"100000", "300000", "1000000"})
  int validators;

  private int[] active = {};
  private Committees committees =
      Committees.of(Aggregates.spec(), Aggregates.EPOCH, active, Aggregates.seed());
  private final BlockSchemas schemas = BlockSchemas.of(Aggregates.spec());
  private byte[] aggregate = {};
  private long[] bits = {};

  @Setup
  public void prepare() {
    active = IntStream.range(0, validators).toArray();
    committees = Aggregates.committees(validators);
    aggregate = Aggregates.ofASlot(committees);
    bits = new long[validators / 32 / Long.SIZE + 2];
  }

  /** The whole list, 90 rounds. */
  @Benchmark
  public int[] shuffle() {
    int[] list = active.clone();
    Shuffling.shuffle(list, Aggregates.seed(), 90);
    return list;
  }

  /** From the attestation's bytes to validator indices. */
  @Benchmark
  public int[] attestingIndices() {
    return committees.attestingIndices(AttestationView.of(schemas, ForkName.ELECTRA, aggregate));
  }

  /** From the attestation's bytes to bits in the order of the shuffle: what the counting needs. */
  @Benchmark
  public long[] attestersAsBits() {
    int _ = committees.addAttesters(AttestationView.of(schemas, ForkName.ELECTRA, aggregate), bits);
    return bits;
  }
}
