package io.auriga.app.cli.verify;

import static io.auriga.app.cli.verify.TestBlocks.executionBlock;
import static io.auriga.app.cli.verify.TestBlocks.file;
import static io.auriga.app.cli.verify.TestBlocks.files;
import static io.auriga.app.cli.verify.TestBlocks.hash;
import static io.auriga.app.cli.verify.TestBlocks.json;
import static io.auriga.app.cli.verify.TestBlocks.object;
import static io.auriga.app.cli.verify.TestBlocks.root;
import static io.auriga.app.cli.verify.TestBlocks.verify;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ExecutionBlockJsonTest {
  /** A block of Cancun; its header names every field as nodes do. */
  private static final String CANCUN = "el-withdrawals/mainnet-blocks/19807080.json";

  private static final String SHANGHAI = "el-withdrawals/mainnet-blocks/17463226.json";

  @TempDir Path temporary;

  private static ObjectNode cancunBlock() {
    return executionBlock(file(CANCUN));
  }

  private static ObjectNode shanghaiBlock() {
    return executionBlock(file(SHANGHAI));
  }

  @Test
  void verifiesRealBlocksOfEachForkAgainstTheirHash() {
    int whole = 0;
    for (String network : List.of("mainnet", "sepolia")) {
      for (Path file : files("el-withdrawals/" + network + "-blocks", ".json")) {
        ObjectNode vector = json(file);
        if (!vector.has("header") || !vector.get("header").has("hash")) {
          continue; // RLP, or another source than a node's answer
        }
        FileReport report = verify(temporary, executionBlock(file));
        assertThat(report.verdict()).as(file + ": " + report).isEqualTo(Verdict.VERIFIED);
        assertThat(report.blockHash())
            .isEqualTo(
                new Check(
                    vector.get("block_hash").stringValue(),
                    vector.get("block_hash").stringValue()));
        assertThat(root(report).computed()).isEqualTo(vector.get("withdrawals_root").stringValue());
        assertThat(report.withdrawals()).isEqualTo(vector.get("withdrawals").size());
        whole++;
      }
    }
    assertThat(whole).isGreaterThanOrEqualTo(11);
  }

  @Test
  void verifiesWholeAnswersWithTheirTransactions() {
    for (Path file : files("el-withdrawals/mainnet-rpc-full", ".json.gz")) {
      FileReport report = verify(file, Network.of("mainnet"));
      assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
      assertThat(report.fork()).isEqualTo("osaka");
      assertThat(report.reason()).isNull();

      ObjectNode altered = json(file);
      ((ObjectNode) altered.get("transactions").get(1)).put("value", "0x1234567");
      FileReport mismatch = verify(temporary, altered);
      assertThat(mismatch.verdict()).isEqualTo(Verdict.MISMATCH);
      assertThat(mismatch.reason()).contains("transactionsRoot", "transaction 1");
    }
  }

  @Test
  void tellsGoodFromCorruptAnswersAsTheirMetadataSay() {
    for (Path file : files("el-withdrawals/goerli-good-and-corrupt", "_data.json")) {
      Path metadata = Path.of(file.toString().replace("_data.json", "_metadata.json"));
      boolean corrupt = json(metadata).path("fail").asBoolean(false);
      FileReport report = verify(file, Network.of(null));
      if (corrupt) {
        assertThat(report.verdict())
            .as(report.toString())
            .isIn(Verdict.MISMATCH, Verdict.UNREADABLE);
        assertThat(report.reason()).isNotBlank();
      } else {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
      }
    }
  }

  @Test
  void readsTheAnswerOfJsonRpc() {
    ObjectNode answer = object();
    answer.put("jsonrpc", "2.0").put("id", 1).set("result", cancunBlock());
    assertThat(verify(temporary, answer).verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(verify(temporary, answer).fork()).isEqualTo("cancun");
  }

  @Test
  void reportsAnAnswerWithoutABlock() {
    ObjectNode unknown = object();
    unknown.put("jsonrpc", "2.0").put("id", 1).putNull("result");
    assertThat(verify(temporary, unknown).verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(verify(temporary, unknown).reason()).contains("null");

    ObjectNode error = object();
    error.put("jsonrpc", "2.0").put("id", 1).putObject("error").put("code", -32000);
    assertThat(verify(temporary, error).reason()).contains("error of the node");
  }

  @Test
  void findsEachAlteredFieldOfEachWithdrawal() {
    for (String field : List.of("index", "validatorIndex", "amount", "address")) {
      for (int i : new int[] {0, 7, 15}) {
        ObjectNode block = cancunBlock();
        ObjectNode withdrawal = (ObjectNode) block.get("withdrawals").get(i);
        withdrawal.put(field, lastDigitChanged(withdrawal.get(field).stringValue()));
        FileReport report = verify(temporary, block);
        assertThat(report.verdict()).as(field + " of " + i).isEqualTo(Verdict.MISMATCH);
        assertThat(root(report).ok()).isFalse();
        assertThat(hash(report).ok()).isTrue();
        assertThat(report.reason()).contains("withdrawalsRoot");
      }
    }
  }

  @Test
  void findsWithdrawalsThatAreMissingRepeatedOrSwapped() {
    ObjectNode missing = cancunBlock();
    ((ArrayNode) missing.get("withdrawals")).remove(15);
    ObjectNode repeated = cancunBlock();
    ((ArrayNode) repeated.get("withdrawals")).add(repeated.get("withdrawals").get(0));
    ObjectNode swapped = cancunBlock();
    ArrayNode list = (ArrayNode) swapped.get("withdrawals");
    JsonNode first = list.get(0);
    list.set(0, list.get(1)).set(1, first);
    ObjectNode emptied = cancunBlock();
    ((ArrayNode) emptied.get("withdrawals")).removeAll();
    for (ObjectNode block : List.of(missing, repeated, swapped, emptied)) {
      assertThat(verify(temporary, block).verdict()).isEqualTo(Verdict.MISMATCH);
    }
  }

  @Test
  void findsEachAlteredFieldOfTheHeader() {
    ObjectNode original = cancunBlock();
    for (String field : List.copyOf(original.propertyNames())) {
      if (field.equals("withdrawals")) {
        continue;
      }
      ObjectNode block = cancunBlock();
      block.put(field, lastDigitChanged(block.get(field).stringValue()));
      FileReport report = verify(temporary, block);
      assertThat(report.verdict()).as(field).isEqualTo(Verdict.MISMATCH);
    }
  }

  @Test
  void neverPassesABlockFromWhichAHeaderFieldWasTaken() {
    for (String field : List.copyOf(cancunBlock().propertyNames())) {
      for (boolean asNull : new boolean[] {true, false}) {
        ObjectNode block = cancunBlock();
        if (asNull) {
          block.putNull(field);
        } else {
          block.remove(field);
        }
        FileReport report = verify(temporary, block);
        if (field.equals("hash")) {
          // Nothing is claimed then that would not agree.
          assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
          assertThat(hash(report).claimed()).isNull();
        } else {
          assertThat(report.verdict())
              .as(field + ": " + report)
              .isIn(Verdict.MISMATCH, Verdict.UNREADABLE);
        }
      }
    }
  }

  @Test
  void doesNotTakeABlockForOlderThanShanghaiBecauseListAndRootWereTaken() {
    ObjectNode block = shanghaiBlock();
    block.remove(List.of("withdrawals", "withdrawalsRoot"));
    FileReport report = verify(temporary, block);
    assertThat(report.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(report.reason()).contains("block hash");
  }

  @Test
  void judgesAnIncompleteHeaderWithoutAHashByTheRootAlone() {
    ObjectNode block = cancunBlock();
    block.remove(List.of("hash", "nonce"));
    FileReport report = verify(temporary, block);
    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.blockHash()).isEqualTo(new Check(null, null));
    assertThat(report.reason()).contains("withdrawalsRoot alone", "nonce");
  }

  @Test
  void readsValuesAsTolerantlyAsClientsWriteThem() {
    ObjectNode block = cancunBlock();
    block.put("number", "0x0" + block.get("number").stringValue().substring(2));
    block.put("gasUsed", Long.decode(block.get("gasUsed").stringValue()));
    block.put("miner", upperCase(block.get("miner").stringValue()));
    block.put("hash", upperCase(block.get("hash").stringValue()));
    ObjectNode withdrawal = (ObjectNode) block.get("withdrawals").get(3);
    withdrawal.put("amount", "0x00" + withdrawal.get("amount").stringValue().substring(2));
    withdrawal.put("address", upperCase(withdrawal.get("address").stringValue()));
    FileReport report = verify(temporary, block);
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void refusesValuesThatCouldBeReadInTwoWays() {
    for (String value : List.of("12", "", "0x", "0xg1", "-0x1", "0x1.0", "0x10000000000000000")) {
      ObjectNode block = cancunBlock();
      ((ObjectNode) block.get("withdrawals").get(0)).put("amount", value);
      FileReport report = verify(temporary, block);
      assertThat(report.verdict()).as(value).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reason()).as(value).contains("withdrawal 0", "amount");
    }
  }

  @Test
  void refusesAKeyThatIsThereTwice() {
    String text = cancunBlock().toString();
    String twice = text.replaceFirst("\"withdrawals\":", "\"withdrawals\":[],\"withdrawals\":");
    FileReport report =
        verify(temporary, "twice.json", twice.getBytes(StandardCharsets.UTF_8), Network.of(null));
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reason()).contains("withdrawals");
  }

  @Test
  void refusesAHeaderOfALaterFork() {
    ObjectNode block = cancunBlock();
    block.put("blockAccessListHash", block.get("hash").stringValue());
    FileReport report = verify(temporary, block);
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reason()).startsWith("unsupported fork");
  }

  @Test
  void namesFieldsThatItDoesNotKnowWhenTheHashDiffers() {
    ObjectNode block = cancunBlock();
    block.put("hash", lastDigitChanged(block.get("hash").stringValue()));
    block.put("inclusionListHash", block.get("parentHash").stringValue());
    assertThat(verify(temporary, block).reason()).contains("inclusionListHash");
  }

  @Test
  void leavesBlocksFromBeforeShanghaiAlone() {
    ObjectNode block = shanghaiBlock();
    block.remove(List.of("withdrawals", "withdrawalsRoot", "hash"));
    FileReport unclaimed = verify(temporary, block);
    assertThat(unclaimed.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(unclaimed.withdrawals()).isNull();
    assertThat(unclaimed.withdrawalsRoot()).isNull();

    // The same block with the hash that a header of that form has is consistent.
    block.put("hash", hash(unclaimed).computed());
    assertThat(verify(temporary, block).verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(hash(verify(temporary, block)).ok()).isTrue();

    // But not on mainnet, where Shanghai had come by then.
    FileReport onMainnet =
        verify(
            temporary,
            "old.json",
            block.toString().getBytes(StandardCharsets.UTF_8),
            Network.of("mainnet"));
    assertThat(onMainnet.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(onMainnet.reason()).contains("mainnet had passed Shanghai");
  }

  @Test
  void findsWithdrawalsThatNoHeaderCommitsTo() {
    ObjectNode block = shanghaiBlock();
    JsonNode withdrawals = block.get("withdrawals");
    block.remove(List.of("withdrawals", "withdrawalsRoot", "hash"));
    block.put("hash", hash(verify(temporary, block)).computed());
    block.set("withdrawals", withdrawals);
    assertThat(verify(temporary, block).verdict()).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void doesNotApplyTheRuleToBlocksOfTheOpStack() {
    ObjectNode block = cancunBlock();
    ((ArrayNode) block.get("withdrawals")).removeAll();
    block.put("miner", "0x4200000000000000000000000000000000000011");
    block.put("extraData", "0x000000003200000006");
    block.remove("hash");
    block.put("hash", hash(verify(temporary, block)).computed());
    FileReport report = verify(temporary, block);
    assertThat(report.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(report.reason()).contains("OP Stack");

    // Where the header's hash is wrong, those marks prove nothing.
    block.put("hash", lastDigitChanged(block.get("hash").stringValue()));
    assertThat(verify(temporary, block).verdict()).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void knowsTheOpStackByItsDepositTransactions() {
    ObjectNode block = cancunBlock();
    ((ArrayNode) block.get("withdrawals")).removeAll();
    block.putArray("transactions").addObject().put("type", "0x7e");
    assertThat(verify(temporary, block).verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    // Networks that were named have no such blocks.
    FileReport onMainnet =
        verify(
            temporary,
            "op.json",
            block.toString().getBytes(StandardCharsets.UTF_8),
            Network.of("mainnet"));
    assertThat(onMainnet.verdict()).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void saysWhatIsMissingWhenOnlyAHeaderIsGiven() {
    ObjectNode block = cancunBlock();
    block.remove("withdrawals");
    FileReport report = verify(temporary, block);
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reason()).contains("list of withdrawals is missing");
    assertThat(hash(report).ok()).isTrue();
  }

  private static String lastDigitChanged(String hex) {
    char last = hex.charAt(hex.length() - 1);
    return hex.substring(0, hex.length() - 1) + (last == '1' ? '2' : '1');
  }

  private static String upperCase(String hex) {
    return "0x" + hex.substring(2).toUpperCase(Locale.ROOT);
  }
}
