package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FinalityUpdate;
import io.auriga.runtime.http.Json;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.WithdrawalLedger;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StatementCommandTest {
  @TempDir private Path folder;
  private List<Withdrawal> paid = List.of();
  private BigInteger open = BigInteger.ZERO;
  private int blockCount;

  /** The first blocks of the recorded chain, final but for the last three. */
  @BeforeEach
  void fill() throws IOException {
    List<ChainBlock> blocks = SeededLedger.in(folder.resolve("data"));
    blockCount = blocks.size();
    List<ChainBlock> settled = blocks.subList(0, blocks.size() - 3);
    paid = settled.stream().flatMap(block -> block.withdrawals().stream()).toList();
    open =
        sum(
            blocks.subList(blocks.size() - 3, blocks.size()).stream()
                .flatMap(block -> block.withdrawals().stream())
                .toList());
    try (Store store =
        Store.open("sqlite:" + folder.resolve("data"), WithdrawalLedger.MIGRATIONS)) {
      new WithdrawalLedger(store)
          .commit(
              ChainUpdate.ofFinality(
                  Instant.EPOCH,
                  new FinalityUpdate(
                      new Epoch(5),
                      Optional.of(settled.getLast().ref()),
                      new Epoch(4),
                      Optional.of(settled.getLast().ref()))));
    }
  }

  private static BigInteger sum(List<Withdrawal> withdrawals) {
    return withdrawals.stream()
        .map(withdrawal -> new BigInteger(withdrawal.amount().toString()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private CommandRun run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("withdrawals", "statement"));
    arguments.addAll(List.of("--from", "2026-01-01", "--to", "2026-01-02"));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aColumnOfTheCsvAddsUpToTheLedger() {
    CommandRun run = run("--by", "validator");
    assertThat(run.code()).isZero();
    assertThat(run.lines().getFirst())
        .isEqualTo(
            "validatorIndex,count,amountGwei,principalGwei,incomeGwei,requestedGwei,unattributedGwei");
    BigInteger total =
        run.lines().stream()
            .skip(1)
            .map(line -> new BigInteger(line.split(",", -1)[2]))
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(total).isEqualTo(sum(paid));
  }

  @Test
  void theJsonShowsWhatIsNotFinalApart() {
    JsonNode statement = Json.parse(run("--format", "json").out().getBytes(StandardCharsets.UTF_8));
    assertThat(statement.at("/total/amountGwei").stringValue()).isEqualTo(sum(paid).toString());
    assertThat(statement.at("/notFinal/amountGwei").stringValue()).isEqualTo(open.toString());
    assertThat(statement.at("/lines").size()).isEqualTo(1);
  }

  @Test
  void theParquetFileSaysTheSame() throws IOException {
    Path file = folder.resolve("day.parquet");
    assertThat(run("--by", "day", "--format", "parquet", "--output", file.toString()).code())
        .isZero();
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
        RowReader rows = reader.rowReader()) {
      rows.next();
      assertThat(rows.getDate("day")).hasToString("2026-01-01");
      assertThat(rows.getLong("amountGwei")).isEqualTo(sum(paid).longValueExact());
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void groupsComeFromTheConfiguration() throws IOException {
    Path config = folder.resolve("auriga.yaml");
    Files.writeString(
        config,
        """
        groups:
          - name: few
            validators: [0, 1..3]
          - name: rest
            validators: [4..1000]
        """);
    CommandRun run = run("--by", "group", "--config", config.toString());
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().get(1)).startsWith("few,");
    assertThat(run.lines().get(2)).startsWith("rest,");
  }

  @Test
  void refusesWhatItCannotDoBeforeItReads() {
    assertThat(run("--by", "colour").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--by", "group").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--format", "parquet").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--to", "2025-01-01").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void reconcilingWithoutNodesChecksWhatTheStoreCanProve() {
    CommandRun run =
        CommandRun.of(
            "withdrawals",
            "reconcile",
            "--slot",
            "1..100",
            "--json",
            "--data",
            folder.resolve("data").toString());
    assertThat(run.code()).isZero();
    JsonNode summary =
        Json.parse(run.lines().getLast().getBytes(StandardCharsets.UTF_8)).get("summary");
    assertThat(summary.at("/stored-list/proven").intValue()).isEqualTo(blockCount);
    assertThat(summary.at("/index-gap/proven").intValue()).isEqualTo(1);
  }
}
