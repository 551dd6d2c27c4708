package io.auriga.chain.era;

import io.auriga.crypto.snappy.SnappyException;
import io.auriga.crypto.snappy.SnappyFrames;
import io.auriga.types.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the records of a file from its begin to its end, and finds its groups. What an index
 * says must be what was found, so that no offset out of a file is ever followed.
 */
final class EraLayout {
  /** Extensions of the format may add records; this many are no extension but a flood. */
  private static final int OTHERS_MAX = 1024;

  /** More than a file of every era of a chain needs for decades. */
  private static final int GROUPS_MAX = 4096;

  /** First slot and count. */
  private static final int INDEX_OVERHEAD = 2 * Long.BYTES;

  private final EraSource source;
  private final EraChain chain;

  /** A file of another preset is to be read as far as its state, which says what it is. */
  private final int blocksMax;

  EraLayout(EraSource source, EraChain chain) {
    this.source = source;
    this.chain = chain;
    this.blocksMax = Math.max(chain.slotsPerEra(), EraOrigin.MAINNET_SLOTS);
  }

  List<EraGroup> groups() {
    if (source.size() == 0) {
      throw source.failure(EraError.TRUNCATED, "it is empty");
    }
    List<EraGroup> groups = new ArrayList<>();
    for (long at = 0; at < source.size(); at = groups.getLast().end()) {
      if (groups.size() == GROUPS_MAX) {
        throw source.failure(EraError.MALFORMED, "it has more than " + GROUPS_MAX + " groups");
      }
      groups.add(group(at));
    }
    return List.copyOf(groups);
  }

  private EraGroup group(long begin) {
    EraRecord version = source.record(begin);
    if (version.type() != RecordType.VERSION || version.length() != 0) {
      throw source.failure(
          EraError.MALFORMED,
          "there is no version record at byte " + begin + ", as an e2store has");
    }
    List<EraRecord> blocks = new ArrayList<>();
    EraRecord next = source.record(version.end());
    for (; next.type() != RecordType.STATE; next = following(next)) {
      if (next.type() == RecordType.BLOCK) {
        addBlock(blocks, next);
      } else {
        requireOther(next, "before its state");
      }
    }
    EraRecord stateRecord = next;
    EraState state = state(stateRecord);
    int others = 0;
    for (next = following(next); next.type() != RecordType.SLOT_INDEX; next = following(next)) {
      requireOther(next, "after its state");
      if (++others > OTHERS_MAX) {
        throw source.failure(
            EraError.MALFORMED, "it has more than " + OTHERS_MAX + " records of unknown types");
      }
    }
    int[] slots = {};
    if (state.era() > 0) {
      slots = blockSlots(next, state, blocks);
      next = following(next);
    } else if (!blocks.isEmpty()) {
      throw source.failure(EraError.MALFORMED, "it has blocks before genesis");
    }
    requireStateIndex(next, state, stateRecord);
    EraGroup group = new EraGroup(source, chain, state, stateRecord, slots, blocks, next.end());
    group.requireEmptySlots();
    return group;
  }

  private EraRecord following(EraRecord record) {
    if (record.end() == source.size()) {
      throw source.failure(
          EraError.TRUNCATED,
          "it ends after the record at byte "
              + record.position()
              + ", and its group is not complete");
    }
    return source.record(record.end());
  }

  private void addBlock(List<EraRecord> blocks, EraRecord record) {
    if (record.length() > EraGroup.PACKED_BLOCK_MAX) {
      throw source.failure(
          EraError.OVERSIZED,
          "the block at byte %d has %d bytes".formatted(record.position(), record.length()));
    }
    if (blocks.size() == blocksMax) {
      throw source.failure(EraError.MALFORMED, "a group has more than " + blocksMax + " blocks");
    }
    blocks.add(record);
  }

  private void requireOther(EraRecord record, String where) {
    switch (record.type()) {
      case RecordType.VERSION, RecordType.BLOCK, RecordType.STATE, RecordType.SLOT_INDEX ->
          throw source.failure(
              EraError.MALFORMED,
              "a record of type 0x%04x stands at byte %d, %s in its group"
                  .formatted(record.type(), record.position(), where));
      default -> {}
    }
  }

