package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.StatesWithCommittees;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a node's announcement to the alarm, over the watch's own thread. */
class VoteFeedTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");
  private static final Duration SLOT = Duration.ofSeconds(6);
  private static final int SLOTS = (int) SPEC.slotsPerEpoch();
  private static final ValidatorIndex OURS = new ValidatorIndex(7);

  @TempDir private Path folder;
  private final BlockingQueue<Offence> danger = new LinkedBlockingQueue<>();

  private SlashingWatch watch(Store store, VoteHistory votes) {
    InstantSource time = InstantSource.fixed(Instant.EPOCH.plus(SLOT.multipliedBy(5L * SLOTS)));
    return new SlashingWatch(
        SPEC,
        new SlotClock(Instant.EPOCH, SLOT, time),
        votes,
        validator -> validator == OURS.value(),
        false,
        new OffenceBook(store),
        new SlashingMetrics(new Metrics(new PrometheusRegistry())),
        danger::add);
  }

  /** Committees of two: of slot s and number i the validators 10 s + 2 i and the next. */
  private final StatesWithCommittees states = new StatesWithCommittees();

  private VoteFeed feed(SlashingWatch watch) {
    InstantSource time = InstantSource.fixed(Instant.EPOCH.plus(SLOT.multipliedBy(5L * SLOTS)));
    return new VoteFeed(SPEC, new SlotClock(Instant.EPOCH, SLOT, time), states, watch);
  }

  private String next() throws InterruptedException {
    Offence offence = danger.poll(30, TimeUnit.SECONDS);
    return offence == null ? "nothing" : offence.kind();
  }

  @Test
  void findsTheDoubleVoteOfTwoSingleVotesAndRemembersTheFirstOverARestart() throws Exception {
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS)) {
      EpochBook epochs = new EpochBook(store, false, 16);
      try (SlashingWatch before = watch(store, new VoteHistory(SLOTS, 16, epochs))) {
        before.start();
        feed(before)
            .announced(new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 0, SLOTS)));
        // Its answer says that the vote before it was taken.
        feed(before).announced(new BeaconEvent.ProposerSlashing(OURS, new Slot(3)));
        assertThat(next()).isEqualTo("proposer-slashing");
      }
      VoteHistory restored = new VoteHistory(SLOTS, 16, epochs);
      epochs.restore(restored);
      try (SlashingWatch after = watch(store, restored)) {
        after.start();
        VoteFeed feed = feed(after);
        feed.announced(new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 0, SLOTS)));
        feed.announced(new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 1, SLOTS)));
        assertThat(next()).isEqualTo("double-vote");
      }
    }
  }

  @Test
  void comparesTheVotesOfASlashingWithWhatIsKnown() throws Exception {
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS);
        SlashingWatch watch = watch(store, new VoteHistory(SLOTS, 16))) {
      watch.start();
      feed(watch)
          .announced(
              new BeaconEvent.AttesterSlashing(
                  List.of(OURS, new ValidatorIndex(8), new ValidatorIndex(-1)),
                  Votes.vote(7, 1, 5, 0, 0, SLOTS),
                  Votes.vote(7, 2, 4, 0, 0, SLOTS)));
      assertThat(next()).isEqualTo("surround-vote");
      assertThat(next()).isEqualTo("attester-slashing");
      assertThat(new OffenceBook(store).newest(10))
          .extracting(OffenceBook.Entry::validator)
          .containsOnly(OURS);
    }
  }

  @Test
  void findsTheDoubleVoteOfTwoAggregatesByTheCommitteesOfTheirEpoch() throws Exception {
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS);
        SlashingWatch watch = watch(store, new VoteHistory(SLOTS, 16));
        VoteFeed feed = feed(watch)) {
      watch.start();
      feed.start();
      AttestationData one = Votes.vote(7, 4, 5, 0, 0, SLOTS);
      AttestationData other = Votes.vote(7, 4, 5, 0, 1, SLOTS);
      states.members(one.slot(), 3, 1, OURS.value());
      states.members(one.slot(), 1, 2, 5);
      // Bits: the second member of each of two committees, and then of one of them; the end.
      feed.announced(new BeaconEvent.Attestation(one, "0x1a", Optional.of("0x0a")));
      feed.announced(new BeaconEvent.Attestation(other, "0x18", Optional.of("0x0a")));
      assertThat(next()).isEqualTo("double-vote");
      assertThat(danger).isEmpty();
    }
  }

  @Test
  void aNodeWithoutCommitteesIsAskedOnceASlotAndSingleVotesAreComparedAllTheSame()
      throws Exception {
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS);
        SlashingWatch watch = watch(store, new VoteHistory(SLOTS, 16));
        VoteFeed feed = feed(watch)) {
      watch.start();
      states.absent = true;
      AttestationData one = Votes.vote(7, 4, 5, 0, 0, SLOTS);
      AggregateReader reader =
          new AggregateReader(
              SPEC,
              new SlotClock(
                  Instant.EPOCH,
                  SLOT,
                  InstantSource.fixed(Instant.EPOCH.plus(SLOT.multipliedBy(5L * SLOTS)))),
              states,
              watch);
      for (int i = 0; i < 5; i++) {
        reader.aggregate(one, "0x16", Optional.of("0x0a"));
      }
      reader.readAll();
      assertThat(states.asked).isEqualTo(1);
      feed.announced(new BeaconEvent.SingleAttestation(OURS, one));
      feed.announced(new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 1, SLOTS)));
      assertThat(next()).isEqualTo("double-vote");
    }
  }
}
