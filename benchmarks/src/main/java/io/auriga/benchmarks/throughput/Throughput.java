package io.auriga.benchmarks.throughput;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.runtime.store.Store;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.WithdrawalLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes chains from bytes to rows that are committed, on one thread, and prints where the time
 * went. (The follower decodes and verifies on several threads; the commits are in order there,
 * too.)
 *
 * <p>The processor's time is that of the thread, opening the store included: it hardly depends on
 * what else the machine does. Work of PostgreSQL's own processes and waiting for the disk are only
 * in the wall time of the commit.
 *
 * <p>Arguments: the folder of a recording with the minimal preset, and how many synthetic blocks.
 */
public final class Throughput {
  /** The follower's default. */
  private static final int BATCH = 64;

  private static final int WARM_UP = 192;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private record Split(
      int blocks, long bytes, long decode, long verify, long commit, long processor) {
    void print(String store, String chain) {
      long all = decode + verify + commit;
      System.out.printf(
          "%-11s %-26s %5d blocks of %6.1f kB %8.0f blocks/s   µs a block: decode %6.1f (%2.0f %%),"
              + " verify %7.1f (%2.0f %%), commit %7.1f (%2.0f %%); processor %7.1f%n",
          store,
          chain,
          blocks,
          bytes / 1e3 / blocks,
          blocks * NANOS_PER_SECOND / all,
          decode / NANOS_PER_MICRO / blocks,
          100.0 * decode / all,
          verify / NANOS_PER_MICRO / blocks,
          100.0 * verify / all,
          commit / NANOS_PER_MICRO / blocks,
          100.0 * commit / all,
          processor / NANOS_PER_MICRO / blocks);
    }
  }

  private Throughput() {}

  /** Runs all. */
  public static void main(String[] arguments) throws IOException {
    Path recording = Path.of(arguments[0]);
    List<BlockFile> synthetic = BlockFile.synthetic(Integer.parseInt(arguments[1]));
    List<BlockFile> recorded = BlockFile.recorded(recording);
    System.out.printf(
        "Wall time on one thread, batches of %d; load %.1f at the begin.%n",
        BATCH, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    List<BlockFile> warmUp = synthetic.subList(0, Math.min(WARM_UP, synthetic.size()));
    run(sqlite(), warmUp);
    run(sqlite(), recorded);
    run(sqlite(), synthetic).print("SQLite", "like mainnet's");
    run(sqlite(), recorded).print("SQLite", recording.getFileName().toString());
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      run(postgres(postgres, "warm_up"), warmUp);
      run(postgres(postgres, "synthetic"), synthetic).print("PostgreSQL", "like mainnet's");
      run(postgres(postgres, "recorded"), recorded)
          .print("PostgreSQL", recording.getFileName().toString());
    }
    System.out.printf(
        "load %.1f at the end%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String sqlite() throws IOException {
    Path folder = Files.createTempDirectory("auriga-throughput-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return "sqlite:" + folder;
  }

  private static String postgres(EmbeddedPostgres postgres, String database) throws IOException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    } catch (java.sql.SQLException refused) {
      throw new IOException(refused);
    }
    return "postgresql://postgres@localhost:" + postgres.getPort() + "/" + database;
  }

  private static Split run(String url, List<BlockFile> chain) {
    long decode = 0;
    long verify = 0;
    long commit = 0;
    long bytes = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long processor = threads.getCurrentThreadCpuTime();
    try (Store store = Store.open(url, WithdrawalLedger.MIGRATIONS)) {
      WithdrawalLedger ledger = new WithdrawalLedger(store);
      List<ChainBlock> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < chain.size(); i++) {
        long begin = System.nanoTime();
        SignedBlockView view = chain.get(i).decode();
        List<Withdrawal> withdrawals = view.payload().withdrawals();
        long decoded = System.nanoTime();
        BlockVerdict verdict = BlockVerifier.verify(view, null);
        long verified = System.nanoTime();
        batch.add(block(view, withdrawals, verdict));
        long added = System.nanoTime();
        if (batch.size() == BATCH || i == chain.size() - 1) {
          ledger.commit(ChainUpdate.ofBlocks(Instant.now(), List.of(), batch));
          batch.clear();
        }
        decode += decoded - begin;
        verify += verified - decoded;
        commit += System.nanoTime() - added;
        bytes += chain.get(i).length();
      }
    }
    processor = threads.getCurrentThreadCpuTime() - processor;
    return new Split(chain.size(), bytes, decode, verify, commit, processor);
  }

  private static ChainBlock block(
      SignedBlockView view, List<Withdrawal> withdrawals, BlockVerdict verdict) {
    return switch (verdict) {
      case BlockVerdict.Mismatch mismatch -> throw new IllegalStateException(mismatch.summary());
      case BlockVerdict.Verified verified ->
          new ChainBlock(
              view,
              verified.blockRoot(),
              view.payload().blockNumber(),
              verified.blockHash(),
              verified.withdrawalsRoot(),
              withdrawals,
              false,
              Instant.now(),
              Optional.of(Instant.now()));
    };
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      System.err.println("could not delete " + folder + ": " + left);
    }
  }
}
