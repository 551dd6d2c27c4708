package io.auriga.benchmarks;

import io.auriga.clients.execution.ExecutionBlockJson;
import io.auriga.clients.execution.ParsedBlock;
import io.auriga.clients.http.NodeJson;
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
 * The JSON of a block with all its transactions in full, read for its header and withdrawals. With
 * {@code -prof gc}, both sizes must show the same bytes allocated for each block: what is skipped
 * costs time, never memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx256m"})
public class ExecutionJsonBenchmark {
  private static final long SEED = 20_261_122;
  private static final int TRANSACTION_BYTES = 250;
  private static final int DEPTH = 64;
  private static final int BYTES = 1 << 24;

  /** A thousand are about 1.1 MB. */
  @Param({"200", "1000"})
  public int transactions;

  private final NodeJson json = new NodeJson(DEPTH, BYTES);
  private byte[] body = {};

  @Setup
  public void build() {
    body = new SyntheticChain(SEED, transactions, TRANSACTION_BYTES).next().json();
    System.out.printf("%n# JSON of %,d bytes%n", body.length);
  }

  @Benchmark
  public ParsedBlock headerAndWithdrawals() {
    return ExecutionBlockJson.parse(json, body, "benchmark");
  }
}
