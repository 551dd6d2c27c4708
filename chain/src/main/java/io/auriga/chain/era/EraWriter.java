package io.auriga.chain.era;

import io.auriga.crypto.snappy.SnappyWriter;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of one era. The same blocks and the same state give the same bytes, and nothing
 * else than what the state proves can be written. The file gets its name once it is whole and on
 * the disk; until then it ends in {@code .part}, and is begun anew after a failure. Belongs to one
 * thread.
 */
public final class EraWriter implements AutoCloseable {
  private final EraChain chain;
  private final EraState state;
  private final byte[] stateSsz;
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final RecordOutput out;
  private final SnappyWriter snappy = new SnappyWriter();
  private final long[] positions;
  private int nextSlot;

  private EraWriter(
      EraChain chain, EraState state, byte[] stateSsz, Path target, Path part, FileChannel file) {
    this.chain = chain;
    this.state = state;
    this.stateSsz = stateSsz;
    this.target = target;
    this.part = part;
    this.channel = file;
    this.out = new RecordOutput(file);
    this.positions = new long[state.era() == 0 ? 0 : chain.slotsPerEra()];
  }

  /**
   * Begins a file in {@code folder}, which must exist.
   *
   * @param stateSsz the state of the slot after the era, with that slot's block applied; not copied
   * @throws EraException if it is no such state of this chain, the file exists or cannot be written
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if the network's name cannot be in a file's
   */
  public static EraWriter create(Path folder, EraChain chain, byte[] stateSsz) {
    String network = EraFileName.networkOf(chain.spec());
    EraState state = EraState.of(chain, stateSsz, "write an era file to " + folder);
    String shortRoot = HistoricalSummary.shortDigits(state.nameRoot());
    Path target = folder.resolve(new EraFileName(network, state.era(), shortRoot).toString());
    if (Files.exists(target)) {
      throw new EraException(EraError.EXISTS, attempted(target), "it is there already");
    }
    Path part = folder.resolve(EraFileName.begin(network, state.era()) + ".era.part");
    try {
      FileChannel file =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        requireAlone(file, target);
        file.truncate(0);
        EraWriter writer = new EraWriter(chain, state, stateSsz, target, part, file);
        writer.out.record(RecordType.VERSION, new byte[0]);
        return writer;
      } catch (IOException | RuntimeException failed) {
        file.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw unwritable(target, failed);
    }
  }

  /** Two processes that write to one folder must not write into one file. */
  private static void requireAlone(FileChannel file, Path target) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException _) {
      lock = null;
    }
    if (lock == null) {
      throw new EraException(EraError.EXISTS, attempted(target), "it is being written already");
    }
  }

  public EraState state() {
    return state;
  }

  /** What the file will be called. */
  public Path target() {
    return target;
  }

  /**
   * Adds a block, in the order of slots.
   *
   * @throws EraException {@link EraError#MISMATCH} if the state does not know it, {@link
   *     EraError#UNREADABLE} if it cannot be written
   */
  public void block(SignedBlockView block) {
    Slot start = chain.startOf(state.era());
    long slot = block.slot().value() - start.value();
    if (slot < 0 || slot >= positions.length) {
      throw mismatch("slot " + block.slot() + " is not in era " + state.era());
    }
    if (slot < nextSlot) {
      throw new IllegalArgumentException("blocks must come in the order of their slots");
    }
    requireNoneBetween(start, (int) slot);
    Root expected = state.blockRoot(block.slot());
    if (!block.blockRoot().equals(expected)) {
      throw mismatch(
          "the block of slot %s has the root %s, and the era's state knows %s"
              .formatted(block.slot(), block.blockRoot(), expected));
    }
    positions[(int) slot] = out.position();
    try {
      out.record(RecordType.BLOCK, snappy.pack(block.bytes()));
    } catch (IOException failed) {
      throw unwritable(target, failed);
    }
    nextSlot = (int) slot + 1;
  }

  private void requireNoneBetween(Slot start, int end) {
    for (int slot = Math.max(1, nextSlot); slot < end; slot++) {
      if (!state.repeatsRoot(start.plus(slot))) {
        throw mismatch("the block of slot " + start.plus(slot) + " is missing");
      }
    }
  }

  /**
   * Writes the state and the indices, and gives the file its name.
   *
   * @throws EraException {@link EraError#MISMATCH} if a block is missing, {@link
   *     EraError#UNREADABLE} if it cannot be written
   */
  public Path finish() {
    requireNoneBetween(chain.startOf(state.era()), positions.length);
    try {
      long statePosition = out.position();
      out.record(RecordType.STATE, data -> snappy.pack(stateSsz, data));
      if (positions.length > 0) {
        index(chain.startOf(state.era()), positions);
      }
      index(state.slot(), new long[] {statePosition});
      out.flush();
      channel.force(true);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
    } catch (IOException failed) {
      throw unwritable(target, failed);
    }
    return target;
  }

  private void index(Slot first, long[] places) throws IOException {
    ByteBuffer index =
        ByteBuffer.allocate((places.length + 2) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    index.putLong(first.value());
    for (long place : places) {
      // Nothing can begin where the version is, so that 0 is free to say: no block.
      index.putLong(place == 0 ? 0 : place - out.position());
    }
    index.putLong(places.length);
    out.record(RecordType.SLOT_INDEX, index.array());
  }

  /** So that the name, too, outlives a loss of power. */
  private void forceFolder() throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException _) {
      return; // Some systems do not open folders; the file itself is safe.
    }
    try (opened) {
      opened.force(true);
    }
  }

  private EraException mismatch(String problem) {
    return new EraException(EraError.MISMATCH, attempted(target), problem);
  }

  private static EraException unwritable(Path target, IOException failed) {
    return new EraException(
        EraError.UNREADABLE, attempted(target), "writing failed: " + failed, failed);
  }

  private static String attempted(Path target) {
    return "write era file " + target;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw unwritable(target, failed);
    }
  }
}
