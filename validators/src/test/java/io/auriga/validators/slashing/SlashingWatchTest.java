package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlashingWatchTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");
  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SLOT = Duration.ofSeconds(6);
  private static final int OURS = 7;

  @TempDir private Path folder;
  private final List<Offence> danger = new ArrayList<>();
  private Instant now = GENESIS.plus(SLOT.multipliedBy(5 * SPEC.slotsPerEpoch()));
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private SlashingWatch watch(boolean everybody) {
    InstantSource time = () -> now;
    return new SlashingWatch(
        SPEC,
        new SlotClock(GENESIS, SLOT, time),
        new VoteHistory(SPEC.slotsPerEpoch(), 16),
        validator -> validator == OURS,
        everybody,
        SlashingWatch.Books.of(store),
        new SlashingMetrics(new Metrics(new PrometheusRegistry())),
        danger::add);
  }

  private static Sighting.Voted voted(int validator, int source, int target, int head) {
    return new Sighting.Voted(
        Votes.vote(validator, source, target, 0, head, (int) SPEC.slotsPerEpoch()),
        new int[] {validator},
        "a node");
  }

  private List<String> kept() {
    return new OffenceBook(store)
        .newest(10).stream().map(entry -> entry.validator() + " " + entry.kind()).toList();
  }

  @Test
  void findsAnOffenceOfOursWithTheSecondMessageAndTellsItOnce() {
    SlashingWatch watch = watch(false);
    watch.take(voted(OURS, 4, 5, 0));
    watch.take(voted(OURS, 4, 5, 0));
    assertThat(danger).isEmpty();

    watch.take(voted(OURS, 4, 5, 1));
    watch.take(voted(OURS, 4, 5, 1));
    assertThat(danger).extracting(Offence::kind).containsExactly("double-vote");
    assertThat(kept()).containsExactly("7 double-vote");
  }

  @Test
  void looksAtTheVotesOfOthersOnlyWhenAsked() {
    for (boolean everybody : new boolean[] {false, true}) {
      SlashingWatch watch = watch(everybody);
      watch.take(voted(8, 4, 5, 0));
      watch.take(voted(8, 4, 5, 1));
      assertThat(kept()).isEqualTo(everybody ? List.of("8 double-vote") : List.of());
    }
    assertThat(danger).isEmpty();
  }

  @Test
  void followsTheClockThroughTheEpochs() {
    SlashingWatch watch = watch(false);
    watch.take(voted(OURS, 2, 3, 0));
    now = now.plus(SLOT.multipliedBy(3 * SPEC.slotsPerEpoch()));
    watch.take(voted(OURS, 1, 8, 0));

    assertThat(danger).extracting(Offence::kind).containsExactly("surround-vote");
  }

  @Test
  void tellsTwoBlocksOfOneProposerFromTwoBlocksOfTwoBranches() {
    SlashingWatch watch = watch(true);
    Slot slot = new Slot(40);
    watch.take(new Sighting.Proposed(slot, new ValidatorIndex(OURS), Votes.root(1)));
    watch.take(new Sighting.Proposed(slot, new ValidatorIndex(OURS), Votes.root(1)));
    watch.take(new Sighting.Proposed(slot, new ValidatorIndex(9), Votes.root(2)));
    assertThat(kept()).isEmpty();

    watch.take(new Sighting.Proposed(slot, new ValidatorIndex(OURS), Votes.root(3)));
    assertThat(danger)
        .containsExactly(
            new Offence.DoubleProposal(
                new ValidatorIndex(OURS), slot, Votes.root(1), Votes.root(3)));
  }

  @Test
  void remembersTheBlocksOfOursOverARestartAndNotThoseOfOthers() {
    Slot slot = new Slot(40);
    for (int proposer : new int[] {OURS, 8}) {
      SlashingWatch before = watch(true);
      before.take(new Sighting.Proposed(slot, new ValidatorIndex(proposer), Votes.root(1)));
      SlashingWatch after = watch(true);
      after.take(new Sighting.Proposed(slot, new ValidatorIndex(proposer), Votes.root(1)));
      after.take(new Sighting.Proposed(slot, new ValidatorIndex(proposer), Votes.root(proposer)));
    }

    assertThat(danger).extracting(Offence::kind).containsExactly("double-proposal");
    assertThat(new ProposalBook(store).slotsOf(new ValidatorIndex(OURS))).containsExactly(slot);
    assertThat(new ProposalBook(store).slotsOf(new ValidatorIndex(8))).isEmpty();
  }

  @Test
  void tellsOfAnAccusationOfOursByOthers() {
    SlashingWatch watch = watch(false);
    watch.take(
        new Sighting.Accused(
            List.of(new ValidatorIndex(OURS), new ValidatorIndex(8), new ValidatorIndex(-1)),
            true,
            new Slot(40)));

    assertThat(kept()).containsExactly("7 attester-slashing");
    assertThat(danger).hasSize(1);
  }
}
