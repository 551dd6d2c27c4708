package io.auriga.withdrawals.exit;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.Epoch;

/**
 * The end of the queue of those who leave.
 *
 * @param end the last epoch in which somebody is out: {@code earliest_exit_epoch}, or the latest
 *     exit of all before Electra
 * @param room what that epoch still takes: {@code exit_balance_to_consume}; not negative
 * @param churn what each later epoch takes; positive
 */
public record ExitQueue(ExitRules rules, Epoch end, long room, long churn) {
  public ExitQueue {
    if (room < 0 || churn < 1) {
      throw new IllegalArgumentException("an exit queue has room " + room + ", churn " + churn);
    }
  }

  /** One who was let in, and the queue behind it. */
  public record Place(Epoch exit, ExitQueue behind) {}

  /**
   * The queue of a state, exactly.
   *
   * @param now the epoch of the block in which somebody asks to leave: that of the state, or a
   *     later one if nothing else happens until then
   */
  public static ExitQueue of(ExitRules rules, BeaconStateView state, Epoch now) {
    long active = 0;
    long latest = 0;
    long there = 0;
    for (int i = 0; i < state.validatorCount(); i++) {
      long exit = state.exitEpoch(i);
      if (Long.compareUnsigned(state.activationEpoch(i), now.value()) <= 0
          && Long.compareUnsigned(now.value(), exit) < 0) {
        active += rules.weight(state.effectiveBalance(i));
      }
      if (exit != Epoch.FAR_FUTURE.value() && Long.compareUnsigned(exit, latest) >= 0) {
        there = exit == latest ? there + 1 : 1;
        latest = exit;
      }
    }
    long churn = rules.churn(active);
    return rules.byBalance()
        ? new ExitQueue(
            rules,
            new Epoch(state.fields().uint64("earliest_exit_epoch")),
            state.fields().uint64("exit_balance_to_consume"),
            churn)
        : new ExitQueue(rules, new Epoch(latest), Math.max(0, churn - there), churn);
  }

  /**
   * Lets one in that asks in an epoch.
   *
   * @param weight what it takes: {@link ExitRules#weight}, or the amount of a requested partial
   *     withdrawal, which takes its turn here as well
   */
  public Place enter(long weight, Epoch now) {
    Epoch first = rules.first(now);
    boolean empty = end.compareTo(first) < 0;
    Epoch exit = empty ? first : end;
    long left = empty ? churn : room;
    if (Long.compareUnsigned(weight, left) > 0) {
      long more = Long.divideUnsigned(weight - left - 1, churn) + 1;
      exit = ExitRules.after(exit, more);
      left += more * churn;
    }
    return new Place(exit, new ExitQueue(rules, exit, Math.max(0, left - weight), churn));
  }
}
