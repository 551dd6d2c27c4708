package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small form of the history against all pairs of votes, as the spec compares them. */
class VoteHistoryTest {
  private static final int SLOTS = Votes.SLOTS;
  private static final int WINDOW = 12;
  private static final int VALIDATORS = 30;
  private static final int BRANCHES = 3;

  private static String kindOf(Offence offence) {
    return offence.validator() + " " + offence.kind();
  }

  /** {@code is_slashable_attestation_data}. */
  private static Set<String> kinds(int validator, List<AttestationData> before, AttestationData b) {
    Set<String> kinds = new HashSet<>();
    if (before.contains(b)) {
      return kinds;
    }
    for (AttestationData a : before) {
      if (a.target().epoch().equals(b.target().epoch())) {
        kinds.add(validator + " double-vote");
      }
      long as = a.source().epoch().value();
      long at = a.target().epoch().value();
      long bs = b.source().epoch().value();
      long bt = b.target().epoch().value();
      if ((as < bs && bt < at) || (bs < as && at < bt)) {
        kinds.add(validator + " surround-vote");
      }
    }
    return kinds;
  }

  @Test
  void findsWhatComparingAllPairsFindsAndNothingElse() {
    int offences = 0;
    int clean = 0;
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      double malice = random.nextDouble() * 0.5;
      Map<Epoch, byte[]> kept = new HashMap<>();
      VoteHistory history = new VoteHistory(SLOTS, WINDOW, kept::put);
      Map<Integer, List<AttestationData>> all = new HashMap<>();
      for (int now = 1; now < 30; now++) {
        history.advanceTo(new Epoch(now));
        if (random.nextInt(5) == 0) {
          history = restarted(history, kept, now);
        }
        int oldest = now - WINDOW + 1;
        for (List<AttestationData> votes : all.values()) {
          votes.removeIf(vote -> vote.target().epoch().value() < oldest);
        }
        for (int i = 0; i < VALIDATORS; i++) {
          int validator = random.nextInt(VALIDATORS) * 3_001;
          boolean honest = random.nextDouble() >= malice;
          int target = honest ? now : Math.max(0, now - random.nextInt(WINDOW + 2));
          int source = honest ? Math.max(0, now - 1) : random.nextInt(target + 1);
          AttestationData vote =
              Votes.vote(
                  validator,
                  source,
                  target,
                  honest ? 0 : random.nextInt(BRANCHES),
                  honest ? 0 : random.nextInt(3));
          List<AttestationData> before = all.computeIfAbsent(validator, _ -> new ArrayList<>());
          Set<String> expected = target < oldest ? Set.of() : kinds(validator, before, vote);
          List<Offence> found = new ArrayList<>();
          history.observe(vote, new int[] {validator, -1}, 1, found::add);

          assertThat(found.stream().map(VoteHistoryTest::kindOf))
              .as("seed %d, epoch %d: validator %d %s", seed, now, validator, vote)
              .containsExactlyInAnyOrderElementsOf(expected);
          found.forEach(offence -> namesAnEarlierVote(offence, before));
          offences += found.size();
          clean += found.isEmpty() ? 1 : 0;
          if (target >= oldest) {
            before.add(vote);
          }
        }
      }
      assertThat(history.forgotten()).isZero();
    }
    assertThat(offences).isGreaterThan(5_000);
    assertThat(clean).isGreaterThan(5_000);
  }

  /** A history that knows only what the one before gave to be kept. */
  private static VoteHistory restarted(VoteHistory before, Map<Epoch, byte[]> kept, int now) {
    before.keepAll();
    VoteHistory after = new VoteHistory(SLOTS, WINDOW, kept::put);
    kept.forEach(
        (epoch, votes) -> {
          try {
            after.restore(epoch, votes);
          } catch (IOException broken) {
            throw new AssertionError(broken);
          }
        });
    after.advanceTo(new Epoch(now));
    return after;
  }

  private static void namesAnEarlierVote(Offence offence, List<AttestationData> before) {
    Vote earlier =
        switch (offence) {
          case Offence.DoubleVote vote -> vote.earlier();
          case Offence.SurroundVote vote -> vote.earlier();
          default -> throw new AssertionError("no blocks here: " + offence);
        };
    assertThat(before)
        .anyMatch(
            vote ->
                earlier.data() == null
                    ? vote.source().equals(earlier.source())
                        && vote.target().equals(earlier.target())
                    : vote.equals(earlier.data()));
  }

  @Test
  void theSameVoteSentAgainIsNoOffenceHoweverOldItIs() {
    VoteHistory history = new VoteHistory(SLOTS, WINDOW);
    history.advanceTo(new Epoch(5));
    List<Offence> found = new ArrayList<>();
    AttestationData vote = Votes.vote(1, 4, 5, 0, 0);
    for (int now = 5; now < 5 + WINDOW; now++) {
      history.advanceTo(new Epoch(now));
      history.observe(vote, new int[] {1, 1}, 2, found::add);
    }

    assertThat(found).isEmpty();
    assertThat(history.votes()).isEqualTo(1);
  }

  @Test
  void aVoteThatDiffersOnlyInItsHeadOrInItsCommitteeFieldIsASecondVote() {
    VoteHistory history = new VoteHistory(SLOTS, WINDOW);
    history.advanceTo(new Epoch(5));
    AttestationData vote = Votes.vote(1, 4, 5, 0, 0);
    AttestationData otherHead = Votes.vote(1, 4, 5, 0, 1);
    // In the fork after Fulu the field says whether the payload came in time.
    AttestationData otherIndex =
        new AttestationData(
            vote.slot(), vote.index() ^ 1, vote.beaconBlockRoot(), vote.source(), vote.target());
    List<Offence> found = new ArrayList<>();
    history.observe(vote, new int[] {1}, 1, found::add);
    history.observe(otherHead, new int[] {1}, 1, found::add);
    history.observe(otherIndex, new int[] {1}, 1, found::add);

    ValidatorIndex validator = new ValidatorIndex(1);
    assertThat(found)
        .containsExactly(
            new Offence.DoubleVote(validator, Vote.of(vote), otherHead),
            new Offence.DoubleVote(validator, Vote.of(vote), otherIndex));
  }

  @Test
  void whatNoBlockCouldCarryIsLeftAlone() {
    VoteHistory history = new VoteHistory(SLOTS, WINDOW);
    history.advanceTo(new Epoch(20));
    AttestationData good = Votes.vote(1, 19, 20, 0, 0);
    Checkpoint future = new Checkpoint(new Epoch(-1), good.target().root());
    List<AttestationData> bad =
        List.of(
            Votes.vote(1, 20, 22, 0, 0),
            Votes.vote(1, 7, 8, 0, 0),
            new AttestationData(
                new Slot(-1), 0, good.beaconBlockRoot(), good.source(), good.target()),
            new AttestationData(good.slot(), 0, good.beaconBlockRoot(), good.source(), future),
            new AttestationData(good.slot(), 0, good.beaconBlockRoot(), future, good.target()),
            new AttestationData(
                good.slot(), -1, good.beaconBlockRoot(), good.source(), good.target()),
            new AttestationData(
                good.slot().plus(SLOTS), 0, good.beaconBlockRoot(), good.source(), good.target()));
    bad.forEach(vote -> history.observe(vote, new int[] {1}, 1, _ -> {}));
    history.observe(good, new int[] {-1, Integer.MAX_VALUE}, 2, _ -> {});

    assertThat(history.votes()).isZero();
    assertThat(history.ignored()).isEqualTo(bad.size() + 2);
  }

  @Test
  void moreDifferentVotesThanThereIsRoomForAreCountedAndDoNotDisplaceTheOthers() {
    VoteHistory history = new VoteHistory(SLOTS, WINDOW);
    history.advanceTo(new Epoch(5));
    List<Offence> found = new ArrayList<>();
    history.observe(Votes.vote(1, 4, 5, 0, 0), new int[] {1}, 1, found::add);
    for (int i = 0; i < EpochVotes.DATA_MAX; i++) {
      AttestationData one =
          new AttestationData(
              new Slot(5 * SLOTS),
              0,
              Votes.root(i, i >> 8, i >> 16, 77),
              Votes.vote(1, 4, 5, 0, 0).source(),
              Votes.vote(1, 4, 5, 0, 0).target());
      history.observe(one, new int[] {100 + i}, 1, found::add);
    }
    assertThat(found).isEmpty();
    assertThat(history.ignored()).isEqualTo(1);

    history.advanceTo(new Epoch(8));
    assertThat(history.forgotten()).isPositive();
    history.observe(Votes.vote(1, 4, 5, 0, 1), new int[] {1}, 1, found::add);
    assertThat(found).extracting(Offence::kind).containsExactly("double-vote");
  }
}
