package io.auriga.sync.relay.scan;

import io.auriga.types.BlockHash;
import io.auriga.types.Withdrawal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was read of an execution payload. Each part is empty where the payload does not have it or
 * has it in another form.
 *
 * @param number unsigned
 * @param timestamp seconds, unsigned
 * @param withdrawals empty before Shanghai, and where the list has a broken entry or more than
 *     {@value #WITHDRAWALS_MAX}
 */
public record PayloadFacts(
    Optional<BlockHash> blockHash,
    Optional<BlockHash> parentHash,
    OptionalLong number,
    OptionalLong timestamp,
    Optional<List<Withdrawal>> withdrawals) {
  /** Four times what a block may carry. */
  public static final int WITHDRAWALS_MAX = 64;

  public PayloadFacts {
    withdrawals = withdrawals.map(List::copyOf);
  }
}
