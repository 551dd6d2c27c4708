package io.auriga.types;

/**
 * What somebody put in for a validator, as a beacon block carries it: from the deposit contract's
 * old bridge, or as a request of the execution layer (EIP-6110, since Electra).
 *
 * @param amount any number of 64 bits; the contract takes one ether at the least
 */
public record Deposit(BlsPublicKey validator, Gwei amount) {}
