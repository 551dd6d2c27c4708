package io.auriga.testkit.sweep;

/**
 * How a simulated validator set behaves. Rates are events a slot.
 *
 * @param validators at the beginning
 * @param missed the share of slots without a block
 * @param payloadMax withdrawals in a payload
 * @param sweepMax validators looked at in a block
 * @param partialsMax requested partials that may come before the sweep
 * @param joins new validators
 * @param exits single validators that leave, beside operators that leave with hundreds
 * @param requests requested partial withdrawals on average; they come in waves
 */
public record SweepWorld(
    int validators,
    double missed,
    int payloadMax,
    int sweepMax,
    int partialsMax,
    double joins,
    double exits,
    double requests) {
  /** Mainnet as of 2025, in round figures: a set that grows by a per cent in a lap. */
  public static SweepWorld mainnet(int validators, double missed) {
    return new SweepWorld(validators, missed, 16, 16_384, 8, 0.15, 0.02, 0.4);
  }

  /** Nobody comes, leaves or asks; only slots may be missed. */
  public SweepWorld still() {
    return new SweepWorld(validators, missed, payloadMax, sweepMax, partialsMax, 0, 0, 0);
  }

  /** The same with other bounds. */
  public SweepWorld withBounds(int payload, int sweep, int partials) {
    return new SweepWorld(validators, missed, payload, sweep, partials, joins, exits, requests);
  }
}
