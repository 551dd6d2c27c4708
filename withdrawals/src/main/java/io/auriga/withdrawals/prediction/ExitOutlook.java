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
