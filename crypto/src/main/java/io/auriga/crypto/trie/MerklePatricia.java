package io.auriga.crypto.trie;

import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpHeader;
import io.auriga.types.Root;
import java.util.List;

/**
 * The Merkle-Patricia root of a list: the trie that maps {@code rlp(position)} to each item, as for
 * transactions and withdrawals of an execution block ({@code DeriveSha} of the clients).
 *
 * <p><b>How it works.</b> No trie is built. The keys of a list are known beforehand, and in sorted
 * order they are the positions 1 to 127, 0, and 128 onwards. So a node is a range of that order and
 * a number of leading nibbles that its keys share: one key makes a leaf, a longer shared prefix an
 * extension, anything else a branch. The recursion writes each node's RLP onto one scratch buffer,
 * children in place, and replaces it there by what its parent holds of it: its hash, or the node
 * itself if it is shorter than 32 bytes. Items are hashed where they lie and are not copied. No key
 * is a prefix of another, because RLP is prefix-free, so no branch has a value.
 */
public final class MerklePatricia {
  /** The root of a list without items: the hash of an empty string's RLP. */
  public static final Root EMPTY = Root.of(Keccak256.hash(new byte[] {(byte) RlpHeader.STRING}));

  /** The items of a list, wherever their bytes lie. */
  public interface Items {
    int count();

    byte[] array(int item);

    int offset(int item);

    int length(int item);
  }

  private static final int HASH_REFERENCE = 1 + Keccak256.LENGTH;
  private static final int BRANCHES = 16;

  /** A branch has 16 hashes and an empty value: its length takes two bytes at most. */
  private static final int HEADER_MAX = 3;

  /** A key has at most 10 nibbles, thus 10 branches and as many extensions on a path. */
  private static final int SCRATCH = 10 * (2 * HEADER_MAX + 18 * HASH_REFERENCE + 8);

  private final Items items;
  private final int count;
  private final Keccak256 keccak = new Keccak256();
  private final byte[] scratch = new byte[SCRATCH];
  private final byte[] piece = new byte[16];

  private MerklePatricia(Items items) {
    this.items = items;
    this.count = items.count();
  }

  public static Root rootOfList(List<byte[]> items) {
    return rootOf(
        new Items() {
          @Override
          public int count() {
            return items.size();
          }

          @Override
          public byte[] array(int item) {
            return items.get(item);
          }

          @Override
          public int offset(int item) {
            return 0;
          }

          @Override
          public int length(int item) {
            return items.get(item).length;
          }
        });
  }

  /** The root of items that need not be arrays of their own. */
  public static Root rootOf(Items items) {
    return items.count() == 0 ? EMPTY : new MerklePatricia(items).root();
  }

  private Root root() {
    int length = node(0, count, 0, 0);
    if (length < HASH_REFERENCE) {
      keccak.update(scratch, 0, length).finish(scratch, 1);
    }
    return Root.at(scratch, 1);
  }

  /**
   * Writes what a parent holds of the node for the sorted keys {@code from} to {@code to}, below
   * {@code depth} nibbles, to the scratch buffer and returns its length.
   */
  private int node(int from, int to, int depth, int at) {
    if (to - from == 1) {
      return leaf(from, depth, at);
    }
    int shared = sharedNibbles(from, to - 1, depth);
    return shared > 0 ? extension(from, to, depth, shared, at) : branch(from, to, depth, at);
  }

  private int branch(int from, int to, int depth, int at) {
    int payload = at + HEADER_MAX;
    int cursor = payload;
    int next = from;
    for (int nibble = 0; nibble < BRANCHES; nibble++) {
      int first = next;
      while (next < to && nibble(key(next), depth) == nibble) {
        next++;
      }
      if (next == first) {
        scratch[cursor++] = (byte) RlpHeader.STRING;
      } else {
        cursor += node(first, next, depth + 1, cursor);
      }
    }
    scratch[cursor++] = (byte) RlpHeader.STRING;
    return replaceByReference(at, payload, cursor - payload);
  }

  private int extension(int from, int to, int depth, int shared, int at) {
    int payload = at + HEADER_MAX;
    int cursor = payload + path(key(from), depth, shared, false, scratch, payload);
    cursor += node(from, to, depth + shared, cursor);
    return replaceByReference(at, payload, cursor - payload);
  }

