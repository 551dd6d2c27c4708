package io.auriga.clients.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The positions, one after the other, of the bytes that can end a JSON string or must not stand in
 * a plain one: quotes, backslashes, control characters, and what is no ASCII.
 *
 * <p><b>How it works.</b> A window of the text is taken at once, in three passes without anything
 * that a processor would have to guess. The first makes one byte of flags of each eight bytes of
 * text; it treats them as one {@code long} and has neither branches nor dependencies, so that the
 * JVM's compiler makes vector instructions of it. The second puts 64 flags into a {@code long}. The
 * third writes down the positions, always several at a time, and then counts how many were meant.
 */
final class SpecialBytes {
  private static final int WINDOW = 4096;
  private static final int WORD_SHIFT = 3;
  // Names and short values have this many quotes in 64 bytes; more take another round.
  private static final int AT_ONCE = 8;
  // The quotes of a name and a value.
  private static final int QUOTES_OF_FIELD = 4;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long CONTROLS = 0x9f9f9f9f9f9f9f9fL;
  private static final long SPACES = 0x2020202020202020L;
  // Brings the lowest bits of eight bytes side by side into the highest byte.
  private static final long GATHER = 0x0102040810204080L;

  private final byte[] text;
  private final long[] flags = new long[WINDOW >> WORD_SHIFT];
  private final int[] positions = new int[WINDOW + AT_ONCE];
  private int count;
  private int next;
  private int windowBegin;
  private int windowEnd;

  SpecialBytes(byte[] text) {
    this.text = text;
  }

  /** The first special byte from {@code position} on; the text's length if there is none. */
  int next(int position) {
    if (position < windowBegin) {
      mark(position);
    }
    int index = next;
    while (index > 0 && positions[index - 1] >= position) {
      index--;
    }
    while (index == count || positions[index] < position) {
      if (index < count) {
        index++;
      } else if (windowEnd >= text.length) {
        return text.length;
      } else {
        mark(Math.max(windowEnd, position));
        index = 0;
      }
    }
    next = index + 1;
    return positions[index];
  }

  /**
   * Behind all fields that follow {@code position}, where a string has ended, and are strings
   * themselves, written without white space. It may stop early, at any of them.
   */
  int texts(int position) {
    int end = position;
    int index = next(end) == text.length ? count : next - 1;
    while (index + QUOTES_OF_FIELD <= count) {
      int nameBegin = positions[index];
      int nameEnd = positions[index + 1];
      int begin = positions[index + 2];
      int valueEnd = positions[index + 3];
      boolean field =
          nameBegin == end + 1
              && begin == nameEnd + 2
              && nameEnd - nameBegin <= JsonSkip.NAME_MAX
              && text[end] == ','
              && text[nameBegin] == '"'
              && text[nameEnd] == '"'
              && text[nameEnd + 1] == ':'
              && text[begin] == '"'
              && text[valueEnd] == '"';
      if (!field) {
        break;
      }
      end = valueEnd + 1;
      index += QUOTES_OF_FIELD;
    }
    next = index;
    return end;
  }

  private void mark(int from) {
    windowBegin = from;
    windowEnd = from + WINDOW; // may lie behind the text's
    int whole = Math.clamp((text.length - from) >> WORD_SHIFT, 0, flags.length);
    for (int i = 0; i < whole; i++) {
      flags[i] = flags((long) WORDS.get(text, from + (i << WORD_SHIFT)));
    }
    for (int i = whole; i < flags.length; i++) {
      flags[i] = flags(rest(from + (i << WORD_SHIFT)));
    }
    int found = 0;
    for (int i = 0; i < flags.length; i += 8) {
      long map =
          flags[i]
              | flags[i + 1] << 8
              | flags[i + 2] << 16
              | flags[i + 3] << 24
              | flags[i + 4] << 32
              | flags[i + 5] << 40
              | flags[i + 6] << 48
              | flags[i + 7] << 56;
      int base = from + (i << WORD_SHIFT);
      int end = found + Long.bitCount(map);
      while (found < end) {
        for (int k = 0; k < AT_ONCE; k++) {
          positions[found + k] = base + Long.numberOfTrailingZeros(map);
          map &= map - 1;
        }
        found += AT_ONCE;
      }
      found = end;
    }
    count = found;
    next = 0;
  }

  /**
   * One bit for each byte that is special: of ASCII, only 0 leaves the highest bit set when
   * subtracted from 0x80, and only a control character when subtracted from 0x9f. A byte that is no
   * ASCII is found, and may hide what stands behind it in the same word by its borrow: nobody who
   * found it reads on. (Written with complements, it is not made vector instructions of.)
   */
  private static long flags(long word) {
    long special =
        ((HIGH_BITS - (word ^ QUOTES))
                | (HIGH_BITS - (word ^ BACKSLASHES))
                | (CONTROLS - word)
                | word)
            & HIGH_BITS;
    return ((special >>> 7) * GATHER) >>> 56;
  }

  /** A word at the end of the text, or behind it, with spaces where there is no text. */
  private long rest(int from) {
    long word = SPACES;
    for (int i = Math.min(from + Long.BYTES, text.length) - 1; i >= from; i--) {
      int shift = (i - from) * Byte.SIZE;
      word = (word & ~(0xffL << shift)) | ((text[i] & 0xffL) << shift);
    }
    return word;
  }
}
