package io.auriga.withdrawals.kind;

import io.auriga.types.Address;
import io.auriga.types.BlockNumber;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.TransactionHash;
import java.util.Optional;

/**
 * The request on the execution layer (EIP-7002) that caused a withdrawal.
 *
 * @param slot of the beacon block that carries the request
 * @param blockNumber of its payload
 * @param amount what was asked for; what is paid may be less
 * @param log where it was made, by the word of an execution node; empty if none told
 * @param others how many other requests could have caused it as well; with none it is proven
 */
public record RequestCause(
    Slot slot,
    Root blockRoot,
    BlockNumber blockNumber,
    Address source,
    BlsPublicKey validator,
    Gwei amount,
    Optional<Log> log,
    int others) {
  /**
   * The log of a request.
   *
   * @param index its place among all logs of its block
   */
  public record Log(TransactionHash transaction, long index, BlockNumber blockNumber) {}

  public boolean isProven() {
    return others == 0;
  }

  RequestCause withOthers(int count) {
    return new RequestCause(slot, blockRoot, blockNumber, source, validator, amount, log, count);
  }
}
