package io.auriga.clients.consensus;

import io.auriga.types.Address;

/** Where deposits of a network are made: what ties a consensus client to an execution network. */
public record DepositContract(long chainId, Address address) {}
