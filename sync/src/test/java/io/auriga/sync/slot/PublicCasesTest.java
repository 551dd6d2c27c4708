package io.auriga.sync.slot;

import static io.auriga.sync.slot.Seen.MAINNET;
import static io.auriga.sync.slot.Seen.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Root;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Late heads that operators reported in public, from the times they gave; what was not given is not
 * made up. The verdict is the cause that was found there.
 */
final class PublicCasesTest {
  /**
   * ChainSafe/lodestar #9939, mainnet slot 15051810: the block came at 3.522 s, was handed over
   * about 0.3 s later, and was found valid at 4.176 s.
   */
  @Test
  void lodestarHandedAHeavyBlockOverTooLate() {
    Seen seen =
        Seen.times(3522, 3522 + 300, 4176, 4176).on(new Chain.Block(Root.ZERO, OptionalInt.of(13)));
    assertThat(seen.verdict()).isEqualTo(new Verdict.SlowDispatch(millis(300), MAINNET.dispatch()));
  }

  /**
   * hyperledger/besu #4400, mainnet slots 4785282 and 4785274: seen after 674 and 1445 ms, imported
   * 3455 and 4850 ms after that, head 162 and 169 ms after that; the slow imports matched Besu's
   * own. How much of an import was Besu's is not told for these blocks, so every share that Besu
   * can have had, from where it is the most of it on, must give the same.
   */
  @ParameterizedTest
  @CsvSource({"674, 3454.8, 161.9", "1445.1, 4850.3, 169.1"})
  void besuTookSecondsForAPayload(double seen, double imported, double head) {
    double end = seen + imported + head;
    for (double share = 0.6; share <= 1; share += 0.05) {
      double handed = seen + imported * (1 - share);
      assertThat(Seen.times(seen, handed, seen + imported, end).verdict())
          .as("Besu's share of the import %.2f", share)
          .isInstanceOf(Verdict.SlowExecution.class);
    }
    assertThat(new Seen().at(Mark.GOSSIP, seen).at(Mark.HEAD, end).verdict())
        .as("as the consensus client alone knew it")
        .isInstanceOf(Verdict.SlowPair.class);
  }

  /**
   * Consensys/teku #6205: twelve late heads of two hours came after these times, and the execution
   * client took these. Which belongs to which is told for some only, so all are tried with all.
   */
  @Test
  void tekuGotMostOfItsLateBlocksTooLateForAnyExecutionClient() {
    double[] arrivals = {4625, 3898, 3898, 2378, 6597, 3307, 8275, 3690, 4132, 3356, 3884, 4222};
    double[] executions = {1073, 925, 1616, 1125, 1104, 1195, 1561, 1243, 675, 450, 1341};
    double[] late =
        DoubleStream.of(arrivals)
            .filter(
                arrival ->
                    DoubleStream.of(executions)
                        .mapToObj(took -> teku(arrival, 0, took, 6))
                        .allMatch(new Verdict.LateBlock(millis(arrival))::equals))
            .toArray();
    assertThat(late).containsExactly(4625, 3898, 3898, 6597, 8275, 3690, 4132, 3884, 4222);
  }

  /** Two of them whole: processed for 312 and 102 ms, then the execution client's answer. */
  @Test
  void tekuGotABlockTooLateEvenWhereTheExecutionClientTookASecond() {
    assertThat(teku(4625, 312, 1073, 6)).isEqualTo(new Verdict.LateBlock(millis(4625)));
    assertThat(teku(3898, 102, 925, 6)).isEqualTo(new Verdict.LateBlock(millis(3898)));
  }

  /** From the same thread, another operator's: the block came early, and Besu was slow. */
  @Test
  void tekuWaitedForBesuWhereTheBlockHadComeEarly() {
    assertThat(teku(1379, 218, 3199, 20)).isInstanceOf(Verdict.SlowExecution.class);
    assertThat(teku(1615, 238, 2591, 20)).isInstanceOf(Verdict.SlowExecution.class);
    assertThat(teku(2836, 189, 1260, 30)).isInstanceOf(Verdict.SlowExecution.class);
  }

  private static Verdict teku(double arrival, double processed, double execution, double rest) {
    double answered = arrival + processed + execution;
    return Seen.times(arrival, arrival + processed, answered, answered + rest).verdict();
  }
}
