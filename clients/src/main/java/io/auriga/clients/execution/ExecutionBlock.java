package io.auriga.clients.execution;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.types.BlockHash;
import io.auriga.types.Withdrawal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution block from Shanghai on, as a node gave it: not verified.
 *
 * @param claimedHash what the node says the header's hash is
 * @param withdrawals null if the node left the list out although the header has its root; an empty
 *     list means that there were none
 */
public record ExecutionBlock(
    ExecutionHeader header, BlockHash claimedHash, @Nullable List<Withdrawal> withdrawals)
    implements ParsedBlock {
  public ExecutionBlock {
    withdrawals = withdrawals == null ? null : List.copyOf(withdrawals);
  }
}
