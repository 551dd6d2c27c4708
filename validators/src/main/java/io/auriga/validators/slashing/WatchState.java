package io.auriga.validators.slashing;

import java.time.Instant;

/**
 * How the watch stands.
 *
 * @param votes compared since the start, without repetitions
 * @param epochs whose votes are remembered
 * @param bytes that the votes of all but the newest epochs take in memory
 * @param ignored votes since the start that no block could carry, or that were too old
 * @param forgotten votes that were too many kinds to be remembered
 */
public record WatchState(
    Instant at, long votes, int epochs, long bytes, long ignored, long forgotten) {
  static WatchState of(VoteHistory history, Instant at) {
    return new WatchState(
        at,
        history.votes(),
        history.epochs(),
        history.settledBytes(),
        history.ignored(),
        history.forgotten());
  }
}
