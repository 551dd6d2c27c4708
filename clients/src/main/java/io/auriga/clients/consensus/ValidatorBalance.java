package io.auriga.clients.consensus;

import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;

/** What a validator has in one state, to the Gwei. */
public record ValidatorBalance(ValidatorIndex index, Gwei balance) {}
