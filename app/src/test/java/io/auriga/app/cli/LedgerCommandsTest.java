package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.types.Withdrawal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandsTest {
  @TempDir static Path data;
  @TempDir Path temporary;

  private static List<ChainBlock> blocks = List.of();
  private static List<Withdrawal> withdrawals = List.of();

  @BeforeAll
  static void fill() throws IOException {
    blocks = SeededLedger.in(data);
    withdrawals = blocks.stream().flatMap(block -> block.withdrawals().stream()).toList();
    assertThat(withdrawals.size()).isGreaterThan(20);
  }

  private static CommandRun run(String verb, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "withdrawals";
    arguments[1] = verb;
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[options.length + 2] = "--data";
    arguments[options.length + 3] = data.toString();
    return CommandRun.of(arguments);
  }

  private static ChainBlock blockWithWithdrawals() {
    return blocks.stream()
        .filter(block -> !block.withdrawals().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listsTheNewestFirstUnlessToldOtherwise() {
    CommandRun newest = run("list", "--csv", "--limit", "5");
    assertThat(newest.code()).isZero();
    assertThat(newest.lines()).hasSize(6);
    assertThat(newest.lines().get(0)).startsWith("index,validatorIndex,address,amount,slot");
    assertThat(newest.lines().get(1)).startsWith(withdrawals.getLast().index() + ",");
    CommandRun oldest = run("list", "--csv", "--oldest", "--limit", "5");
    assertThat(oldest.lines().get(1)).startsWith(withdrawals.getFirst().index() + ",");
  }

  @Test
  void listsByEachKindOfFilter() {
    ChainBlock block = blockWithWithdrawals();
    Withdrawal first = block.withdrawals().getFirst();
    int inBlock = block.withdrawals().size();
    for (String[] filter :
        new String[][] {
          {"--block", block.blockNumber().toString()},
          {"--block", block.blockHash().toHex()},
          {"--block", block.root().toHex()},
          {"--slot", block.view().slot().toString()},
          {"--slot", block.view().slot() + ".." + block.view().slot()},
          {"--index", first.index() + ".." + block.withdrawals().getLast().index()}
        }) {
      assertThat(run("list", filter[0], filter[1], "--json").lines())
          .as(String.join(" ", filter))
          .hasSize(inBlock);
    }
    long ofValidator =
        withdrawals.stream().filter(w -> w.validatorIndex().equals(first.validatorIndex())).count();
    assertThat(run("list", "--validator", first.validatorIndex().toString(), "--json").lines())
        .hasSize((int) ofValidator);
    long toAddress = withdrawals.stream().filter(w -> w.address().equals(first.address())).count();
    assertThat(run("list", "--address", first.address().toHex(), "--json").lines())
        .hasSize((int) toAddress);
    assertThat(run("list", "--stage", "finalized", "--json").lines()).isEmpty();
    assertThat(run("list", "--stage", "execution", "--json", "--limit", "1000").lines())
        .hasSize(withdrawals.size());
    assertThat(run("list", "--from", "2000-01-01", "--to", "2001-01-01", "--json").lines())
        .isEmpty();
  }

  @Test
  void showsATableForPeople() {
    CommandRun table = run("list", "--limit", "2");
    assertThat(table.lines().getFirst())
        .contains("INDEX", "VALIDATOR", "ETH", "WHEN", "STAGE", "KIND");
    assertThat(table.lines().get(1)).contains(" ago").endsWith("unknown").contains("  execution  ");
    assertThat(table.out()).contains("There are more");
    assertThat(run("list", "--index", "99999999").out()).contains("No withdrawals");
  }

  @Test
  void showsOneWithdrawalWithItsStages() {
    Withdrawal last = withdrawals.getLast();
    CommandRun shown = run("show", last.index().toString());
    assertThat(shown.code()).isZero();
    assertThat(shown.out()).contains(last.address().toHex(), "  finalized       not yet");
    assertThat(run("show", "99999999").code()).isEqualTo(ExitCode.FINDING);
    assertThat(run("show", "x").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void exportsEverythingOldestFirst() throws IOException {
    CommandRun csv = run("export");
    assertThat(csv.code()).isZero();
    assertThat(csv.lines()).hasSize(1 + withdrawals.size());
    assertThat(csv.lines().get(1)).startsWith(withdrawals.getFirst().index() + ",");
    Path file = temporary.resolve("out.jsonl");
    assertThat(run("export", "--json", "--output", file.toString()).code()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(withdrawals.size());
    assertThat(run("export", "--output", file.toString()).err()).contains("exists already");
  }

  @Test
  void findsNoGapsInAWholeLedger() {
    CommandRun gaps = run("gaps");
    assertThat(gaps.code()).isZero();
    assertThat(gaps.out()).contains("Nothing is missing: " + withdrawals.size());
    assertThat(run("gaps", "--json").out()).isEmpty();
  }

  @Test
  void saysThatThereIsNoStoreYet() {
    CommandRun run =
        CommandRun.of("withdrawals", "list", "--data", temporary.resolve("none").toString());
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("AUR-CLI-NO-STORE").contains("auriga run");
    assertThat(temporary.resolve("none")).doesNotExist();
  }

  @Test
  void leavesNoFileBehindWhereAnExportFailed() throws IOException {
    Path file = temporary.resolve("out.csv");
    CommandRun none =
        CommandRun.of(
            "withdrawals", "export", "--output", file.toString(), "--data", "/nonexistent");
    assertThat(none.err()).startsWith("AUR-CLI-NO-STORE");
    try (var left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
    CommandRun nowhere = run("export", "--output", temporary.resolve("no/such/folder").toString());
    assertThat(nowhere.code()).isEqualTo(ExitCode.FAILED);
    assertThat(nowhere.err()).startsWith("AUR-CLI-OUTPUT").contains("there is no such folder");
  }

  @Test
  void stopsAnExportThatNobodyReads() {
    Writer closedPipe =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    int code =
        Auriga.commandLine()
            .setOut(new PrintWriter(closedPipe))
            .setErr(new PrintWriter(err))
            .execute("withdrawals", "export", "--data", data.toString());
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).startsWith("AUR-CLI-OUTPUT").contains("it was closed");
  }

  @Test
  void checksTheOptionsBeforeItLooksForAStore() {
    for (String verb : new String[] {"list", "export"}) {
      CommandRun run =
          CommandRun.of("withdrawals", verb, "--from", "yesterday", "--data", "/nonexistent");
      assertThat(run.err()).as(verb).startsWith("AUR-CLI-USAGE").contains("--from yesterday");
    }
  }

  @Test
  void refusesValuesThatItCannotUse() {
    for (String[] wrong :
        new String[][] {
          {"--slot", "9..1"},
          {"--slot", "x"},
          {"--index", "1..2..3"},
          {"--address", "0x12"},
          {"--block", "0xzz"},
          {"--stage", "gone"},
          {"--from", "yesterday"},
          {"--limit", "0"},
          {"--limit", "1001"}
        }) {
      CommandRun run = run("list", wrong);
      assertThat(run.code()).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).startsWith("AUR-CLI-USAGE").contains(wrong[0]).doesNotContain("\tat ");
    }
  }

  @Test
  void saysWhatAPredictionNeeds() {
    for (String[] wrong :
        new String[][] {
          {"none of --validator, --address and --group"},
          {"there is no group \"nobody\"; the file of --config names none", "--group", "nobody"},
          {"read --validator", "--validator", "x"},
          {"read --address", "--address", "0x12"},
          {"no consensus node is given", "--validator", "1"}
        }) {
      CommandRun run = run("predict", java.util.Arrays.copyOfRange(wrong, 1, wrong.length));
      assertThat(run.code()).as(wrong[0]).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(wrong[0]);
    }
  }
}
