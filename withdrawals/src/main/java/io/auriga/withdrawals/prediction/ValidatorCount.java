package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.ValidatorIndex;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How many validators there are, found by asking for some: a node leaves out those that do not
 * exist, and indices have no holes. Two or three questions for 64 validators each.
 */
final class ValidatorCount {
  private static final int PROBES = 64;
  private static final int EXPONENT_MAX = 28;

  private ValidatorCount() {}

  /**
   * @param atLeast a number that is not too large
   */
  static int find(BeaconStates states, int atLeast) {
    // Ever larger steps first, then ever smaller ones within the last.
    long low = Math.max(0, atLeast);
    long high = 1L << EXPONENT_MAX;
    long base = low;
    long[] found =
        narrowed(
            states,
            LongStream.rangeClosed(0, EXPONENT_MAX).map(e -> base + (1L << e) - 1).toArray(),
            low,
            high);
    while (found[1] > found[0]) {
      long from = found[0];
      long width = found[1] - from;
      long step = Math.max(1, width / PROBES);
      found =
          narrowed(
              states,
              LongStream.range(0, PROBES)
                  .map(i -> from + i * step)
                  .takeWhile(index -> index < from + width)
                  .toArray(),
              found[0],
              found[1]);
    }
    return Math.toIntExact(found[0]);
  }

  /** The bounds of the count, after asking: {low, high}, both possible. */
  private static long[] narrowed(BeaconStates states, long[] indices, long low, long high) {
    List<ValidatorId> ids =
        LongStream.of(indices)
            .<ValidatorId>mapToObj(index -> ValidatorId.of(new ValidatorIndex(index)))
            .toList();
    long known =
        states.validators(StateId.head(), ids).map(StateAnswer::data).orElse(List.of()).stream()
            .map(Validator::index)
            .mapToLong(ValidatorIndex::value)
            .max()
            .orElse(-1);
    long least = Math.max(low, known + 1);
    long most = high;
    for (long index : indices) {
      if (index > known) {
        most = Math.min(most, index);
        break;
      }
    }
    return new long[] {least, Math.max(least, most)};
  }
}
