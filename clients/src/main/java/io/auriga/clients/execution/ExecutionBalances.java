package io.auriga.clients.execution;

import io.auriga.clients.NodeException;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.util.List;

/**
 * Balances of accounts after given blocks, as an execution client remembers them: of old blocks
 * only an archive node does. Nothing it says is verified.
 */
public interface ExecutionBalances {
  /** The balance that an account had when this block was done. */
  record Question(Address account, BlockHash block) {}

  /** What became of one question. */
  sealed interface Answer {
    record Known(Wei balance) implements Answer {}

    /** The node does not tell, most often because it has pruned the state. */
    record Untold(NodeException reason) implements Answer {}
  }

  /**
   * Several questions in few exchanges, answered in the order asked; each may fail alone.
   *
   * @throws NodeException if no exchange succeeded at all
   */
  List<Answer> balances(List<Question> questions);
}
