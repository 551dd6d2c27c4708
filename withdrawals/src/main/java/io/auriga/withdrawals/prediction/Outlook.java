package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import java.util.List;
import java.util.Optional;

/**
 * What is to come for one validator.
 *
 * @param payments those that can be foreseen, the next first: the sweep's next one, each requested
 *     partial, and after an exit the last one
 * @param queue its places in the queue of requested partial withdrawals
 * @param nothing why the sweep pays nothing, where it does not
 * @param perSlot what it is expected to earn in a slot, in Gwei
 */
public record Outlook(
    Validator validator,
    List<Prediction> payments,
    List<QueuePlace> queue,
    Optional<String> nothing,
    double perSlot) {
  public Outlook {
    payments = List.copyOf(payments);
    queue = List.copyOf(queue);
  }

  /**
   * A place in the queue of requested partial withdrawals.
   *
   * @param place 0 is the next to be paid
   * @param amount asked for
   * @param withdrawable the first epoch in which it can be paid
   */
  public record QueuePlace(int place, Gwei amount, Epoch withdrawable) {}

  /** The epoch in which its duties end, if it leaves. */
  public Optional<Epoch> exit() {
    return Optional.of(validator.life().exit()).filter(Epoch::isScheduled);
  }

  /** The epoch from which the sweep may pay all, if it leaves. */
  public Optional<Epoch> withdrawable() {
    return Optional.of(validator.life().withdrawable()).filter(Epoch::isScheduled);
  }
}
