package io.auriga.withdrawals.prediction;

/**
 * A slot, and how far it may be off.
 *
 * @param deviation the standard deviation, in slots, before it was compared with own past errors
 */
public record SlotEstimate(long slot, double deviation) {}
