package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;
import io.auriga.withdrawals.exit.ExitWindow.Epochs;
import java.util.Optional;

/**
 * What leaving means for one validator. That of one that does not leave is a <em>what-if</em>:
 * nothing says that it will.
 */
public sealed interface ExitOutlook {
  Validator validator();

  /** What is to be said beside the epochs, without the end of a sentence; may be empty. */
  default String note() {
    return switch (this) {
      case Leaving one when one.last().isPresent() -> "leaves already";
      case Leaving _ -> "has left; nothing more is paid";
      case IfNow one when one.last().isPresent() -> "";
      case IfNow _ -> "its credentials name no address to pay to";
      case NotNow one -> one.reason() + one.from().map(from -> ", from epoch " + from).orElse("");
    };
  }

  /**
   * It leaves, or has left.
   *
   * @param last when all of its balance comes; empty where it came, or credentials name no address
   */
  record Leaving(Validator validator, Epoch exit, Epoch withdrawable, Optional<Prediction> last)
      implements ExitOutlook {}

  /**
   * It could not ask now: the chain would refuse it.
   *
   * @param reason a sentence without its end
   * @param from the first epoch in which it could ask, as far as that is known
   */
  record NotNow(Validator validator, String reason, Optional<Epoch> from) implements ExitOutlook {}

  /**
   * If it asked in the next block.
   *
   * @param last when all of its balance would come; empty where credentials name no address
   */
  record IfNow(Validator validator, Epochs exit, Epochs withdrawable, Optional<Prediction> last)
      implements ExitOutlook {}
}
