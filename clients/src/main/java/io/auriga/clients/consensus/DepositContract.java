package io.auriga.clients.consensus;

import io.auriga.types.Address;
import io.auriga.types.UInt64;

/**
 * Where deposits of a network are made: what ties a consensus client to an execution network.
 *
 * @param chainId unsigned
 */
public record DepositContract(long chainId, Address address) {
  @Override
  public String toString() {
    return address + " of chain " + UInt64.toDecimal(chainId);
  }
}
