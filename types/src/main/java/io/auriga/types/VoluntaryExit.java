package io.auriga.types;

/**
 * A validator's wish to leave: {@code VoluntaryExit}.
 *
 * @param epoch the first in which a block may carry it
 */
public record VoluntaryExit(Epoch epoch, ValidatorIndex validatorIndex) {}
