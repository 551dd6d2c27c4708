package io.auriga.chain.era;

import io.auriga.crypto.snappy.SnappyFrames;
import io.auriga.crypto.snappy.SnappyWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a file of one era, to be changed and put together again, with indices that fit.
 * Written without the code under test.
 */
final class RawEra {
  static final int VERSION = 0x3265;
  static final int BLOCK = 1;
  static final int STATE = 2;
  static final int INDEX = 0x3269;

  /** One record; of a block also the slot that the index shall have it under. */
  @SuppressWarnings("ArrayRecordComponent") // compared by identity only
  record Item(int type, byte[] data, long slot) {
    Item repacked(byte[] ssz) {
      return new Item(type, new SnappyWriter().pack(ssz), slot);
    }

    byte[] unpacked() {
      return SnappyFrames.decode(data, 1 << 24);
    }
  }

  final List<Item> items = new ArrayList<>();
  private final long start;
  private final int slots;

  RawEra(Path file, long start, int slots) {
    this.start = start;
    this.slots = slots;
    ByteBuffer bytes = ByteBuffer.wrap(read(file)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      int type = bytes.getShort();
      byte[] data = new byte[bytes.getInt()];
      bytes.getShort();
      bytes.get(data);
      if (type != INDEX) {
        items.add(new Item(type, data, type == BLOCK ? slotOf(data) : -1));
      }
    }
  }

  private static long slotOf(byte[] data) {
    byte[] ssz = SnappyFrames.decodeBegin(data, 108);
    return ByteBuffer.wrap(ssz).order(ByteOrder.LITTLE_ENDIAN).getLong(100);
  }

  /** Where the item of this slot's block stands. */
  int blockAt(long slot) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).slot() == slot) {
        return i;
      }
    }
    throw new IllegalArgumentException("no block of slot " + slot);
  }

  int stateAt() {
    return items.indexOf(
        items.stream().filter(item -> item.type() == STATE).findFirst().orElseThrow());
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] places = new long[slots];
    long state = 0;
    for (Item item : items) {
      if (item.slot() >= 0) {
        places[(int) (item.slot() - start)] = out.size();
      }
      state = item.type() == STATE ? out.size() : state;
      record(out, item.type(), item.data());
    }
    index(out, start, places);
    index(out, start + slots, state);
    return out.toByteArray();
  }

  Path write(Path file) {
    try {
      return Files.write(file, toBytes());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void index(ByteArrayOutputStream out, long first, long... places) {
    ByteBuffer index = ByteBuffer.allocate(8 * (places.length + 2)).order(ByteOrder.LITTLE_ENDIAN);
    index.putLong(first);
    for (long place : places) {
      index.putLong(place == 0 ? 0 : place - out.size());
    }
    record(out, INDEX, index.putLong(places.length).array());
  }

  private static void record(ByteArrayOutputStream out, int type, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(header.putShort((short) type).putInt(data.length).array());
    out.writeBytes(data);
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
