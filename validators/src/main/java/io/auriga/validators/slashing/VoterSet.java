package io.auriga.validators.slashing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A set of validator indices that never changes, in little room: pages of 65,536 indices, each kept
 * as those in it, as those not in it, or as bits, whichever is smallest. At most one bit an index.
 */
final class VoterSet {
  static final int PAGE_SIZE = 1 << 16;
  private static final int BITS_BYTES = PAGE_SIZE / Byte.SIZE;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private sealed interface Page {
    boolean contains(int place);

    int bytes();

    record Few(char[] members) implements Page {
      @Override
      public boolean contains(int place) {
        return Arrays.binarySearch(members, (char) place) >= 0;
      }

      @Override
      public int bytes() {
        return 2 * members.length;
      }
    }

    record Most(char[] absent) implements Page {
      @Override
      public boolean contains(int place) {
        return Arrays.binarySearch(absent, (char) place) < 0;
      }

      @Override
      public int bytes() {
        return 2 * absent.length;
      }
    }

    record Bits(long[] words) implements Page {
      @Override
      public boolean contains(int place) {
        return (words[place >>> 6] >>> place & 1) != 0;
      }

      @Override
      public int bytes() {
        return BITS_BYTES;
      }
    }
  }

  private static final Page EMPTY = new Page.Few(new char[0]);

  private final Page[] pages;

  private VoterSet(Page[] pages) {
    this.pages = pages;
  }

  /** The first {@code count} of the indices, which ascend without repetition. */
  static VoterSet of(int[] ascending, int count) {
    int pages = count == 0 ? 0 : (ascending[count - 1] >>> 16) + 1;
    Page[] made = new Page[pages];
    int from = 0;
    for (int page = 0; page < pages; page++) {
      int to = from;
      while (to < count && ascending[to] >>> 16 == page) {
        to++;
      }
      made[page] = page(ascending, from, to);
      from = to;
    }
    return new VoterSet(made);
  }

  private static Page page(int[] ascending, int from, int to) {
    int members = to - from;
    if (members == 0) {
      return EMPTY;
    }
    if (2 * members <= BITS_BYTES) {
      char[] few = new char[members];
      for (int i = 0; i < members; i++) {
        few[i] = (char) ascending[from + i];
      }
      return new Page.Few(few);
    }
    if (2 * (PAGE_SIZE - members) <= BITS_BYTES) {
      char[] absent = new char[PAGE_SIZE - members];
      int found = 0;
      int next = 0;
      for (int i = from; i < to; i++) {
        for (int member = ascending[i] & 0xffff; next < member; next++) {
          absent[found++] = (char) next;
        }
        next++;
      }
      for (; next < PAGE_SIZE; next++) {
        absent[found++] = (char) next;
      }
      return new Page.Most(absent);
    }
    long[] words = new long[PAGE_SIZE / Long.SIZE];
    for (int i = from; i < to; i++) {
      int place = ascending[i] & 0xffff;
      words[place >>> 6] |= 1L << place;
    }
    return new Page.Bits(words);
  }

  boolean contains(int validator) {
    int page = validator >>> 16;
    return page < pages.length && pages[page].contains(validator & 0xffff);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(pages.length);
    for (Page page : pages) {
      switch (page) {
        case Page.Few(var members) -> write(out, 0, members);
        case Page.Most(var absent) -> write(out, 1, absent);
        case Page.Bits(var words) -> {
          out.writeByte(2);
          for (long word : words) {
            out.writeLong(word);
          }
        }
      }
    }
  }

  private static void write(DataOutput out, int form, char[] places) throws IOException {
    out.writeByte(form);
    out.writeInt(places.length);
    for (char place : places) {
      out.writeChar(place);
    }
  }

  /** What {@link #write} wrote. */
  static VoterSet read(DataInput in) throws IOException {
    Page[] pages = new Page[in.readInt()];
    for (int i = 0; i < pages.length; i++) {
      int form = in.readByte();
      pages[i] =
          switch (form) {
            case 0 -> new Page.Few(places(in));
            case 1 -> new Page.Most(places(in));
            case 2 -> new Page.Bits(words(in));
            default -> throw new IOException("there is no page of form " + form);
          };
    }
    return new VoterSet(pages);
  }

  private static char[] places(DataInput in) throws IOException {
    char[] places = new char[in.readInt()];
    for (int i = 0; i < places.length; i++) {
      places[i] = in.readChar();
    }
    return places;
  }

  private static long[] words(DataInput in) throws IOException {
    long[] words = new long[PAGE_SIZE / Long.SIZE];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.readLong();
    }
    return words;
  }

  /** What the members take, without the objects around them. */
  int bytes() {
    int bytes = 0;
    for (Page page : pages) {
      bytes += page.bytes();
    }
    return bytes;
  }
}
