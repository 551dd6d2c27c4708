package io.auriga.withdrawals.exit;

import io.auriga.types.Epoch;

/**
 * What is known of the queue's end: at best it is the one, at worst the other. The same where all
 * is known.
 *
 * @param now the epoch in which somebody would ask to leave
 */
public record ExitWindow(Epoch now, ExitQueue best, ExitQueue worst) {
  /** Between which epochs somebody would be out; both included, and often the same. */
  public record Epochs(Epoch soonest, Epoch latest) {
    public boolean isExact() {
      return soonest.equals(latest);
    }

    @Override
    public String toString() {
      return isExact() ? soonest.toString() : soonest + " to " + latest;
    }
  }

  /** One who was let in, and what is known of the queue behind it. */
  public record Place(Epochs exit, ExitWindow behind) {}

  /**
   * Lets one in that asks now.
   *
   * @param weight {@link ExitRules#weight}
   */
  public Place enter(long weight) {
    ExitQueue.Place soonest = best.enter(weight, now);
    ExitQueue.Place latest = worst.enter(weight, now);
    return new Place(
        new Epochs(soonest.exit(), latest.exit()),
        new ExitWindow(now, soonest.behind(), latest.behind()));
  }

  public Epochs withdrawable(Epochs exit) {
    ExitRules rules = best.rules();
    return new Epochs(rules.withdrawable(exit.soonest()), rules.withdrawable(exit.latest()));
  }
}
