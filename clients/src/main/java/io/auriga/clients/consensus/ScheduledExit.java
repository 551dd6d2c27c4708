package io.auriga.clients.consensus;

import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;

/**
 * A validator that still has duties and has been given the epoch in which they end.
 *
 * @param effectiveBalance what it takes of the epochs' room for those who leave, since Electra
 */
public record ScheduledExit(ValidatorIndex index, Gwei effectiveBalance, Epoch exit) {}
