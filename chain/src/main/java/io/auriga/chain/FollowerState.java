package io.auriga.chain;

import io.auriga.types.AurigaException;
import io.auriga.types.SlotClock;
import java.time.Instant;
import java.util.Optional;

/** What the follower says of itself. Written by its thread alone, read by any. */
final class FollowerState {
  private final SlotClock clock;
  private final FollowerListener listener;
  private volatile FollowerSnapshot snapshot;

  /** Of the last round that failed since one went well: it may fail again for the same reason. */
  private Optional<Problem> lastProblem = Optional.empty();

  FollowerState(SlotClock clock, FollowerListener listener) {
    this.clock = clock;
    this.listener = listener;
    this.snapshot = FollowerSnapshot.starting(clock);
  }

  FollowerSnapshot snapshot() {
    return snapshot;
  }

  Instant now() {
    return clock.now();
  }

  void nodeHead(BlockRef head) {
    FollowerSnapshot s = snapshot;
    become(s.state(), s.head(), Optional.of(head), s.problem(), s);
  }

  void headAt(Optional<BlockRef> head) {
    FollowerSnapshot s = snapshot;
    become(s.state(), head, s.nodeHead(), s.problem(), s);
  }

  void catchingUp() {
    FollowerSnapshot s = snapshot;
    become(FollowerSnapshot.State.CATCHING_UP, s.head(), s.nodeHead(), s.problem(), s);
  }

  void following() {
    FollowerSnapshot s = snapshot;
    lastProblem = Optional.empty();
    become(FollowerSnapshot.State.FOLLOWING, s.head(), s.nodeHead(), Optional.empty(), s);
  }

  void stalled(AurigaException failure) {
    FollowerSnapshot s = snapshot;
    Instant since =
        lastProblem
            .filter(problem -> problem.code().equals(failure.code()))
            .map(Problem::since)
            .orElse(now());
    lastProblem = Optional.of(Problem.of(failure, since));
    become(FollowerSnapshot.State.STALLED, s.head(), s.nodeHead(), lastProblem, s);
  }

  /** While catching up, blocks that get through say that what was wrong is over. */
  void applied(Optional<BlockRef> head, int blocks) {
    FollowerSnapshot s = snapshot;
    boolean over = blocks > 0 && s.state() == FollowerSnapshot.State.CATCHING_UP;
    publish(
        new FollowerSnapshot(
            s.state(),
            head,
            s.nodeHead(),
            clock.currentSlot(),
            over ? Optional.empty() : s.problem(),
            s.blocksApplied() + blocks,
            s.reorgs(),
            s.deepestReorg(),
            now()));
  }

  void reorganised(long depth) {
    FollowerSnapshot s = snapshot;
    publish(
        new FollowerSnapshot(
            s.state(),
            s.head(),
            s.nodeHead(),
            clock.currentSlot(),
            s.problem(),
            s.blocksApplied(),
            s.reorgs() + 1,
            Math.max(s.deepestReorg(), depth),
            now()));
  }

  private void become(
      FollowerSnapshot.State state,
      Optional<BlockRef> head,
      Optional<BlockRef> nodeHead,
      Optional<Problem> problem,
      FollowerSnapshot before) {
    publish(
        new FollowerSnapshot(
            state,
            head,
            nodeHead,
            clock.currentSlot(),
            problem,
            before.blocksApplied(),
            before.reorgs(),
            before.deepestReorg(),
            now()));
  }

  private void publish(FollowerSnapshot next) {
    snapshot = next;
    listener.stateChanged(next);
  }
}