  private EraState state(EraRecord record) {
    int needed = EraState.lengthNeeded(chain);
    // Twice: even chunks that compress badly, each with its header, take less.
    long packed = Math.min(record.length(), 2L * needed + (1 << 17));
    try {
      byte[] begin =
          SnappyFrames.decodeBegin(source.read(record.dataPosition(), (int) packed), needed);
      return EraState.of(chain, begin, source.attempted());
    } catch (SnappyException damaged) {
      throw source.failure(
          EraError.CORRUPT,
          "the state at byte " + record.position() + " is damaged: " + damaged.problem(),
          damaged);
    }
  }

  /** For each block the number of its slot within the era. */
  private int[] blockSlots(EraRecord record, EraState state, List<EraRecord> blocks) {
    ByteBuffer index = index(record, chain.slotsPerEra(), chain.startOf(state.era()));
    int[] slots = new int[blocks.size()];
    int found = 0;
    for (int slot = 0; slot < chain.slotsPerEra(); slot++) {
      long offset = index.getLong(Long.BYTES + slot * Long.BYTES);
      if (offset == 0) {
        continue;
      }
      if (found == slots.length || blocks.get(found).position() - record.position() != offset) {
        throw badIndex(
            record,
            "for slot %s it says %d, where the next block does not begin"
                .formatted(chain.startOf(state.era()).plus(slot), offset));
      }
      slots[found++] = slot;
    }
    if (found < slots.length) {
      throw badIndex(record, "it names %d of %d blocks".formatted(found, slots.length));
    }
    return slots;
  }

  private void requireStateIndex(EraRecord record, EraState state, EraRecord stateRecord) {
    ByteBuffer index = index(record, 1, state.slot());
    long offset = index.getLong(Long.BYTES);
    if (stateRecord.position() - record.position() != offset) {
      throw badIndex(record, "it says " + offset + ", where the state does not begin");
    }
  }

  private ByteBuffer index(EraRecord record, int count, Slot first) {
    if (record.type() != RecordType.SLOT_INDEX) {
      throw source.failure(
          EraError.MALFORMED, "at byte " + record.position() + " there should be a slot index");
    }
    int length = INDEX_OVERHEAD + count * Long.BYTES;
    if (count > 1) {
      requirePreset(record, count);
    }
    if (record.length() != length) {
      throw badIndex(record, "it has %d bytes, and not %d".formatted(record.length(), length));
    }
    ByteBuffer index = source.bytes(record.dataPosition(), length);
    Slot begin = new Slot(index.getLong(0));
    if (!begin.equals(first)) {
      throw badIndex(
          record, "it begins with slot %s, and its state says %s".formatted(begin, first));
    }
    long stated = index.getLong(length - Long.BYTES);
    if (stated != count) {
      throw badIndex(record, "it counts %d slots, and has %d".formatted(stated, count));
    }
    return index;
  }

  /** An index that is right in itself, but for eras of another length. */
  private void requirePreset(EraRecord record, int count) {
    for (int other : new int[] {EraOrigin.MAINNET_SLOTS, EraOrigin.MINIMAL_SLOTS}) {
      if (other != count
          && record.length() == INDEX_OVERHEAD + (long) other * Long.BYTES
          && source.bytes(record.end() - Long.BYTES, Long.BYTES).getLong(0) == other) {
        throw source.failure(
            EraError.WRONG_PRESET,
            "its eras have %d slots (%s), and those of %s %d (%s)"
                .formatted(
                    other,
                    EraOrigin.preset(other),
                    chain.spec().name(),
                    count,
                    EraOrigin.preset(count)));
      }
    }
  }

  private EraException badIndex(EraRecord record, String problem) {
    return source.failure(
        EraError.BAD_INDEX, "the slot index at byte " + record.position() + ": " + problem);
  }
}
