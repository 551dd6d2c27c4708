package io.auriga.crypto.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.slashing.SigningVerdict.DoubleProposal;
import io.auriga.crypto.slashing.SigningVerdict.DoubleVote;
import io.auriga.crypto.slashing.SigningVerdict.Repeated;
import io.auriga.crypto.slashing.SigningVerdict.Surrounded;
import io.auriga.crypto.slashing.SigningVerdict.Surrounding;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks by index against the rules of EIP-3076 as written, over random histories. */
class SigningHistoryTest {
  private static final int SEEDS = 300;

  @Test
  void theCompleteStrategyJudgesAsTheRulesDoWhenEveryRecordIsLookedAt() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      CompleteHistory history = new CompleteHistory();
      AsWritten rules = new AsWritten();
      for (int step = 0; step < 60; step++) {
        SignedAttestation vote = vote(random);
        SignedBlock block = block(random);
        assertThat(history.check(vote).isSafe())
            .as("seed %d, step %d: %s", seed, step, vote)
            .isEqualTo(rules.allows(vote));
        assertThat(history.check(block).isSafe())
            .as("seed %d, step %d: %s", seed, step, block)
            .isEqualTo(rules.allows(block));
        namesARecordThatCollides(history.check(vote), vote, rules.votes);
        if (random.nextInt(4) == 0) {
          // What others signed may contradict itself and everything here.
          List<SignedAttestation> votes = Stream.generate(() -> vote(random)).limit(3).toList();
          List<SignedBlock> blocks = Stream.generate(() -> block(random)).limit(3).toList();
          history.merge(blocks, votes);
          rules.merge(blocks, votes);
        } else if (history.sign(vote) instanceof SigningVerdict.Safe) {
          rules.merge(List.of(), List.of(vote));
        }
        if (history.sign(block) instanceof SigningVerdict.Safe) {
          rules.merge(List.of(block), List.of());
        }
      }
    }
  }

  private static void namesARecordThatCollides(
      SigningVerdict verdict, SignedAttestation vote, List<SignedAttestation> known) {
    switch (verdict) {
      case DoubleVote(var earlier) -> {
        assertThat(known).contains(earlier);
        assertThat(earlier.target()).isEqualTo(vote.target());
      }
      case Surrounding(var earlier) -> {
        assertThat(known).contains(earlier);
        assertThat(vote.surrounds(earlier)).isTrue();
      }
      case Surrounded(var earlier) -> {
        assertThat(known).contains(earlier);
        assertThat(earlier.surrounds(vote)).isTrue();
      }
      default -> {}
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void noTwoMessagesThatWereAllowedAreSlashableTogether(Strategy strategy) {
    int allowed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      SigningHistory history = strategy.newHistory();
      List<SignedAttestation> votes = new ArrayList<>();
      List<SignedBlock> blocks = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        SignedAttestation vote = vote(random);
        if (history.sign(vote) instanceof SigningVerdict.Safe) {
          assertThat(votes)
              .as("seed %d: %s", seed, vote)
              .noneMatch(
                  earlier ->
                      earlier.target().equals(vote.target())
                          || vote.surrounds(earlier)
                          || earlier.surrounds(vote));
          votes.add(vote);
        }
        SignedBlock block = block(random);
        if (history.sign(block) instanceof SigningVerdict.Safe) {
          assertThat(blocks).noneMatch(earlier -> earlier.slot().equals(block.slot()));
          blocks.add(block);
        }
      }
      allowed += votes.size();
    }
    assertThat(allowed).isGreaterThan(2 * SEEDS);
  }

  @Test
  void whatTheMinimalStrategyAllowsTheCompleteOneAllowsToo() {
    int allowed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      SigningHistory minimal = Strategy.MINIMAL.newHistory();
      SigningHistory complete = Strategy.COMPLETE.newHistory();
      for (int step = 0; step < 40; step++) {
        SignedAttestation vote = vote(random);
        if (minimal.check(vote).isSafe()) {
          allowed++;
          assertThat(complete.check(vote).isSafe()).as("seed %d: %s", seed, vote).isTrue();
        }
        SignedBlock block = block(random);
        if (minimal.check(block).isSafe()) {
          assertThat(complete.check(block).isSafe()).as("seed %d: %s", seed, block).isTrue();
        }
        List<SignedAttestation> votes = List.of(vote);
        List<SignedBlock> blocks = List.of(block);
        minimal.merge(blocks, votes);
        complete.merge(blocks, votes);
      }
    }
    assertThat(allowed).isGreaterThan(SEEDS);
  }

  @Test
  void signingTheSameMessageAgainIsARepeatOnlyWhereItsRootIsKnown() {
    CompleteHistory history = new CompleteHistory();
    SignedBlock known = new SignedBlock(new Slot(5), root(1));
    SignedBlock unknown = new SignedBlock(new Slot(6), null);
    history.merge(List.of(known, unknown), List.of());

    assertThat(history.check(known)).isEqualTo(new Repeated());
    assertThat(history.check(unknown)).isEqualTo(new DoubleProposal(unknown));
    assertThat(history.check(new SignedBlock(new Slot(6), root(1))))
        .isEqualTo(new DoubleProposal(unknown));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void olderRecordsNeverLowerABound(Strategy strategy) {
    SigningHistory history = strategy.newHistory();
    history.merge(List.of(new SignedBlock(new Slot(100), null)), List.of(vote(9, 10)));
    history.merge(List.of(new SignedBlock(new Slot(2), null)), List.of(vote(1, 2)));

    assertThat(history.check(new SignedBlock(new Slot(50), root(1))).isSafe()).isFalse();
    assertThat(history.check(vote(8, 9)).isSafe()).isFalse();
    assertThat(history.blocks()).containsExactly(new SignedBlock(new Slot(100), null));
    assertThat(history.attestations()).containsExactly(vote(9, 10));
    assertThat(history.check(vote(9, 11)).isSafe()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void numbersAreUnsigned(Strategy strategy) {
    SigningHistory history = strategy.newHistory();
    history.merge(List.of(new SignedBlock(new Slot(-2), null)), List.of(vote(Long.MAX_VALUE, -2)));

    assertThat(history.check(new SignedBlock(new Slot(7), root(1))).isSafe()).isFalse();
    assertThat(history.check(new SignedBlock(new Slot(-1), root(1))).isSafe()).isTrue();
    assertThat(history.check(vote(5, 6)).isSafe()).isFalse();
    assertThat(history.check(vote(Long.MIN_VALUE, -1)).isSafe()).isTrue();
    assertThat(history.check(vote(-1, Long.MAX_VALUE)))
        .isEqualTo(new SigningVerdict.SourceAfterTarget());
  }

  @Test
  void aVoteFromGenesisToGenesisIsAllowed() {
    assertThat(Strategy.COMPLETE.newHistory().check(vote(0, 0)).isSafe()).isTrue();
    assertThat(Strategy.MINIMAL.newHistory().check(vote(0, 0)).isSafe()).isTrue();
  }

  private static SignedAttestation vote(long source, long target) {
    return new SignedAttestation(new Epoch(source), new Epoch(target), null);
  }

  /** Few epochs and roots, so that nearly everything collides with something. */
  private static SignedAttestation vote(Random random) {
    return new SignedAttestation(
        new Epoch(random.nextInt(14)), new Epoch(random.nextInt(20)), someRoot(random));
  }

  private static SignedBlock block(Random random) {
    return new SignedBlock(new Slot(random.nextInt(30)), someRoot(random));
  }

  private static @Nullable Root someRoot(Random random) {
    int which = random.nextInt(4);
    return which == 3 ? null : root(which);
  }

  private static Root root(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return Root.of(bytes);
  }

  /** The conditions of EIP-3076 over all records, and bounds that a later import never lowers. */
  private static final class AsWritten {
    final List<SignedBlock> blocks = new ArrayList<>();
    final List<SignedAttestation> votes = new ArrayList<>();
    @Nullable Slot leastSlot;
    @Nullable Epoch leastSource;
    @Nullable Epoch leastTarget;

    void merge(List<SignedBlock> moreBlocks, List<SignedAttestation> moreVotes) {
      blocks.addAll(moreBlocks);
      votes.addAll(moreVotes);
      if (leastSlot == null) {
        leastSlot = least(blocks.stream().map(SignedBlock::slot));
      }
      if (leastSource == null) {
        leastSource = least(votes.stream().map(SignedAttestation::source));
        leastTarget = least(votes.stream().map(SignedAttestation::target));
      }
    }

    private static <T extends Comparable<T>> @Nullable T least(Stream<T> values) {
      return values.min(Comparator.naturalOrder()).orElse(null);
    }

    boolean allows(SignedBlock block) {
      List<SignedBlock> same =
          blocks.stream().filter(one -> one.slot().equals(block.slot())).toList();
      if (same.stream().anyMatch(one -> block.signingRoot() == null || !one.equals(block))) {
        return false;
      }
      return leastSlot == null
          || block.slot().isAfter(leastSlot)
          || (!same.isEmpty() && block.slot().equals(leastSlot));
    }

    boolean allows(SignedAttestation vote) {
      if (Long.compareUnsigned(vote.source().value(), vote.target().value()) > 0) {
        return false;
      }
      for (SignedAttestation one : votes) {
        boolean twice =
            one.target().equals(vote.target()) && (vote.signingRoot() == null || !one.equals(vote));
        if (twice || vote.surrounds(one) || one.surrounds(vote)) {
          return false;
        }
      }
      if (leastSource == null || leastTarget == null) {
        return true;
      }
      boolean repeat = votes.contains(vote) && vote.target().compareTo(leastTarget) >= 0;
      return repeat
          || (vote.source().compareTo(leastSource) >= 0
              && vote.target().compareTo(leastTarget) > 0);
    }
  }
}
