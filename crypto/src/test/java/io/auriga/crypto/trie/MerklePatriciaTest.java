package io.auriga.crypto.trie;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.Vectors;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.types.Hex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MerklePatriciaTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"trietest", "trieanyorder", "trietest_secureTrie", "trieanyorder_secureTrie"})
  void theTrieWeCompareWithAgreesWithThePublicVectors(String name) {
    Path file = Vectors.path("el-withdrawals/trie-rlp/" + name + ".json");
    for (JsonNode vector : Vectors.json(file)) {
      NaiveTrie trie = new NaiveTrie();
      JsonNode in = vector.get("in");
      boolean secure = name.endsWith("secureTrie");
      if (in.isArray()) {
        in.forEach(pair -> put(trie, pair.get(0).asString(), pair.get(1), secure));
      } else {
        in.properties().forEach(entry -> put(trie, entry.getKey(), entry.getValue(), secure));
      }
      assertThat(trie.root().toHex()).isEqualTo(vector.get("root").asString());
    }
  }

  private static void put(NaiveTrie trie, String key, JsonNode value, boolean secure) {
    byte[] keyBytes = bytes(key);
    trie.put(
        secure ? Keccak256.hash(keyBytes) : keyBytes,
        value.isNull() ? new byte[0] : bytes(value.asString()));
  }

  private static byte[] bytes(String text) {
    return text.startsWith("0x") ? Hex.parse(text) : text.getBytes(UTF_8);
  }

  @Test
  void agreesWithThePlainTrieForListsOfEveryLength() {
    Random random = new Random(17034870);
    for (int length = 0; length <= 300; length++) {
      assertAgrees(randomItems(random, length, 1 + random.nextInt(80)), length);
    }
  }

  @Test
  void agreesWithThePlainTrieWhereNodesAreShorterThanAHash() {
    Random random = new Random(2);
    for (int length = 1; length <= 300; length++) {
      assertAgrees(randomItems(random, length, 1), length);
      assertAgrees(randomItems(random, length, 2), length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 257, 4095, 4097, 65_535, 65_536, 65_537, 70_000})
  void agreesWithThePlainTrieWhereKeysGrow(int length) {
    assertAgrees(randomItems(new Random(length), length, 3), length);
  }

  @ParameterizedTest
  @ValueSource(ints = {54, 55, 56, 57, 255, 256, 65_535, 65_536, 300_000})
  void agreesWithThePlainTrieForLongItems(int itemLength) {
    Random random = new Random(itemLength);
    byte[] item = new byte[itemLength];
    random.nextBytes(item);
    assertAgrees(List.of(item), 1);
    assertAgrees(List.of(item, item, new byte[] {1}), 3);
  }

  private static void assertAgrees(List<byte[]> items, int length) {
    assertThat(MerklePatricia.rootOfList(items))
        .as("list of %d items", length)
        .isEqualTo(NaiveTrie.ofList(items).root());
  }

  private static List<byte[]> randomItems(Random random, int count, int lengthMax) {
    List<byte[]> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] item = new byte[1 + random.nextInt(lengthMax)];
      random.nextBytes(item);
      items.add(item);
    }
    return items;
  }
}
