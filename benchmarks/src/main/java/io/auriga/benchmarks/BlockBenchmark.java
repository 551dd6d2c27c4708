package io.auriga.benchmarks;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.types.BlockHash;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done with one beacon block of mainnet's size, from its bytes on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx256m"})
public class BlockBenchmark {
  private static final long SEED = 20_261_122;

  private final SyntheticChain chain = SyntheticChain.likeMainnet(SEED);
  private final SyntheticBlock block = chain.next();
  private final BlockSchemas schemas = chain.schemas();
  private final ForkName fork = chain.fork();
  private final byte[] ssz = block.ssz();
  private final SignedBlockView checked = block.view();
  private final SszView message = SszView.of(schemas.signedBlock(fork), ssz).field("message");
  private final List<Withdrawal> withdrawals = checked.payload().withdrawals();
  private final ExecutionHeader header = block.header();
  private final long hashes = HashCount.of(message);
  private final Sha256 sha = new Sha256();
  private final byte[] pair = new byte[64];

  /** Checks what will be timed, and says how large it is. */
  @Setup
  public void check() {
    if (!(verifiedBlock() instanceof BlockVerdict.Verified)) {
      throw new IllegalStateException("the synthetic block does not verify");
    }
    System.out.printf(
        "%n# %,d bytes, %d transactions, %d withdrawals; the root takes %d hashes of 64 bytes%n",
        ssz.length, checked.payload().transactionCount(), withdrawals.size(), hashes);
  }

  /** Bytes to a checked view and the list of withdrawals. */
  @Benchmark
  public List<Withdrawal> withdrawalsOfBytes() {
    return SignedBlockView.of(schemas, fork, ssz).payload().withdrawals();
  }

  /** The same, and the Merkle-Patricia root of the list, as the execution header has it. */
  @Benchmark
  public Root withdrawalsOfBytesWithRoot() {
    return WithdrawalsRoot.of(SignedBlockView.of(schemas, fork, ssz).payload().withdrawals());
  }

  /** Bytes to a proven block: its root, every transaction, the withdrawals and the block hash. */
  @Benchmark
  public BlockVerdict verifiedBlock() {
    return BlockVerifier.verify(SignedBlockView.of(schemas, fork, ssz), null);
  }

  @Benchmark
  public Root hashTreeRootOfBlock() {
    return message.hashTreeRoot();
  }

  /** The hashes alone that {@link #hashTreeRootOfBlock} cannot do without. */
  @Benchmark
  public byte[] hashesOfBlockAlone() {
    for (long i = 0; i < hashes; i++) {
      sha.update(pair, 0, pair.length).finish(pair, 0);
    }
    return pair;
  }

  @Benchmark
  public Root withdrawalsRootOf16() {
    return WithdrawalsRoot.of(withdrawals);
  }

  @Benchmark
  public Root transactionsRoot() {
    return checked.payload().transactionsRoot();
  }

  @Benchmark
  public BlockHash headerHash() {
    return header.hash();
  }
}
