package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SigningRoots;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.AttestationData;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.StoreFixture;
import io.auriga.validators.watched.Watched;
import io.auriga.validators.watched.WatchedValidator;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DoppelgangerWatchTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");
  private static final int SLOTS = (int) SPEC.slotsPerEpoch();
  private static final Duration SLOT = Duration.ofSeconds(6);
  private static final Root CHAIN = Votes.root(5);
  private static final SigningRoots ROOTS = new SigningRoots(SPEC.forks(), CHAIN);
  private static final int OURS = 7;
  private static final ValidatorIndex VALIDATOR = new ValidatorIndex(OURS);
  private static final BlsPublicKey KEY = BlsPublicKey.fromHex("0x" + "ab".repeat(48));

  private static Instant startOf(long epoch) {
    return Instant.EPOCH.plus(SLOT.multipliedBy(epoch * SLOTS));
  }

  private static Watched watching() {
    return new Watched(
        Map.of(
            VALIDATOR,
            new WatchedValidator(
                VALIDATOR,
                KEY,
                WithdrawalCredentials.of(Root.ZERO),
                Collections.unmodifiableSortedSet(new TreeSet<>()))),
        new Watched.Pending(List.of(), List.of(), List.of()),
        List.of());
  }

  private static AttestationData vote(int target, int head) {
    return Votes.vote(OURS, target - 1, target, 0, head, SLOTS);
  }

  @Nested
  class OnSqlite extends Contract {
    OnSqlite() {
      super(Database.SQLITE);
    }
  }

  @Nested
  class OnPostgres extends Contract {
    OnPostgres() {
      super(Database.POSTGRES);
    }
  }

  abstract static class Contract extends StoreFixture {
    private final List<Doppelganger> alarms = new ArrayList<>();
    private Instant now = startOf(20);
    private VoteHistory votes = new VoteHistory(SLOTS, 64);
    private DoppelgangerWatch doppelgangers;
    private SlashingWatch watch;

    Contract(Database database) {
      super(database, OffenceBook.MIGRATIONS);
    }

    @BeforeEach
    void start() {
      SlotClock clock = new SlotClock(Instant.EPOCH, SLOT, () -> now);
      SlashingMetrics metrics = new SlashingMetrics(new Metrics(new PrometheusRegistry()));
      doppelgangers =
          new DoppelgangerWatch(
              SPEC,
              clock,
              ROOTS,
              DoppelgangerWatchTest::watching,
              votes,
              store,
              metrics,
              alarms::add);
      watch =
          new SlashingWatch(
              SPEC,
              clock,
              votes,
              validator -> validator == OURS,
              true,
              SlashingWatch.Books.of(store),
              metrics,
              OwnValidators.of(doppelgangers, _ -> {}));
    }

    private void seen(int target, int head) {
      watch.take(new Sighting.Voted(vote(target, head), new int[] {OURS, 8}, "a node"));
    }

    private void look() {
      now = now.plus(DoppelgangerWatch.PAUSE);
      doppelgangers.look();
    }

    /** The client exported what it signed: votes for head 0, as of a time. */
    private void exported(Instant asOf, IntStream targets) throws IOException {
      List<SignedAttestation> signed =
          targets
              .mapToObj(
                  target ->
                      new SignedAttestation(
                          new Epoch(target - 1), new Epoch(target), ROOTS.of(vote(target, 0))))
              .toList();
      var _ =
          new SigningRecords(store)
              .add(
                  "client",
                  _ -> Optional.of(asOf),
                  now,
                  CHAIN,
                  to -> {
                    to.accept(new KeyRecord(KEY, List.of(), signed));
                    return CHAIN;
                  });
    }

    private List<String> found() {
      return alarms.stream().map(one -> one.reason() + " " + one.slot()).toList();
    }

    private static Slot slot(int target) {
      return vote(target, 0).slot();
    }

    @Test
    void aVoteThatTheClientsRecordWouldNameAndDoesNotIsFoundOnce() throws IOException {
      for (int target = 10; target <= 20; target++) {
        seen(target, 0);
      }
      now = startOf(21);
      look();
      exported(startOf(21), IntStream.rangeClosed(1, 20));
      look();
      assertThat(alarms).isEmpty();

      seen(21, 0);
      now = startOf(25);
      look();
      assertThat(alarms).as("the record is older than the vote was seen").isEmpty();
      exported(startOf(24), IntStream.rangeClosed(1, 20));
      look();
      assertThat(found()).containsExactly("NOT_SIGNED " + slot(21));
      Doppelganger alarm = alarms.getFirst();
      assertThat(alarm.where()).isEqualTo("a node");
      assertThat(alarm.seenAt())
          .contains(startOf(21).plus(DoppelgangerWatch.PAUSE.multipliedBy(2)));
      assertThat(alarm.said())
          .isEqualTo(
              "the record of client, complete as of %s, names no vote after target epoch 20"
                  .formatted(startOf(24)));
      assertThat(alarm.message()).contains("target 21").contains("head");

      exported(startOf(25), IntStream.rangeClosed(1, 20));
      look();
      assertThat(alarms).hasSize(1);
      assertThat(new DoppelgangerBook(store).newest(9))
          .singleElement()
          .satisfies(entry -> assertThat(entry.found()).isEqualTo(alarm));
    }

    @Test
    void anotherVoteThanTheClientSignedIsFound() throws IOException {
      for (int target = 10; target <= 20; target++) {
        seen(target, 0);
      }
      seen(18, 1);
      exported(startOf(21), IntStream.rangeClosed(1, 20));
      look();

      assertThat(found()).containsExactly("SIGNED_OTHER " + slot(18));
    }

    @Test
    void whatWasSeenBeforeARestartIsJudgedToo() throws IOException {
      seen(15, 0);
      seen(16, 0);
      reopen();
      start();
      exported(startOf(19), IntStream.rangeClosed(1, 15));
      look();

      assertThat(found()).containsExactly("NOT_SIGNED " + slot(16));
      assertThat(alarms.getFirst().seenAt()).isEmpty();
      // Found again by the next process, it is no news.
      reopen();
      start();
      look();
      assertThat(alarms).hasSize(1);
    }

    @Test
    void anyMessageDuringADeclaredOutageIsFoundTheMomentItIsSeen() {
      DoppelgangerBook book = new DoppelgangerBook(store);
      assertThat(book.declareOff(List.of(VALIDATOR), startOf(19), "moved", now)).isEqualTo(1);
      assertThat(book.declareOff(List.of(VALIDATOR), startOf(3), "again", now)).isZero();
      look();
      seen(18, 0);
      assertThat(alarms).as("signed before the outage, and included late").isEmpty();

      seen(20, 0);
      watch.take(new Sighting.Proposed(new Slot(19L * SLOTS), VALIDATOR, Votes.root(8)));
      watch.take(new Sighting.Proposed(new Slot(19L * SLOTS), VALIDATOR, Votes.root(8)));
      assertThat(found()).containsExactly("OFF " + slot(20), "OFF " + 19 * SLOTS);
      assertThat(alarms.getFirst().said())
          .isEqualTo("its client is off from %s on (moved)".formatted(startOf(19)));

      assertThat(book.declareOn(List.of(VALIDATOR), startOf(21))).isEqualTo(1);
      assertThat(book.declareOn(List.of(VALIDATOR), startOf(21))).isZero();
      look();
      seen(21, 0);
      assertThat(alarms).hasSize(2);
      assertThat(book.outages(9))
          .containsExactly(
              new DoppelgangerBook.Outage(
                  VALIDATOR, startOf(19), Optional.of(startOf(21)), "moved"));
    }

    @Test
    void anOutageThatIsDeclaredLaterIsHeldAgainstWhatWasSeen() {
      seen(17, 0);
      seen(20, 0);
      var _ = new DoppelgangerBook(store).declareOff(List.of(VALIDATOR), startOf(19), "", now);
      look();

      assertThat(found()).containsExactly("OFF " + slot(20));
    }

    @Test
    void ofAKeyOfWhichNobodySaysAnythingNothingIsFound() {
      for (int target = 10; target <= 20; target++) {
        seen(target, target % 2);
        seen(target, 0);
        look();
      }
      assertThat(alarms).isEmpty();
    }
  }
}
