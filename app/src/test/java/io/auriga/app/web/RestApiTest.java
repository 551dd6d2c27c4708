package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.expected.ListDifference;
import io.auriga.withdrawals.expected.ReplayRecord;
import io.auriga.withdrawals.expected.ReplayVerdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RestApiTest {
  @TempDir Path folder;
  private SampleChain chain;
  private SampleSurface surface;
  private Client client;

  @BeforeEach
  void serve() {
    chain = new SampleChain(folder);
    chain.grow(10, 4);
    chain.finality(3, 6);
    surface = new SampleSurface(chain, Optional.empty());
    client = new Client(surface.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  @Test
  void givesWithdrawalsAsTheBlockHasThem() {
    Withdrawal last = chain.head().orElseThrow().withdrawals().getLast();
    JsonNode first = client.get("/api/v1/withdrawals?limit=1").json().at("/data/0");
    assertThat(first.get("index").stringValue()).isEqualTo(last.index().toString());
    assertThat(first.get("validatorIndex").stringValue())
        .isEqualTo(last.validatorIndex().toString());
    assertThat(first.get("address").stringValue()).isEqualTo(last.address().toHex());
    assertThat(first.get("amount").stringValue()).isEqualTo(last.amount().toString());
    assertThat(first.get("blockRoot").stringValue())
        .isEqualTo(chain.head().orElseThrow().root().toHex());
    assertThat(first.get("stage").stringValue()).isEqualTo("execution");
  }

  @Test
  void saysWhatCameOfRecomputingABlocksWithdrawals() {
    ChainBlock head = chain.head().orElseThrow();
    assertThat(client.get("/api/v1/blocks/head").json().at("/data/expectedWithdrawals").isNull())
        .isTrue();
    ListDifference difference = new ListDifference(2, ListDifference.Field.AMOUNT, "10", "11");
    chain.replays().save(verdict(head, new ReplayVerdict.Differs(difference)));
    JsonNode told = client.get("/api/v1/blocks/head").json().at("/data/expectedWithdrawals");
    assertThat(told.get("verdict").stringValue()).isEqualTo("differs");
    assertThat(told.get("difference").toString())
        .isEqualTo(
            "{\"code\":\"AUR-WITHDRAWALS-LIST-DIFFERS\",\"entry\":\"2\",\"field\":\"amount\","
                + "\"expected\":\"10\",\"found\":\"11\"}");
    assertThat(client.page("/blocks/head").body())
        .contains("Expected withdrawals", "entry 2: amount expected 10, found 11");
    chain
        .replays()
        .save(
            verdict(
                head, new ReplayVerdict.NotProvable(ReplayVerdict.Reason.EPOCH, "epoch 9 begins")));
    JsonNode later = client.get("/api/v1/blocks/head").json().at("/data/expectedWithdrawals");
    assertThat(later.get("reason").stringValue()).isEqualTo("epoch");
    assertThat(later.get("difference").isNull()).isTrue();
    chain.replays().save(verdict(head, new ReplayVerdict.Reproduced()));
    assertThat(client.page("/blocks/head").body()).contains("Reproduced");
  }

  private ReplayRecord verdict(ChainBlock block, ReplayVerdict verdict) {
    return new ReplayRecord(block.ref().slot(), block.root(), verdict, chain.clock().now());
  }

  @Test
  void leadsThroughAllPagesWithoutAHoleOrADouble() {
    List<String> indices = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get("/api/v1/withdrawals?limit=7&order=oldest" + cursor).json();
      page.get("data").forEach(item -> indices.add(item.get("index").stringValue()));
      JsonNode next = page.at("/meta/nextCursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
    } while (!cursor.isEmpty());
    List<String> expected = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      expected.add(Long.toString(SampleChain.FIRST_INDEX + i));
    }
    assertThat(indices).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "slot=6209540, 4",
    "fromSlot=6209544, 8",
    "toSlot=6209537, 8",
    "fromSlot=6209540&toSlot=6209541, 8",
    "index=64120003, 1",
    "fromIndex=64120038, 2",
    "toIndex=64120001, 2",
    "'validatorIndex=401200,401201&validatorIndex=401202', 3",
    "blockNumber=17034871, 4",
    "fromBlock=17034878&toBlock=17034879, 8",
    "stage=finalized, 16",
    "'stage=safe,finalized', 28",
    "fromTime=2023-04-12T22:27:47Z, 36",
    "toTime=1681338455, 0",
    "toTime=1681338515, 20",
    "validatorIndex=&slot=, 40",
    "stage=orphaned, 0",
  })
  void filters(String query, int count) {
    JsonNode page = client.get("/api/v1/withdrawals?limit=1000&" + query).json();
    assertThat(page.get("data")).as(page::toString).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "validatorIndex=x, validatorIndex",
    "validatorIndex=-1, validatorIndex",
    "validatorIndex=18446744073709551616, validatorIndex",
    "address=0x12, address",
    "slot=1&fromSlot=1, slot",
    "slot=1&slot=2, slot",
    "fromSlot=5&toSlot=4, fromSlot",
    "stage=final, stage",
    "orphaned=yes, orphaned",
    "order=up, order",
    "limit=0, limit",
    "limit=1001, limit",
    "limit=1e2, limit",
    "cursor=zzz, cursor",
    "fromTime=yesterday, fromTime",
    "blockRoot=0x00, blockRoot",
    "validator=3, validator",
  })
  void refusesWhatItCannotReadAndNamesTheParameter(String query, String name) {
    Client.Answer answer = client.get("/api/v1/withdrawals?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("code").stringValue()).isEqualTo("AUR-HTTP-BAD-REQUEST");
    assertThat(answer.json().get("message").stringValue()).contains("parameter " + name + ":");
    assertThat(answer.json().get("remedy").stringValue()).isNotBlank();
  }

  @Test
  void keepsOrphansApartAndShowsThemWithTheirIndex() {
    chain.reorg(2, 4);
    JsonNode canonical = client.get("/api/v1/withdrawals?limit=1000").json();
    assertThat(canonical.get("data")).hasSize(40);
    JsonNode all = client.get("/api/v1/withdrawals?limit=1000&orphaned=true").json();
    assertThat(all.get("data")).hasSize(48);
    JsonNode one = client.get("/api/v1/withdrawals/64120039").json();
    assertThat(one.get("data")).hasSize(2);
    assertThat(one.at("/data/0/stage").stringValue()).isEqualTo("execution");
    assertThat(one.at("/data/1/stage").stringValue()).isEqualTo("orphaned");
  }

  @Test
  void leavesReadersOfTheStoreToOthersWhileExportsAreSlow() throws IOException {
    chain.grow(700, 16); // more bytes than the sockets between can hold
    try (Socket first = slowExport();
        Socket second = slowExport()) {
      Client.Answer third = client.get("/api/v1/withdrawals/export");
      assertThat(third.status()).isEqualTo(503);
      assertThat(third.json().get("code").stringValue()).isEqualTo("AUR-HTTP-BUSY");
      assertThat(client.get("/api/v1/withdrawals").status()).isEqualTo(200);
      assertThat(List.of(first, second)).allMatch(Socket::isConnected);
    }
  }

  /** Reads the first lines, and then nothing: the server is left with more than it can send. */
  private Socket slowExport() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(surface.uri().getHost(), surface.uri().getPort()));
    String get = "GET /api/v1/withdrawals/export HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("index,validatorIndex") < 0) {
      seen.append((char) socket.getInputStream().read());
    }
    return socket;
  }

  @Test
  void exportsTheSameRowsAsCsvAndAsJson() {
    String csv = client.get("/api/v1/withdrawals/export?fromSlot=6209544").body();
    JsonNode json = client.get("/api/v1/withdrawals/export?fromSlot=6209544&format=json").json();
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(9);
    assertThat(lines.getFirst()).startsWith("index,validatorIndex,address,amount,slot,");
    assertThat(json).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(lines.get(i + 1))
          .startsWith(
              json.get(i).get("index").stringValue()
                  + ","
                  + json.get(i).get("validatorIndex").stringValue()
                  + ",");
    }
  }

  @Test
  void findsABlockByTagSlotRootAndHash() {
    String root = chain.head().orElseThrow().root().toHex();
    String hash = chain.head().orElseThrow().blockHash().toHex();
    String slot = chain.head().orElseThrow().ref().slot().toString();
    for (String id : List.of("head", root, hash, slot)) {
      JsonNode block = client.get("/api/v1/blocks/" + id).json().get("data");
      assertThat(block.get("root").stringValue()).as(id).isEqualTo(root);
      assertThat(block.get("withdrawals")).hasSize(4);
    }
    assertThat(client.get("/api/v1/blocks/finalized").json().at("/data/stage").stringValue())
        .isEqualTo("finalized");
    assertThat(client.get("/api/v1/blocks/17").status()).isEqualTo(404);
    assertThat(client.get("/api/v1/blocks/0x17").status()).isEqualTo(400);
  }

  @Test
  void givesBlocksPageByPage() {
    JsonNode first = client.get("/api/v1/blocks?limit=6").json();
    assertThat(first.get("data")).hasSize(6);
    String cursor = first.at("/meta/nextCursor").stringValue();
    JsonNode second = client.get("/api/v1/blocks?limit=6&cursor=" + cursor).json();
    assertThat(second.get("data")).hasSize(4);
    assertThat(second.at("/meta/nextCursor").isNull()).isTrue();
  }

  @Test
  void sumsUpTheLedger() {
    JsonNode ledger = client.get("/api/v1/status").json().at("/data/ledger");
    long total =
        chain.blocks().stream()
            .flatMap(block -> block.withdrawals().stream())
            .mapToLong(withdrawal -> withdrawal.amount().value())
            .sum();
    assertThat(ledger.get("withdrawals").stringValue()).isEqualTo("40");
    assertThat(ledger.get("totalAmount").stringValue()).isEqualTo(Long.toString(total));
    assertThat(ledger.at("/stages/finalized").stringValue()).isEqualTo("16");
    assertThat(ledger.get("gaps").stringValue()).isEqualTo("0");
  }
}
