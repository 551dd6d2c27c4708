package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.house.Project;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What Auriga says of a live chain beyond what the blocks say: kinds, whether the books balance,
 * and statements. All of it is asked as a user would, and compared with the nodes.
 */
final class Evidence {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AurigaProcess auriga;
  private final URI consensus;
  private final URI execution;
  private final Path folder;

  /**
   * @param folder for what the commands write
   */
  Evidence(AurigaProcess auriga, URI consensus, URI execution, Path folder) {
    this.auriga = auriga;
    this.consensus = consensus;
    this.execution = execution;
    this.folder = folder;
  }

  private List<JsonNode> run(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--data=" + auriga.data());
    return Launcher.run(folder, LIMIT, all);
  }

  private static long number(JsonNode json, String name) {
    return Long.parseLong(json.required(name).asString());
  }

  private List<JsonNode> withdrawals() {
    return auriga.api().data("withdrawals?order=oldest&limit=1000").valueStream().toList();
  }

  /** Waits until each withdrawal up to a slot was looked at. */
  void awaitKinds(long upToSlot) {
    await("kinds; " + auriga.logTail())
        .atMost(PATIENCE)
        .until(
            () ->
                withdrawals().stream()
                    .filter(one -> number(one, "slot") <= upToSlot)
                    .noneMatch(
                        one -> one.required("kindEvidence").asString().equals("not-looked-at")));
  }

  /**
   * Waits until each withdrawal up to a slot is told in kind, and compares with what the beacon
   * node says of the validators now: a withdrawable epoch that has come is never changed.
   *
   * @return how many there are of each kind
   */
  Map<String, Long> requireKinds(long upToSlot, long slotsPerEpoch) {
    awaitKinds(upToSlot);
    Map<Long, BigInteger> withdrawable = new HashMap<>();
    Http.get(consensus.resolve("/eth/v1/beacon/states/head/validators"))
        .require()
        .required("data")
        .valueStream()
        .forEach(
            one ->
                withdrawable.put(
                    number(one, "index"),
                    new BigInteger(
                        one.required("validator").required("withdrawable_epoch").asString())));
    List<JsonNode> judged =
        withdrawals().stream().filter(one -> number(one, "slot") <= upToSlot).toList();
    for (JsonNode one : judged) {
      BigInteger epoch = BigInteger.valueOf(number(one, "slot") / slotsPerEpoch);
      boolean full =
          Objects.requireNonNull(withdrawable.get(number(one, "validatorIndex"))).compareTo(epoch)
              <= 0;
      assertThat(one.required("kind").asString())
          .as("%s", one)
          .isEqualTo(full ? "full" : "partial-sweep");
    }
    return judged.stream()
        .collect(
            Collectors.groupingBy(one -> one.required("kind").asString(), Collectors.counting()));
  }

  /** Checks the blocks of these slots against both nodes: nothing disagrees, and much is proven. */
  JsonNode requireTheBooksToBalance(long from, long to) throws InterruptedException {
    List<JsonNode> lines =
        run(
            "withdrawals",
            "reconcile",
            "--json",
            "--slot=" + from + ".." + to,
            "--consensus=" + consensus,
            "--execution=" + execution);
    JsonNode summary = lines.getLast().required("summary");
    for (String check : List.of("stored-list", "execution-list", "credit", "validator-balance")) {
      assertThat(summary.required(check).required("diverged").asLong())
          .as("%s: %s", check, lines)
          .isZero();
    }
    assertThat(summary.required("stored-list").required("proven").asLong())
        .isEqualTo(summary.required("blocks").asLong());
    assertThat(summary.required("execution-list").required("proven").asLong())
        .isEqualTo(summary.required("blocks").asLong());
    for (String check : List.of("credit", "validator-balance")) {
      assertThat(summary.required(check).required("proven").asLong())
          .as("%s: %s", check, lines)
          .isPositive();
    }
    assertThat(auriga.api().data("reconcile/divergences").toString())
        .as("what the running process found")
        .isEqualTo("[]");
    assertThat(auriga.api().data("reconcile/blocks").size())
        .as("blocks that the running process checked")
        .isPositive();
    return summary;
  }

  /** A statement of all that is final: its lines add up to the ledger, and its parts to each. */
  void requireStatement() throws InterruptedException {
    String file = "statement-" + System.nanoTime() + ".json";
    var _ =
        run(
            "withdrawals",
            "statement",
            "--from=1d",
            "--to=2100-01-01",
            "--by=validator",
            "--format=json",
            "--output=" + folder.resolve(file));
    JsonNode statement = Http.parse(Project.read(folder.resolve(file)));
    JsonNode total = statement.required("total");
    long count = number(total, "count");
    assertThat(count).isPositive();
    BigInteger ledger =
        auriga.api().export().stream()
            .filter(StoredWithdrawal::canonical)
            .limit(count)
            .map(one -> one.payment().gwei())
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(amount(total, "amountGwei")).isEqualTo(ledger);
    BigInteger lines = BigInteger.ZERO;
    for (JsonNode line : statement.required("lines")) {
      BigInteger parts =
          amount(line, "principalGwei")
              .add(amount(line, "incomeGwei"))
              .add(amount(line, "requestedGwei"))
              .add(amount(line, "unattributedGwei"));
      assertThat(parts).as("%s", line).isEqualTo(amount(line, "amountGwei"));
      lines = lines.add(parts);
    }
    assertThat(lines).isEqualTo(ledger);
    assertThat(amount(total, "incomeGwei")).as("%s", total).isPositive();
  }

  private static BigInteger amount(JsonNode json, String name) {
    return new BigInteger(json.required(name).asString());
  }
}
