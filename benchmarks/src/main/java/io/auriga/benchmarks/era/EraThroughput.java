package io.auriga.benchmarks.era;

import io.auriga.benchmarks.HashCount;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraGroup;
import io.auriga.chain.era.EraLevel;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.snappy.SnappyFrames;
import io.auriga.crypto.snappy.SnappyWriter;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.xerial.snappy.SnappyFramedInputStream;

/**
 * Takes blocks like mainnet's from an era file to verified blocks and lists of withdrawals, on one
 * thread and on two, and prints how far that is from what cannot be left out: unpacking and hashing
 * alone.
 *
 * <p>The processor's time is that of the threads: it hardly depends on what else the machine does.
 *
 * <p>Argument: how many blocks.
 */
public final class EraThroughput {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 300;
  private static final int BLOCK_MAX = 16 << 20;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<SignedBlockView> blocks;
  private final List<byte[]> packed = new ArrayList<>();
  private final long[] hashes;
  private final Path file;
  private final SyntheticEra era;
  private double floorRoots;
  private double floorFull;

  private EraThroughput(SyntheticEra era, Path folder) {
    this.era = era;
    this.blocks = era.blocks();
    SnappyWriter snappy = new SnappyWriter();
    blocks.forEach(block -> packed.add(snappy.pack(block.bytes())));
    this.hashes = blocks.stream().mapToLong(this::hashes).toArray();
    this.file = era.write(folder);
  }

  private long hashes(SignedBlockView block) {
    return HashCount.of(
        SszView.of(era.chain().schemas().signedBlock(block.fork()), block.bytes())
            .field("message"));
  }

  /** Runs all. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("auriga-era-");
    try {
      EraThroughput run =
          new EraThroughput(SyntheticEra.of(Integer.parseInt(arguments[0])), folder);
      run.parts();
      run.wholePath();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path left : files.toList()) {
          Files.delete(left);
        }
      }
      Files.delete(folder);
    }
  }

  /** What each step costs, from bytes in memory, on one thread. */
  private void parts() {
    long bytes = blocks.stream().mapToLong(block -> block.bytes().length).sum();
    long small = packed.stream().mapToLong(each -> each.length).sum();
    System.out.printf(
        "%d blocks of %.1f kB, packed %.1f kB; load %.1f%n",
        blocks.size(),
        bytes / 1e3 / blocks.size(),
        small / 1e3 / blocks.size(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    SnappyWriter writer = new SnappyWriter();
    part("pack", i -> writer.pack(blocks.get(i).bytes()));
    part("unpack by snappy-java", this::unpackByReference);
    double unpack = part("unpack", i -> SnappyFrames.decode(packed.get(i), BLOCK_MAX));
    Sha256 sha = new Sha256();
    byte[] pair = new byte[64];
    double hashing =
        part(
            "SHA-256 alone",
            i -> {
              for (long hash = 0; hash < hashes[i]; hash++) {
                sha.update(pair, 0, pair.length).finish(pair, 0);
              }
            });
    double keccak =
        part("Keccak of the transactions alone", i -> Keccak256.hash(transactions(blocks.get(i))));
    floorRoots = unpack + hashing;
    floorFull = floorRoots + keccak;
    System.out.printf("floor: ROOTS %.0f µs, FULL %.0f µs a block%n%n", floorRoots, floorFull);
  }

  private static byte[] transactions(SignedBlockView block) {
    return block.body().field("execution_payload").field("transactions").toBytes();
  }

  private void unpackByReference(int i) {
    try (var in = new SnappyFramedInputStream(new ByteArrayInputStream(packed.get(i)))) {
      in.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private double part(String name, IntConsumer work) {
    for (int i = 0; i < WARM_UP; i++) {
      work.accept(i % blocks.size());
    }
    long begin = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < blocks.size(); i++) {
      work.accept(i);
    }
    double micros = (THREADS.getCurrentThreadCpuTime() - begin) / NANOS_PER_MICRO / blocks.size();
    System.out.printf("  %-34s %7.1f µs a block%n", name, micros);
    return micros;
  }

  /** From the file to verified blocks. */
  private void wholePath() {
    for (EraLevel level : EraLevel.values()) {
      run(level, 1);
      for (int threads = 1; threads <= 2; threads++) {
        Took took = run(level, threads);
        double floor = level == EraLevel.ROOTS ? floorRoots : floorFull;
        System.out.printf(
            "%-5s %d thread%s %6.0f blocks/s on the wall; %6.0f µs of processor a block (%.2f x the"
                + " floor), %5.0f blocks/s if each thread has a core%n",
            level,
            threads,
            threads == 1 ? ": " : "s:",
            blocks.size() * NANOS_PER_SECOND / took.wall,
            took.processor / NANOS_PER_MICRO / blocks.size(),
            took.processor / NANOS_PER_MICRO / blocks.size() / floor,
            threads * blocks.size() * NANOS_PER_SECOND / took.processor);
      }
    }
  }

  private record Took(long wall, long processor) {}

  private Took run(EraLevel level, int threads) {
    long begin = System.nanoTime();
    long processor = 0;
    try (EraFile opened = EraFile.open(file, era.chain());
        ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      EraGroup group = opened.groups().getFirst();
      List<Future<Long>> shares = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        shares.add(workers.submit(share(group, level, thread, threads)));
      }
      for (Future<Long> share : shares) {
        processor += share.get();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
    return new Took(System.nanoTime() - begin, processor);
  }

  private static Callable<Long> share(EraGroup group, EraLevel level, int first, int step) {
    return () -> {
      long begin = THREADS.getCurrentThreadCpuTime();
      List<Slot> slots = group.slots();
      int withdrawals = 0;
      for (int i = first; i < slots.size(); i += step) {
        withdrawals += group.block(slots.get(i), level).view().payload().withdrawals().size();
      }
      if (withdrawals == 0) {
        throw new IllegalStateException("no withdrawals");
      }
      return THREADS.getCurrentThreadCpuTime() - begin;
    };
  }
}
