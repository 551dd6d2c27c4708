package io.auriga.withdrawals.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.ScheduledExit;
import io.auriga.clients.consensus.Validator;
import io.auriga.testkit.sweep.SimulatedStates;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitListsTest {
  private static final long ETHER = 1_000_000_000;
  private static final Epoch NOW = new Epoch(1_000);
  private static final Epoch FORK = new Epoch(0);
  private static final ExitRules RULES = ExitRules.of(ChainSpec.builtIn("mainnet"), ForkName.FULU);
  private static final ExitLists.Active MANY =
      new ExitLists.Active(30_000_000 * ETHER, 34_000_000 * ETHER);

  private static ScheduledExit exit(long index, long ether, long epoch) {
    return new ScheduledExit(new ValidatorIndex(index), Gwei.ofEther(ether), new Epoch(epoch));
  }

  private static PendingPartials.Entry partial(long index, long ether, long epoch) {
    return new PendingPartials.Entry(
        new ValidatorIndex(index), Gwei.ofEther(ether), new Epoch(epoch));
  }

  private static ExitWindow window(List<ScheduledExit> exits, List<PendingPartials.Entry> queue) {
    return ExitLists.window(RULES, exits, Set.of(), queue, MANY, FORK, NOW);
  }

  @Test
  void letsOutFourEpochsAfterTheNextWhereNobodyWaits() {
    ExitWindow.Epochs exit = window(List.of(), List.of()).enter(32 * ETHER).exit();
    assertThat(exit).isEqualTo(new ExitWindow.Epochs(new Epoch(1_005), new Epoch(1_005)));
    assertThat(window(List.of(), List.of()).withdrawable(exit).soonest())
        .isEqualTo(new Epoch(1_261));
  }

  @Test
  void takesTheTwoQueuesOfExitsAndOfPartialsForOne() {
    assertThat(
            window(List.of(exit(1, 32, 1_010)), List.of(partial(2, 200, 1_020 + 256)))
                .enter(32 * ETHER)
                .exit())
        .isEqualTo(new ExitWindow.Epochs(new Epoch(1_020), new Epoch(1_020)));
  }

  @Test
  void leavesOutThoseWhoAreEmptiedIntoOthers() {
    ExitWindow window =
        ExitLists.window(
            RULES,
            List.of(exit(1, 32, 1_010), exit(2, 2_048, 5_000)),
            Set.of(new ValidatorIndex(2)),
            List.of(),
            MANY,
            FORK,
            NOW);
    assertThat(window.enter(32 * ETHER).exit().latest()).isEqualTo(new Epoch(1_010));
  }

  @Test
  void saysBetweenWhichEpochsWhereTheFirstOfTheLastEpochMayHaveTakenRoomBefore() {
    // 256 ether an epoch; the largest of the 270 may have stood in the epoch before for all but a
    // Gwei.
    List<ScheduledExit> exits =
        List.of(exit(1, 100, 1_010), exit(2, 100, 1_010), exit(3, 70, 1_010));
    assertThat(window(exits, List.of()).enter(32 * ETHER).exit())
        .isEqualTo(new ExitWindow.Epochs(new Epoch(1_010), new Epoch(1_011)));
  }

  @Test
  void countsValidatorsUpToDeneb() {
    ExitRules deneb = ExitRules.of(ChainSpec.builtIn("mainnet"), ForkName.DENEB);
    ExitLists.Active active = new ExitLists.Active(500_000, 500_000);
    List<ScheduledExit> exits = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      exits.add(exit(i, 32, 1_010));
    }
    ExitWindow full = ExitLists.window(deneb, exits, Set.of(), List.of(), active, FORK, NOW);
    assertThat(full.enter(1).exit())
        .isEqualTo(new ExitWindow.Epochs(new Epoch(1_011), new Epoch(1_011)));
    ExitWindow room =
        ExitLists.window(deneb, exits.subList(0, 6), Set.of(), List.of(), active, FORK, NOW);
    assertThat(room.enter(1).exit().latest()).isEqualTo(new Epoch(1_010));
  }

  @Test
  void survivesExtremes() {
    ExitWindow window =
        ExitLists.window(
            RULES,
            List.of(
                new ScheduledExit(new ValidatorIndex(-1), new Gwei(-1), new Epoch(-2)),
                exit(3, 1, 5)),
            Set.of(),
            List.of(
                new PendingPartials.Entry(new ValidatorIndex(-1), new Gwei(-1), new Epoch(3)),
                new PendingPartials.Entry(new ValidatorIndex(4), new Gwei(-1), new Epoch(-2))),
            new ExitLists.Active(0, Long.MAX_VALUE),
            FORK,
            NOW);
    ExitWindow.Place place = window.enter(-1);
    assertThat(place.exit().soonest()).isGreaterThanOrEqualTo(new Epoch(-2));
    assertThat(place.behind().enter(1).exit().latest().isScheduled()).isFalse();
  }

  /** The true queue is played, then only its lists are seen: the truth must lie in the window. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsTheTrueQueueWhateverEntered(long seed) {
    Random random = new Random(seed);
    long churn = RULES.churn(MANY.low());
    ExitQueue queue = new ExitQueue(RULES, new Epoch(0), 0, churn);
    List<ScheduledExit> exits = new ArrayList<>();
    List<PendingPartials.Entry> partials = new ArrayList<>();
    int exact = 0;
    for (long epoch = 300; epoch < 1_300; epoch++) {
      Epoch now = new Epoch(epoch);
      for (int i = random.nextInt(seed % 2 == 0 ? 12 : 3); i > 0; i--) {
        long ether = random.nextInt(20) == 0 ? 2_048 : 16 + random.nextInt(60);
        ExitQueue.Place place = queue.enter(ether * ETHER, now);
        queue = place.behind();
        if (random.nextInt(3) == 0) {
          partials.add(partial(i, ether, place.exit().value() + 256));
        } else {
          exits.add(exit(i, ether, place.exit().value()));
        }
      }
      // A node lists only those that are not out yet, and not paid yet.
      exits.removeIf(one -> one.exit().compareTo(now) <= 0);
      partials.removeIf(one -> one.withdrawable().compareTo(now) <= 0);
      ExitWindow seen = ExitLists.window(RULES, exits, Set.of(), partials, MANY, FORK, now);
      long weight = (1 + random.nextInt(300)) * ETHER;
      ExitWindow.Epochs window = seen.enter(weight).exit();
      Epoch truth = queue.enter(weight, now).exit();
      assertThat(truth).isBetween(window.soonest(), window.latest());
      exact += window.isExact() ? 1 : 0;
    }
    assertThat(exact).isGreaterThan(300);
  }

  @Test
  void countsTheActiveExactlyWhereItSeesAllAndWithinASampleOtherwise() {
    List<Validator> all = SimulatedStates.validators(1_000, 1_000);
    assertThat(ExitLists.Active.of(RULES, all, 1_000, NOW))
        .isEqualTo(new ExitLists.Active(32_000 * ETHER, 32_000 * ETHER));
    List<Validator> some = SimulatedStates.validators(1_000_000, 4_096);
    assertThat(ExitLists.Active.of(RULES, some, 1_000_000, NOW))
        .isEqualTo(new ExitLists.Active(32_000_000 * ETHER, 32_000_000 * ETHER));
  }
}
