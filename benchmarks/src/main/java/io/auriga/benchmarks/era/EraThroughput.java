package io.auriga.benchmarks.era;

import io.auriga.benchmarks.HashCount;
import io.auriga.chain.era.EraBlock;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraGroup;
import io.auriga.chain.era.EraLevel;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.snappy.SnappyFrames;
import io.auriga.crypto.snappy.SnappyWriter;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.Slot;
import io.auriga.withdrawals.HistoryBatch;
import io.auriga.withdrawals.HistoryBlock;
import io.auriga.withdrawals.HistoryLedger;
import io.auriga.withdrawals.Verification;
import io.auriga.withdrawals.WithdrawalLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xerial.snappy.SnappyFramedInputStream;

/**
 * Takes blocks like mainnet's from an era file to verified blocks, and to rows of a store, on one
 * thread and on two, beside what cannot be left out: unpacking and hashing alone, on as many
 * threads at the same time.
 *
 * <p>Argument: how many blocks.
 */
public final class EraThroughput {
  private static final int BLOCK_MAX = 16 << 20;

  private final List<SignedBlockView> blocks;
  private final List<byte[]> packed = new ArrayList<>();
  private final long[] hashes;
  private final Path folder;
  private final Path file;
  private final SyntheticEra era;

  private EraThroughput(SyntheticEra era, Path folder) {
    this.era = era;
    this.blocks = era.blocks();
    this.folder = folder;
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
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path left : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(left);
        }
      }
    }
  }

  private Shifts.Took took(int threads, Supplier<IntConsumer> work) {
    return Shifts.median(threads, blocks.size(), work);
  }

  /** What each step costs on one thread, from bytes in memory. */
  private void parts() {
    long bytes = blocks.stream().mapToLong(block -> block.bytes().length).sum();
    long small = packed.stream().mapToLong(each -> each.length).sum();
    System.out.printf(
        "%d blocks of %.1f kB, packed %.1f kB; load %.1f%n",
        blocks.size(),
        bytes / 1e3 / blocks.size(),
        small / 1e3 / blocks.size(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.printf(
        "Two threads slow each other down by %.2f x where they only count: %s%n%n",
        Shifts.sharing(), "1.0 is two cores, 2.0 one");
    part("pack", this::packing);
    part("unpack by snappy-java", () -> this::unpackByReference);
    part("unpack", () -> this::unpack);
    part("SHA-256 alone", this::hashing);
    part("Keccak of the transactions alone", () -> this::keccak);
    System.out.println();
  }

  private void part(String name, Supplier<IntConsumer> work) {
    System.out.printf("  %-34s %7.1f µs a block%n", name, took(1, work).microsOfProcessor());
  }

  private IntConsumer packing() {
    SnappyWriter writer = new SnappyWriter();
    return i -> writer.pack(blocks.get(i).bytes());
  }

  private void unpack(int i) {
    byte[] _ = SnappyFrames.decode(packed.get(i), BLOCK_MAX);
  }

  private void unpackByReference(int i) {
    try (var in = new SnappyFramedInputStream(new ByteArrayInputStream(packed.get(i)))) {
      byte[] _ = in.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private IntConsumer hashing() {
    Sha256 sha = new Sha256();
    byte[] pair = new byte[64];
    return i -> {
      for (long hash = 0; hash < hashes[i]; hash++) {
        sha.update(pair, 0, pair.length).finish(pair, 0);
      }
    };
  }

  private void keccak(int i) {
    byte[] _ =
        Keccak256.hash(
            blocks.get(i).body().field("execution_payload").field("transactions").toBytes());
  }

  private Supplier<IntConsumer> floor(EraLevel level) {
    return () -> {
      IntConsumer hashing = hashing();
      return i -> {
        unpack(i);
        hashing.accept(i);
        if (level == EraLevel.FULL) {
          keccak(i);
        }
      };
    };
  }

  private void wholePath() {
    for (int threads = 1; threads <= 2; threads++) {
      for (EraLevel level : EraLevel.values()) {
        Shifts.Took floor = took(threads, floor(level));
        try (EraFile opened = EraFile.open(file, era.chain())) {
          EraGroup group = opened.groups().getFirst();
          List<Slot> slots = group.slots();
          print(
              level + " to verified blocks",
              threads,
              took(threads, () -> i -> requirePaid(group.block(slots.get(i), level))),
              floor);
          if (level == EraLevel.FULL) {
            print("FULL to rows in SQLite", threads, toRows(group, threads), floor);
          }
        }
      }
    }
  }

  private static void requirePaid(EraBlock block) {
    if (block.view().payload().withdrawals().isEmpty()) {
      throw new IllegalStateException("no withdrawals");
    }
  }

  /** With the load at the end, on one thread. */
  private Shifts.Took toRows(EraGroup group, int threads) {
    List<Slot> slots = group.slots();
    return Shifts.median(
        () -> {
          HistoryBlock[] read = new HistoryBlock[slots.size()];
          Shifts.Took verified =
              Shifts.once(
                  threads,
                  slots.size(),
                  () ->
                      i -> {
                        EraBlock block = group.block(slots.get(i), EraLevel.FULL);
                        read[i] =
                            HistoryBlock.of(
                                block.view(),
                                block.root(),
                                block.view().payload().withdrawalsMptRoot());
                      });
          return verified.plus(Shifts.once(1, 1, () -> _ -> load(Arrays.asList(read))));
        });
  }

  private void load(List<HistoryBlock> read) {
    try (Store store =
        Store.open(
            StoreConfig.of("sqlite:" + folder.resolve("store-" + System.nanoTime()))
                .withBulkLoads(),
            WithdrawalLedger.MIGRATIONS)) {
      var _ =
          new HistoryLedger(store, era.chain().genesisValidatorsRoot(), InstantSource.system())
              .load(
                  new HistoryBatch(
                      read.getFirst().ref().slot(),
                      read.getLast().ref().slot(),
                      read,
                      Verification.FULL,
                      "an era"));
    }
  }

  private static void print(String what, int threads, Shifts.Took took, Shifts.Took floor) {
    System.out.printf(
        "%-24s %d thread%s %5.0f blocks/s, %.0f %% of unpacking and hashing alone (%5.0f); %5.0f µs"
            + " of processor a block, %.2f x (%5.0f)%n",
        what,
        threads,
        threads == 1 ? ": " : "s:",
        took.aSecond(),
        100 * took.aSecond() / floor.aSecond(),
        floor.aSecond(),
        took.microsOfProcessor(),
        took.microsOfProcessor() / floor.microsOfProcessor(),
        floor.microsOfProcessor());
  }
}
