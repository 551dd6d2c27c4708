package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.state.PlainState;
import io.auriga.testkit.time.SteppedClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code auriga validators duties} beside a replayed node. */
class DutiesCommandTest {
  private final Recording recording = Recording.open(SeededLedger.recording());

  private CommandRun duties(String... options) {
    try (ReplayBeaconNode node =
        new ReplayBeaconNode(recording, new SteppedClock(recording.end()), BeaconQuirks.NONE, 0)) {
      String[] all = new String[options.length + 4];
      all[0] = "validators";
      all[1] = "duties";
      all[2] = "--consensus";
      all[3] = node.uri().toString();
      System.arraycopy(options, 0, all, 4, options.length);
      return CommandRun.of(all);
    }
  }

  @Test
  void countsAnEpochAndTellsWhoMissedItsDuty() {
    CommandRun run = duties("--epoch", "9", "--validator", "29,3", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINDING);
    List<String> lines = run.lines();
    JsonNode epoch = JsonMapper.shared().readTree(lines.getFirst());
    assertThat(epoch.get("stage").asString()).isEqualTo("closed");
    assertThat(epoch.get("refused").asInt()).isZero();
    assertThat(epoch.at("/named/assigned").asInt()).isEqualTo(2);
    assertThat(epoch.at("/named/missed").asInt()).isEqualTo(1);
    assertThat(epoch.at("/network/assigned").asInt()).isGreaterThan(20);
    // Of slots 72 to 79 one is empty, because its proposer was slashed.
    JsonNode empty = epoch.at("/proposals/4");
    assertThat(empty.get("slot").asString()).isEqualTo("76");
    assertThat(empty.get("outcome").asString()).isEqualTo("missed");
    assertThat(empty.get("proposer").asString()).isIn("24", "25", "26");
    JsonNode offline = JsonMapper.shared().readTree(lines.get(2));
    assertThat(offline.get("validatorIndex").asString()).isEqualTo("29");
    assertThat(offline.get("included").asBoolean()).isFalse();
  }

  @Test
  void countsTheFirstEpochFromTheStateThatTheChainBeganWith() {
    CommandRun run = duties("--epoch", "0", "--validator", "29", "--check", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINDING);
    JsonNode epoch = JsonMapper.shared().readTree(run.lines().getFirst());
    assertThat(epoch.get("refused").asInt()).isZero();
    assertThat(epoch.at("/named/missed").asInt()).isEqualTo(1);
    assertThat(epoch.at("/stateFlags/compared").asInt()).isGreaterThan(20);
    assertThat(epoch.at("/stateFlags/different").asInt()).isZero();
  }

  @Test
  void takesAPublicKeyForAnIndexAndComparesFlagsWithTheState() {
    CommandRun run = duties("--epoch", "9", "--validator", key(3), "--check");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("all equal").containsPattern("(?m)^ +3 ");
  }

  private String key(int validator) {
    RecordedState genesis = recording.states().genesis().orElseThrow();
    return PlainState.read(StateSchemas.of(recording.spec()), genesis.fork(), genesis.ssz())
        .validators()
        .get(validator)
        .publicKey();
  }

  @Test
  void printsATableForPeople() {
    CommandRun run = duties("--epoch", "12", "--validator", "3");
    assertThat(run.out()).contains("Epoch 12, closed as of slot").contains("network").contains("3");
    assertThat(run.out()).contains("Sync committee: ").doesNotContain("could not be counted");
  }

  @Test
  void saysWhatIsWrongWithAnEpochThatHasNotBegunOrIsNone() {
    assertThat(duties("--epoch", "400").err()).contains("AUR-DUTIES-SOURCE").contains("the head");
    assertThat(duties("--epoch", "x").err()).contains("AUR-CLI-USAGE");
    assertThat(duties("--epoch", "9", "--validator", "0x12").err())
        .contains("\"0x12\" is no validator's index or public key");
    assertThat(duties("--epoch", "9", "--validator", "0x" + "12".repeat(48)).err())
        .contains("the chain knows no validator with key 0x1212");
    assertThat(CommandRun.of("validators", "duties", "--epoch", "9").err())
        .contains("no consensus node is given");
  }
}
