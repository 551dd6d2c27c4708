package io.auriga.clients.consensus;

import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;

/**
 * What a block brought its proposer on the consensus layer: fees of transactions are no part of it.
 *
 * @param total all the others together
 */
public record BlockReward(
    ValidatorIndex proposer,
    Gwei total,
    Gwei attestations,
    Gwei syncAggregate,
    Gwei proposerSlashings,
    Gwei attesterSlashings) {}
