package io.auriga.crypto.trie;

import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Root;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Merkle-Patricia trie as the Yellow Paper defines it, over any keys and values, as plainly as
 * possible: what {@link MerklePatricia} is compared with.
 */
final class NaiveTrie {
  private final Map<String, byte[]> values = new TreeMap<>();

  void put(byte[] key, byte[] value) {
    StringBuilder nibbles = new StringBuilder();
    for (byte b : key) {
      nibbles
          .append(Character.forDigit((b & 0xff) >>> 4, 16))
          .append(Character.forDigit(b & 15, 16));
    }
    if (value.length == 0) {
      values.remove(nibbles.toString());
    } else {
      values.put(nibbles.toString(), value);
    }
  }

  static NaiveTrie ofList(List<byte[]> items) {
    NaiveTrie trie = new NaiveTrie();
    for (int i = 0; i < items.size(); i++) {
      trie.put(new RlpWriter().uint64(i).toBytes(), items.get(i));
    }
    return trie;
  }

  Root root() {
    return Root.of(Keccak256.hash(node(values, 0)));
  }

  private static byte[] node(Map<String, byte[]> entries, int depth) {
    RlpWriter writer = new RlpWriter();
    if (entries.isEmpty()) {
      return writer.bytes(new byte[0]).toBytes();
    }
    List<String> keys = List.copyOf(entries.keySet());
    String first = keys.getFirst();
    if (entries.size() == 1) {
      return writer
          .beginList()
          .bytes(hexPrefix(first.substring(depth), true))
          .bytes(valueOf(entries, first))
          .endList()
          .toBytes();
    }
    int shared = depth;
    while (sameAt(keys, shared)) {
      shared++;
    }
    writer.beginList();
    if (shared > depth) {
      writer.bytes(hexPrefix(first.substring(depth, shared), false));
      reference(writer, node(entries, shared));
      return writer.endList().toBytes();
    }
    for (char digit : "0123456789abcdef".toCharArray()) {
      Map<String, byte[]> below = new TreeMap<>();
      entries.forEach(
          (key, value) -> {
            if (key.length() > depth && key.charAt(depth) == digit) {
              below.put(key, value);
            }
          });
      reference(writer, node(below, depth + 1));
    }
    String here = first.substring(0, depth);
    return writer
        .bytes(entries.containsKey(here) ? valueOf(entries, here) : new byte[0])
        .endList()
        .toBytes();
  }

  private static byte[] valueOf(Map<String, byte[]> entries, String key) {
    byte @Nullable [] value = entries.get(key);
    if (value == null) {
      throw new IllegalStateException(key);
    }
    return value;
  }

  private static boolean sameAt(List<String> keys, int position) {
    return keys.stream()
            .map(key -> key.length() > position ? key.charAt(position) : '-')
            .distinct()
            .count()
        == 1;
  }

  private static void reference(RlpWriter writer, byte[] node) {
    if (node.length < 32) {
      writer.raw(node, 0, node.length);
    } else {
      writer.bytes(Keccak256.hash(node));
    }
  }

  private static byte[] hexPrefix(String nibbles, boolean leaf) {
    boolean odd = nibbles.length() % 2 == 1;
    String flags = Integer.toString((leaf ? 2 : 0) + (odd ? 1 : 0)) + (odd ? "" : "0");
    return java.util.HexFormat.of().parseHex(flags + nibbles);
  }
}
