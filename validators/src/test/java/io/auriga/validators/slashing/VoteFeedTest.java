package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.AttestationData;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.StatesWithCommittees;
import io.auriga.validators.accounting.CommitteeShelf;
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
  private static final String NODE = "a node";
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
        SlashingWatch.Books.of(store),
        new SlashingMetrics(new Metrics(new PrometheusRegistry())),
        danger::add);
  }

  /** Committees of two: of slot s and number i the validators 10 s + 2 i and the next. */
  private final StatesWithCommittees states = new StatesWithCommittees();

  private VoteFeed feed(SlashingWatch watch) {
    InstantSource time = InstantSource.fixed(Instant.EPOCH.plus(SLOT.multipliedBy(5L * SLOTS)));
    return new VoteFeed(
        SPEC, new SlotClock(Instant.EPOCH, SLOT, time), states, new CommitteeShelf(), watch);
  }

  /** A block without votes, which a vote for branch 0 may have as its target. */
  private static ChainUpdate targetOf(AttestationData vote) {
    BlockSchemas schemas = BlockSchemas.of(SPEC);
    ForkName fork = ForkName.CAPELLA;
    byte[] block =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlock"))
            .set("slot", SPEC.startSlotOf(vote.target().epoch()).value())
            .set("parent_root", Votes.root(97).toBytes())
            .toBytes();
    byte[] signed = SszWriter.ofDefaults(schemas.signedBlock(fork)).set("message", block).toBytes();
    return ChainUpdate.ofBlocks(
        Instant.EPOCH,
        List.of(),
        List.of(
            new ChainBlock(
                SignedBlockView.of(schemas, fork, signed),
                vote.target().root(),
                new BlockNumber(0),
                BlockHash.of(new byte[32]),
                Root.ZERO,
                List.of(),
                false,
                Instant.EPOCH,
                Optional.empty())));
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
            .announced(
                new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 0, SLOTS)), NODE);
        // Its answer says that the vote before it was taken.
        feed(before).announced(new BeaconEvent.ProposerSlashing(OURS, new Slot(3)), NODE);
        assertThat(next()).isEqualTo("proposer-slashing");
      }
      VoteHistory restored = new VoteHistory(SLOTS, 16, epochs);
      epochs.restore(restored);
      try (SlashingWatch after = watch(store, restored)) {
        after.start();
        VoteFeed feed = feed(after);
        feed.announced(
            new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 0, SLOTS)), NODE);
        feed.announced(
            new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 1, SLOTS)), NODE);
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
                  Votes.vote(7, 2, 4, 0, 0, SLOTS)),
              NODE);
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
      // The first is announced before the block that it is for.
      feed.announced(new BeaconEvent.Attestation(one, "0x1a", Optional.of("0x0a")), NODE);
      feed.committed(targetOf(one));
      feed.announced(new BeaconEvent.Attestation(other, "0x18", Optional.of("0x0a")), NODE);
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
              new CommitteeShelf(),
              watch);
      ChainBlock target = targetOf(one).applied().getFirst();
      reader.block(target.view(), target.root());
      for (int i = 0; i < 5; i++) {
        reader.aggregate(one, "0x16", Optional.of("0x0a"), NODE);
      }
      reader.readAll();
      assertThat(states.asked).isEqualTo(1);
      feed.announced(new BeaconEvent.SingleAttestation(OURS, one), NODE);
      feed.announced(
          new BeaconEvent.SingleAttestation(OURS, Votes.vote(7, 4, 5, 0, 1, SLOTS)), NODE);
      assertThat(next()).isEqualTo("double-vote");
    }
  }
}
