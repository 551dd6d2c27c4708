package io.auriga.chain.era;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.snappy.SnappyException;
import io.auriga.crypto.snappy.SnappyFrames;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.types.AurigaException;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One era in a file: the blocks of {@code SLOTS_PER_HISTORICAL_ROOT} slots and the state after
 * them. Blocks are read, unpacked and verified one by one, by any number of threads, as long as the
 * {@link EraFile} is open.
 */
public final class EraGroup {
  /** The protocol allows blocks of 10 MiB. */
  static final int BLOCK_MAX = 16 << 20;

  /** What cannot be compressed grows by a little. */
  static final int PACKED_BLOCK_MAX = 20 << 20;

  private final EraSource source;
  private final EraChain chain;
  private final EraState state;
  private final EraRecord stateRecord;
  private final int[] slots;
  private final List<EraRecord> blocks;
  private final long end;

  /**
   * @param slots for each block the number of its slot within the era
   * @param end where the group ends
   */
  EraGroup(
      EraSource source,
      EraChain chain,
      EraState state,
      EraRecord stateRecord,
      int[] slots,
      List<EraRecord> blocks,
      long end) {
    this.source = source;
    this.chain = chain;
    this.state = state;
    this.stateRecord = stateRecord;
    this.slots = slots;
    this.blocks = List.copyOf(blocks);
    this.end = end;
  }

  /** The number of the era; 0 has the genesis state and no blocks. */
  public long era() {
    return state.era();
  }

  /** The first slot that a block of the era may have. */
  public Slot startSlot() {
    return chain.startOf(era());
  }

  /** The slot of the state: the first after the era. */
  public Slot endSlot() {
    return state.slot();
  }

  /** What the era's end state says, as far as it is needed here. */
  public EraState state() {
    return state;
  }

  /** The blocks in the file, those before Capella included. */
  public int blockCount() {
    return slots.length;
  }

  /** The slots whose blocks can be read, ascending: those of Capella and later. */
  public List<Slot> slots() {
    return IntStream.of(slots)
        .mapToObj(startSlot()::plus)
        .filter(slot -> chain.spec().forkAt(slot).isAtLeast(ForkName.CAPELLA))
        .toList();
  }

  /** The era's last block, if it has any. */
  public Optional<BlockRef> lastBlock() {
    return slots.length == 0
        ? Optional.empty()
        : Optional.of(new BlockRef(startSlot().plus(slots[slots.length - 1]), lastRoot()));
  }

  /** The root of the era's last block, or of an older one if the era is empty. */
  public Root lastRoot() {
    return state.blockRoot(lastSlot());
  }

  private Slot lastSlot() {
    return new Slot(Math.max(0, endSlot().value() - 1));
  }

  /** {@code block_roots} of the first slot: its block's, or that of the last one before the era. */
  public Root firstRoot() {
    return state.blockRoot(startSlot());
  }

  /** Whether the first slot has no block. Slot 0 has none in any chain's files: it is genesis. */
  public boolean startsEmpty() {
    return (slots.length == 0 || slots[0] != 0) && startSlot().value() != 0;
  }

  /** Where the group ends in its file. */
  long end() {
    return end;
  }

  /** Every slot without a block must have the root of the slot before it. */
  void requireEmptySlots() {
    int next = 0;
    for (int slot = 0; slot < chain.slotsPerEra() && era() > 0; slot++) {
      if (next < slots.length && slots[next] == slot) {
        next++;
      } else if (slot > 0 && !state.repeatsRoot(startSlot().plus(slot))) {
        throw source.failure(
            EraError.MISMATCH,
            "it has no block of slot %s, and its state knows one"
                .formatted(startSlot().plus(slot)));
      }
    }
  }

  /**
   * Reads and verifies all blocks from Capella on, in the order of their slots.
   *
   * @throws EraException for the first that is damaged or wrong; what was handed on before is right
   */
  public void forEach(EraLevel level, Consumer<EraBlock> reader) {
    for (Slot slot : slots()) {
      reader.accept(block(slot, level));
    }
  }

  /**
   * Reads and verifies the block of one of {@link #slots}.
   *
   * @throws EraException if it is damaged or not the one that the state proves
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public EraBlock block(Slot slot, EraLevel level) {
    SignedBlockView view = view(slot);
    Root expected = state.blockRoot(slot);
    if (!view.slot().equals(slot)) {
      throw source.failure(
          EraError.BAD_INDEX,
          "where the block of slot " + slot + " should be is that of " + view.slot());
    }
    if (slot.isAfter(startSlot())
        && !state.blockRoot(new Slot(slot.value() - 1)).equals(view.parentRoot())) {
      throw source.failure(
          EraError.MISMATCH,
          "the block of slot " + slot + " follows another block than the one before it");
    }
    switch (level) {
      case ROOTS -> {
        if (!view.blockRoot().equals(expected)) {
          throw mismatch(
              slot, new BlockVerdict.Mismatch("root", expected.toHex(), view.blockRoot().toHex()));
        }
      }
      case FULL -> {
        if (BlockVerifier.verify(view, expected) instanceof BlockVerdict.Mismatch wrong) {
          throw mismatch(slot, wrong);
        }
      }
    }
    return new EraBlock(view, expected);
  }

  private EraException mismatch(Slot slot, BlockVerdict.Mismatch wrong) {
    return source.failure(EraError.MISMATCH, "block of slot " + slot + ": " + wrong.summary());
  }

  private SignedBlockView view(Slot slot) {
    ForkName fork = chain.spec().forkAt(slot);
    if (!fork.isAtLeast(ForkName.CAPELLA)) {
      throw source.failure(
          EraError.BEFORE_CAPELLA, "slot " + slot + " belongs to " + fork.lowerName());
    }
    try {
      return SignedBlockView.of(chain.schemas(), fork, ssz(slot));
    } catch (SnappyException damaged) {
      throw source.failure(
          EraError.CORRUPT,
          "the block of slot %s is damaged: %s".formatted(slot, damaged.problem()),
          damaged);
    } catch (SszException malformed) {
      throw source.failure(
          EraError.CORRUPT,
          "the block of slot "
              + slot
              + " is no "
              + fork.lowerName()
              + " block: "
              + malformed.getMessage(),
          malformed);
    }
  }

  /** The block's SSZ, not verified. */
  private byte[] ssz(Slot slot) {
    int at = Arrays.binarySearch(slots, Math.toIntExact(slot.value() - startSlot().value()));
    if (at < 0) {
      throw new IllegalArgumentException("there is no block of slot " + slot + " in " + this);
    }
    EraRecord record = blocks.get(at);
    return SnappyFrames.decode(
        source.read(record.dataPosition(), (int) record.length()), BLOCK_MAX);
  }

  /**
   * Reads the whole state once, to find damage beyond what proves the blocks; keeps nothing of it.
   *
   * @return the bytes of its SSZ
   */
  public long checkState() {
    try (InputStream in = source.stream(stateRecord)) {
      return SnappyFrames.check(in);
    } catch (SnappyException damaged) {
      throw source.failure(EraError.CORRUPT, "its state is damaged: " + damaged.problem(), damaged);
    } catch (IOException failed) {
      throw source.unreadable(failed);
    }
  }

  @Override
  public String toString() {
    return "EraGroup[era " + era() + " of " + source.path() + "]";
  }
}
