package io.auriga.crypto.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.Vectors;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpReader;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.crypto.trie.MerklePatricia;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Gwei;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Execution blocks of real networks, and valid and invalid ones made for tests. */
class ExecutionBlockVectorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"mainnet-blocks", "sepolia-blocks"})
  void computesWithdrawalsRootAndHashOfRealBlocks(String folder) {
    int hashed = 0;
    List<Path> files = Vectors.files(Vectors.path("el-withdrawals/" + folder), ".json");
    for (Path file : files) {
      JsonNode block = Vectors.json(file);
      Root root = WithdrawalsRoot.of(withdrawals(block.get("withdrawals")));
      assertThat(root.toHex()).as("%s", file).isEqualTo(text(block, "withdrawals_root"));
      JsonNode header = block.get("header");
      if (block.has("header_rlp")) {
        byte[] rlp = Hex.parse(text(block, "header_rlp"));
        ExecutionHeader decoded = ExecutionHeader.decode(rlp);
        assertThat(decoded.hash().toHex()).isEqualTo(text(block, "block_hash"));
        assertThat(decoded.withdrawalsRoot()).isEqualTo(root);
        assertThat(decoded.encode()).isEqualTo(rlp);
        hashed++;
      } else if (header != null && header.has("nonce") && header.has("hash")) {
        assertThat(header(header).hash().toHex()).isEqualTo(text(block, "block_hash"));
        hashed++;
      }
    }
    assertThat(hashed).isGreaterThanOrEqualTo(files.size() * 2 / 3);
  }

  @Test
  void readsHeadersAndBodiesOfRealBlocks() {
    for (Path file : Vectors.files(Vectors.path("el-withdrawals/mainnet-rlp"), ".yaml.gz")) {
      String yaml = new String(Vectors.read(file), UTF_8);
      byte[] header = Hex.parse(line(yaml, "header"));
      byte[] body = Hex.parse(line(yaml, "body"));
      ExecutionHeader decoded = ExecutionHeader.decode(header);
      String number = file.getFileName().toString().replaceAll("[^0-9]", "");
      JsonNode block =
          Vectors.json(Vectors.path("el-withdrawals/mainnet-blocks/" + number + ".json"));
      assertThat(decoded.hash().toHex()).isEqualTo(text(block, "block_hash"));
      // A block is the header followed by the items of its body.
      RlpReader bodyItems = RlpReader.of(body).list();
      int start = bodyItems.position();
      byte[] whole =
          new RlpWriter()
              .beginList()
              .raw(header, 0, header.length)
              .raw(body, start, body.length - start)
              .endList()
              .toBytes();
      ExecutionBlockRlp read = ExecutionBlockRlp.decode(whole);
      assertThat(read.header()).isEqualTo(decoded);
      assertThat(read.withdrawals()).isEqualTo(withdrawals(block.get("withdrawals")));
      assertThat(MerklePatricia.rootOfList(read.transactions()))
          .isEqualTo(decoded.transactionsRoot());
    }
  }

  private static String line(String yaml, String key) {
    return yaml.lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).replaceAll("[^0-9a-fx]", ""))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bc4895", "pyspecs-eip4895"})
  void acceptsValidAndRefusesInvalidTestBlocks(String folder) {
    int valid = 0;
    int refused = 0;
    for (Path file :
        Vectors.files(Vectors.path("el-withdrawals/ethereum-tests/" + folder), ".json.gz")) {
      for (JsonNode test : Vectors.json(file)) {
        for (JsonNode block : test.get("blocks")) {
          byte[] rlp = Hex.parse(text(block, "rlp"));
          String expected = block.has("expectException") ? text(block, "expectException") : "";
          if (expected.contains("RLP_STRUCTURES_ENCODING")) {
            assertThat(problem(rlp)).as("%s: %s", file, expected).isNotNull();
            refused++;
          } else if (expected.isEmpty()) {
            assertThat(problem(rlp)).isNull();
            assertSameAsJson(ExecutionBlockRlp.decode(rlp), block);
            valid++;
          }
        }
      }
    }
    assertThat(valid).isGreaterThan(14);
    if (folder.equals("bc4895")) {
      assertThat(refused).isEqualTo(6);
    }
  }

  /** What is wrong with a block; null if nothing is. */
  private static @Nullable String problem(byte[] rlp) {
    try {
      ExecutionBlockRlp block = ExecutionBlockRlp.decode(rlp);
      if (block.withdrawals() == null) {
        return "a header with a withdrawals root, and no list";
      }
      return WithdrawalsRoot.of(block.withdrawals()).equals(block.header().withdrawalsRoot())
          ? null
          : "another root";
    } catch (io.auriga.crypto.rlp.RlpException malformed) {
      return malformed.getMessage();
    }
  }

  private static void assertSameAsJson(ExecutionBlockRlp read, JsonNode block) {
    JsonNode header = block.get("blockHeader");
    assertThat(read.header().hash()).isEqualTo(BlockHash.fromHex(text(header, "hash")));
    assertThat(read.header().withdrawalsRoot().toHex()).isEqualTo(text(header, "withdrawalsRoot"));
    assertThat(read.header().fieldCount()).isEqualTo(header.has("blobGasUsed") ? 20 : 17);
    assertThat(read.header().timestamp())
        .isEqualTo(new BigInteger(text(header, "timestamp").substring(2), 16).longValue());
    assertThat(read.withdrawals()).isEqualTo(withdrawals(block.get("withdrawals")));
  }

  @Test
  void refusesABlockCutAnywhere() {
    Path file =
        Vectors.path("el-withdrawals/ethereum-tests/bc4895/withdrawalsAmountBounds.json.gz");
    JsonNode block = Vectors.json(file).iterator().next().get("blocks").get(0);
    byte[] rlp = Hex.parse(text(block, "rlp"));
    for (int length = 0; length < rlp.length; length++) {
      byte[] cut = Arrays.copyOf(rlp, length);
      assertThatThrownBy(() -> ExecutionBlockRlp.decode(cut))
          .isInstanceOf(io.auriga.crypto.rlp.RlpException.class);
    }
    byte[] longer = Arrays.copyOf(rlp, rlp.length + 1);
    assertThatThrownBy(() -> ExecutionBlockRlp.decode(longer))
        .isInstanceOf(io.auriga.crypto.rlp.RlpException.class);
  }

  private static ExecutionHeader header(JsonNode json) {
    JsonNode requests = json.get("requestsHash");
    return new ExecutionHeader(
        BlockHash.fromHex(text(json, "parentHash")),
        Root.fromHex(text(json, "sha3Uncles")),
        Address.fromHex(text(json, "miner")),
        Root.fromHex(text(json, "stateRoot")),
        Root.fromHex(text(json, "transactionsRoot")),
        Root.fromHex(text(json, "receiptsRoot")),
        ByteString.fromHex(text(json, "logsBloom")),
        new BigInteger(text(json, "difficulty").substring(2), 16),
        new BlockNumber(quantity(json, "number")),
        quantity(json, "gasLimit"),
        quantity(json, "gasUsed"),
        quantity(json, "timestamp"),
        ByteString.fromHex(text(json, "extraData")),
        Root.fromHex(text(json, "mixHash")),
        Long.parseUnsignedLong(text(json, "nonce").substring(2), 16),
        new Wei(new BigInteger(text(json, "baseFeePerGas").substring(2), 16)),
        Root.fromHex(text(json, "withdrawalsRoot")),
        json.has("blobGasUsed")
            ? new BlobFields(
                quantity(json, "blobGasUsed"),
                quantity(json, "excessBlobGas"),
                Root.fromHex(text(json, "parentBeaconBlockRoot")))
            : null,
        requests == null ? null : Root.fromHex(requests.asString()));
  }

  private static List<Withdrawal> withdrawals(JsonNode list) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    for (JsonNode entry : list) {
      withdrawals.add(
          new Withdrawal(
              new WithdrawalIndex(number(entry, "index")),
              new ValidatorIndex(number(entry, "validatorIndex")),
              Address.fromHex(text(entry, "address").toLowerCase(Locale.ROOT)),
              new Gwei(number(entry, "amount"))));
    }
    return withdrawals;
  }

  /** A number that, unlike a quantity, may have leading zeros. */
  private static long number(JsonNode json, String field) {
    return Long.parseUnsignedLong(text(json, field).substring(2), 16);
  }

  private static long quantity(JsonNode json, String field) {
    return UInt64.parseQuantity(text(json, field));
  }

  private static String text(JsonNode json, String field) {
    return json.get(field).asString();
  }

  @Test
  void knowsTheHashOfNoOmmers() {
    assertThat(ExecutionHeader.NO_OMMERS.toHex())
        .isEqualTo("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");
    assertThat(ExecutionHeader.NO_OMMERS.toBytes())
        .isEqualTo(Keccak256.hash(new RlpWriter().beginList().endList().toBytes()));
  }
}
