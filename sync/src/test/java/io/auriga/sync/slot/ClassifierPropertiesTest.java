package io.auriga.sync.slot;

import static io.auriga.sync.slot.Seen.MAINNET;
import static io.auriga.sync.slot.Seen.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Root;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for any times, tried from seeds. */
final class ClassifierPropertiesTest {
  private static final int RUNS = 20_000;
  private static final Set<Mark> SHOWN =
      EnumSet.of(Mark.GOSSIP, Mark.NEW_PAYLOAD, Mark.NEW_PAYLOAD_ANSWER, Mark.DATA, Mark.HEAD);
  private static final Chain WITH_BLOBS = new Chain.Block(Root.ZERO, OptionalInt.of(6));

  /** What the excess of one stage alone must be called. */
  private static final Map<Stage, Class<? extends Verdict>> CALLED =
      new EnumMap<>(
          Map.of(
              Stage.ARRIVAL, Verdict.LateBlock.class,
              Stage.DISPATCH, Verdict.SlowDispatch.class,
              Stage.EXECUTION, Verdict.SlowExecution.class,
              Stage.DATA, Verdict.DataWait.class,
              Stage.IMPORT, Verdict.SlowImport.class));

  @Test
  void oneStageThatExceedsItsLimitIsTheVerdict() {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      Map<Stage, Double> within = new LinkedHashMap<>();
      for (Stage stage : Stage.values()) {
        within.put(stage, random.nextDouble() * MAINNET.of(stage).toNanos() / 1e6);
      }
      assertThat(seen(within).verdict()).as("seed %d", seed).isInstanceOf(Verdict.OnTime.class);
      double whole = within.values().stream().mapToDouble(Double::doubleValue).sum();
      Stage moved = List.of(Stage.values()).get(random.nextInt(Stage.values().length));
      double excess =
          MAINNET.deadline().toNanos() / 1e6 - whole + 0.001 + random.nextDouble() * 9e3;
      within.merge(moved, excess, Double::sum);
      assertThat(seen(within).verdict())
          .as("seed %d, %s", seed, moved)
          .isInstanceOf(CALLED.get(moved));
    }
  }

  @Test
  void evidenceTakenAwayNeverMakesAnAccusationStronger() {
    int accused = 0;
    int weaker = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      Seen all = anything(random);
      Seen fewer = Seen.marks(all.view().pairs().getFirst().marks()).on(WITH_BLOBS);
      Map<String, Map<Mark, Duration>> others = new LinkedHashMap<>();
      for (PairView pair : all.view().pairs().subList(1, all.view().pairs().size())) {
        others.put(pair.node(), random.nextBoolean() ? pair.marks() : Map.of());
      }
      others.forEach(fewer::another);
      SHOWN.stream().filter(mark -> random.nextInt(3) == 0).forEach(fewer::without);
      Verdict more = all.verdict();
      Verdict less = fewer.verdict();
      if (!less.suspects().isEmpty()) {
        accused++;
        assertThat(less.suspects())
            .as("seed %d: %s became %s", seed, more, less)
            .containsAll(more.suspects());
        assertThat(more.suspects()).as("seed %d: %s became %s", seed, more, less).isNotEmpty();
      }
      weaker += less.code().equals(more.code()) ? 0 : 1;
    }
    assertThat(accused).as("runs that accuse with less").isGreaterThan(RUNS / 20);
    assertThat(weaker).as("runs in which something was lost").isGreaterThan(RUNS / 20);
  }

  @Test
  void stagesAddUpToTheWhole() {
    for (int seed = 0; seed < RUNS; seed++) {
      Seen seen = anything(new Random(seed));
      Diagnosis diagnosis = seen.diagnosis();
      Map<Mark, Duration> marks = diagnosis.pair().marks();
      if (!marks.containsKey(Mark.HEAD)) {
        assertThat(diagnosis.segments()).isEmpty();
        continue;
      }
      Duration end = Duration.ZERO;
      Set<Stage> stages = EnumSet.noneOf(Stage.class);
      for (Segment segment : diagnosis.segments()) {
        assertThat(segment.begin()).as("seed %d", seed).isEqualTo(end);
        assertThat(segment.took().isNegative()).as("seed %d", seed).isFalse();
        end = segment.begin().plus(segment.took());
        assertThat(stages.addAll(segment.stages())).isTrue();
      }
      assertThat(stages).as("seed %d", seed).isEqualTo(EnumSet.allOf(Stage.class));
      assertThat(diagnosis.whole()).contains(end);
      assertThat(end).as("seed %d", seed).isGreaterThanOrEqualTo(marks.get(Mark.HEAD));
    }
  }

  @Test
  void theSameEvidenceGivesTheSameVerdict() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(anything(new Random(seed)).diagnosis())
          .isEqualTo(anything(new Random(seed)).diagnosis());
    }
  }

  private static Seen seen(Map<Stage, Double> took) {
    Seen seen = new Seen().on(WITH_BLOBS);
    double end = 0;
    for (Stage stage : Stage.values()) {
      end += took.getOrDefault(stage, 0.0);
      seen.at(stage.end(), end);
    }
    return seen;
  }

  /**
   * Marks of every order before the head and of every size, some missing, at one node or several.
   */
  private static Seen anything(Random random) {
    Seen seen = new Seen().on(WITH_BLOBS);
    double end = 0;
    double last = 0;
    for (Stage stage : Stage.values()) {
      double limit = Math.max(200, MAINNET.of(stage).toNanos() / 1e6);
      if (stage == Stage.IMPORT) {
        end = last;
      }
      end +=
          stage != Stage.IMPORT && random.nextInt(4) == 0
              ? random.nextGaussian() * 500
              : random.nextDouble() * 1.6 * limit;
      last = Math.max(last, end);
      if (random.nextInt(12) != 0) {
        seen.at(stage.end(), end);
      }
    }
    for (int n = random.nextInt(3); n > 0; n--) {
      seen.another(
          "node " + n,
          random.nextInt(4) == 0
              ? Map.of()
              : Map.of(Mark.GOSSIP, millis(random.nextDouble() * 5_000)));
    }
    return seen;
  }
}
