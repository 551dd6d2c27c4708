package io.auriga.withdrawals.prediction;

/**
 * Which of a payload's entries were asked for, and which are the sweep's: the payload only hints.
 */
final class PayloadSplit {
  private PayloadSplit() {}

  /**
   * The fewest first entries after which the rest are in the order of the sweep and within its
   * bound, so that they can be requested partials. A request for a validator that is just ahead of
   * the sweep looks like the sweep's.
   *
   * @param cursor where the sweep stood before the block
   * @param count of all validators
   * @return -1 if no number will do: then the cursor is wrong
   */
  static int partials(int[] validators, int cursor, int count, SweepRules rules) {
    int start = start(validators, cursor, count, rules);
    return start <= rules.partialCap() && start < rules.payloadMax() ? start : -1;
  }

  /** The same without knowing the cursor: the last entry and those that lead up to it. */
  static int partials(int[] validators, int count, SweepRules rules) {
    if (validators.length == 0) {
      return 0;
    }
    // As if the sweep had begun one bound before its last entry.
    int last = validators[validators.length - 1];
    int from = Math.floorMod((long) last + 1 - Math.min(count, rules.sweepMax()), count);
    return Math.min(start(validators, from, count, rules), rules.partialCap());
  }

  private static int start(int[] validators, int cursor, int count, SweepRules rules) {
    int start = validators.length;
    int before = Integer.MAX_VALUE;
    while (start > 0) {
      int index = validators[start - 1];
      int distance = index >= cursor ? index - cursor : index - cursor + count;
      if (distance >= before || distance >= rules.sweepMax()) {
        break;
      }
      before = distance;
      start--;
    }
    return start;
  }
}