  private int replaceByReference(int at, int payload, int payloadLength) {
    int header = RlpHeader.size(payloadLength);
    int start = payload - header;
    RlpHeader.write(scratch, start, RlpHeader.LIST, payloadLength);
    int length = header + payloadLength;
    if (length < Keccak256.LENGTH) {
      System.arraycopy(scratch, start, scratch, at, length);
      return length;
    }
    keccak.update(scratch, start, length);
    return hashReference(at);
  }

  private int leaf(int sorted, int depth, int at) {
    long key = key(sorted);
    int item = item(sorted);
    byte[] value = items.array(item);
    int offset = items.offset(item);
    int length = items.length(item);
    int pathLength = path(key, depth, nibbles(item) - depth, true, piece, 0);
    boolean bare = RlpHeader.isBare(value, offset, length);
    int valueHeader = bare ? 0 : RlpHeader.size(length);
    int payload = pathLength + valueHeader + length;
    int header = RlpHeader.size(payload);
    if (header + payload < Keccak256.LENGTH) {
      int cursor = at + RlpHeader.write(scratch, at, RlpHeader.LIST, payload);
      System.arraycopy(piece, 0, scratch, cursor, pathLength);
      cursor += pathLength;
      if (!bare) {
        cursor += RlpHeader.write(scratch, cursor, RlpHeader.STRING, length);
      }
      System.arraycopy(value, offset, scratch, cursor, length);
      return header + payload;
    }
    // The scratch buffer is free from here on: the header goes there, the path is in the piece.
    RlpHeader.write(scratch, at, RlpHeader.LIST, payload);
    keccak.update(scratch, at, header).update(piece, 0, pathLength);
    if (!bare) {
      RlpHeader.write(scratch, at, RlpHeader.STRING, length);
      keccak.update(scratch, at, valueHeader);
    }
    keccak.update(value, offset, length);
    return hashReference(at);
  }

  private int hashReference(int at) {
    scratch[at] = (byte) (RlpHeader.STRING + Keccak256.LENGTH);
    keccak.finish(scratch, at + 1);
    return HASH_REFERENCE;
  }

  /** Writes nibbles of a key as an RLP item in hex-prefix form and returns its length. */
  private static int path(long key, int depth, int nibbles, boolean leaf, byte[] target, int at) {
    int bytes = nibbles / 2 + 1;
    int cursor = at;
    if (bytes > 1) {
      target[cursor++] = (byte) (RlpHeader.STRING + bytes);
    }
    int odd = nibbles & 1;
    int flags = (leaf ? 2 : 0) + odd;
    target[cursor++] = (byte) (flags << 4 | (odd == 1 ? nibble(key, depth) : 0));
    for (int i = depth + odd; i < depth + nibbles; i += 2) {
      target[cursor++] = (byte) (nibble(key, i) << 4 | nibble(key, i + 1));
    }
    return cursor - at;
  }

  private int sharedNibbles(int first, int last, int depth) {
    long differing = key(first) ^ key(last);
    return Long.numberOfLeadingZeros(differing) / 4 - depth;
  }

  private static int nibble(long key, int position) {
    return (int) (key >>> (60 - 4 * position)) & 0xf;
  }

  /** The list position of the key that is {@code sorted}-th in order. */
  private int item(int sorted) {
    int zeroKey = Math.min(count - 1, 127);
    if (sorted > zeroKey) {
      return sorted;
    }
    return sorted == zeroKey ? 0 : sorted + 1;
  }

  /** The key's bytes, leftmost first in the highest bits. */
  private long key(int sorted) {
    int item = item(sorted);
    if (item == 0) {
      return (long) RlpHeader.STRING << 56;
    }
    if (item < RlpHeader.STRING) {
      return (long) item << 56;
    }
    int bytes = bytes(item);
    return (long) (RlpHeader.STRING + bytes) << 56 | (long) item << (56 - 8 * bytes);
  }

  private static int nibbles(int item) {
    return item < RlpHeader.STRING ? 2 : 2 + 2 * bytes(item);
  }

  private static int bytes(int item) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(item) + Byte.SIZE - 1) / Byte.SIZE;
  }
}
