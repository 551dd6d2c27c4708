package io.auriga.historyflink;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.era.EraCatalog;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraError;
import io.auriga.chain.era.EraException;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraGroup;
import io.auriga.chain.era.EraLevel;
import io.auriga.testkit.era.SimulatedEras;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.types.Withdrawal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job in Flink's local mode, against the same files read by one thread. */
class EraJobTest {
  private static final int PARALLELISM = 2;
  private static final int ERAS = 8;

  private final SimulatedEras eras =
      new SimulatedEras(
          SimulatedChain.of(SimulationPlan.ofSeed(11).withSlots((ERAS + 1) * 64 - 10)));
  private final EraChain chain = eras.chain();
  @TempDir private Path folder;

  @Test
  void findsTheSameRowsAndVerdictsAsOneThreadDoes() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    List<Path> whole = eras.write(input);
    assertThat(whole).hasSizeGreaterThanOrEqualTo(ERAS);
    damage(whole.get(1));
    cut(whole.get(2));
    Files.copy(whole.get(3), input.resolve("zz-copy.era"));
    Files.writeString(input.resolve("zz-garbage.era"), "this is no era file");
    List<Path> files = files(input);
    EraCatalog catalog = EraCatalog.of(files, chain);

    Path output = folder.resolve("out");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM);
    EraJob.of(environment, chain, EraLevel.FULL, catalog).writeTo(output);
    environment.execute();

    List<String> rows = new ArrayList<>();
    List<String> verdicts = new ArrayList<>();
    readByOneThread(catalog, rows, verdicts);
    assertThat(lines(output.resolve("withdrawals")))
        .containsExactlyInAnyOrderElementsOf(rows)
        .hasSizeGreaterThan(400);
    assertThat(lines(output.resolve("verdicts"))).containsExactlyInAnyOrderElementsOf(verdicts);
    assertThat(verdicts.stream().map(verdict -> verdict.split(",", -1)[2]))
        .contains(
            EraVerdict.VERIFIED,
            EraError.CORRUPT.code(),
            EraError.TRUNCATED.code(),
            EraError.DUPLICATE.code())
        .hasSize(files.size());
    assertThat(files(output.resolve("withdrawals")))
        .as("files of rows, one for each parallel task")
        .hasSize(PARALLELISM);
  }

  private void readByOneThread(EraCatalog catalog, List<String> rows, List<String> verdicts) {
    catalog
        .refused()
        .forEach(
            refused ->
                verdicts.add(
                    EraVerdict.refused(refused.file().toString(), -1, refused.reason()).csv()));
    for (EraCatalog.Entry entry : catalog.eras()) {
      List<String> ofEra = new ArrayList<>();
      try (EraFile file = EraFile.open(entry.file(), chain)) {
        EraGroup group = file.groups().get(entry.group());
        group.forEach(
            EraLevel.FULL,
            block -> {
              for (Withdrawal withdrawal : block.view().payload().withdrawals()) {
                ofEra.add(
                    WithdrawalRow.of(
                            block.view().slot(),
                            block.root().toHex(),
                            block.view().payload().blockHash().toHex(),
                            withdrawal)
                        .csv());
              }
            });
        verdicts.add(
            new EraVerdict(
                    entry.file().toString(),
                    entry.era(),
                    EraVerdict.VERIFIED,
                    entry.blocks(),
                    ofEra.size(),
                    "")
                .csv());
        rows.addAll(ofEra);
      } catch (EraException wrong) {
        verdicts.add(EraVerdict.refused(entry.file().toString(), entry.era(), wrong).csv());
      }
    }
  }

  /** A flipped bit in the middle of a block. */
  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.write(file, bytes);
  }

  private static void cut(Path file) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 7_777));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder)) {
      assertThat(file.getFileName().toString()).matches("part-.*\\.csv");
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }
}
