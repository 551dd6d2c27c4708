package io.auriga.validators.rewards;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Rows as bytes, column by column, each value as its difference to the row before: most validators
 * earn the same, and then nearly nothing is left of a row.
 */
final class RewardCodec {
  private static final int VERSION = 1;

  /** The widest that a row can be. */
  private static final int ROW_BYTES_MAX = 6 + 20 * RewardPart.COUNT;

  private static final int HEAD_BYTES_MAX = 16;

  private RewardCodec() {}

  static byte[] encode(RewardColumns rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(VERSION);
    write(out, rows.count());
    int before = -1;
    for (int row = 0; row < rows.count(); row++) {
      write(out, rows.validator(row) - before - 1L);
      before = rows.validator(row);
    }
    for (int row = 0; row < rows.count(); row++) {
      int unknown = 0;
      for (int duty = 0; duty < RewardColumns.DUTIES; duty++) {
        unknown |= rows.isUnknown(row, 1 << duty) ? 1 << duty : 0;
      }
      out.write(unknown);
    }
    for (int part = 0; part < RewardPart.COUNT; part++) {
      long earned = 0;
      long ideal = 0;
      for (int row = 0; row < rows.count(); row++) {
        writeSigned(out, rows.earned(row, part) - earned);
        writeSigned(out, rows.ideal(row, part) - ideal);
        earned = rows.earned(row, part);
        ideal = rows.ideal(row, part);
      }
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(packed)) {
      out.writeTo(deflated);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory are always written", impossible);
    }
    return packed.toByteArray();
  }

  /**
   * @throws IllegalStateException if they are not what {@link #encode} wrote
   */
  static RewardColumns decode(byte[] bytes) {
    Reader in = new Reader(unpacked(bytes));
    if (in.next() != VERSION) {
      throw new IllegalStateException("kept rewards have a form that is not known");
    }
    long count = in.number();
    if (count < 0 || count > RewardKeeper.VALIDATORS_MAX) {
      throw new IllegalStateException("kept rewards are of " + count + " validators");
    }
    int[] validators = new int[(int) count];
    long before = -1;
    for (int row = 0; row < validators.length; row++) {
      before += in.number() + 1;
      validators[row] = Math.toIntExact(before);
    }
    RewardColumns rows = new RewardColumns(validators);
    byte[] unknown = new byte[validators.length];
    for (int row = 0; row < unknown.length; row++) {
      unknown[row] = (byte) in.next();
    }
    for (RewardPart part : RewardPart.values()) {
      long earned = 0;
      long ideal = 0;
      for (int row = 0; row < validators.length; row++) {
        earned += in.signed();
        ideal += in.signed();
        rows.add(row, part, earned, ideal);
      }
    }
    for (int row = 0; row < validators.length; row++) {
      for (int duty = 0; duty < RewardColumns.DUTIES && unknown[row] != 0; duty++) {
        if ((unknown[row] >> duty & 1) == 1) {
          rows.forget(row, 1 << duty);
        }
      }
    }
    return rows;
  }

  private static byte[] unpacked(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(HEAD_BYTES_MAX + RewardKeeper.VALIDATORS_MAX * ROW_BYTES_MAX);
    } catch (IOException cut) {
      throw new IllegalStateException("kept rewards are not whole", cut);
    }
  }

  private static void writeSigned(ByteArrayOutputStream out, long value) {
    write(out, (value << 1) ^ (value >> 63));
  }

  /** Seven bits at a time, the lowest first. */
  private static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Goes through bytes once. */
  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    int next() {
      if (at == bytes.length) {
        throw new IllegalStateException("kept rewards are not whole");
      }
      return bytes[at++];
    }

    long signed() {
      long value = number();
      return (value >>> 1) ^ -(value & 1);
    }

    long number() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        int next = next();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalStateException("a number in kept rewards is longer than 64 bits");
    }
  }
}
