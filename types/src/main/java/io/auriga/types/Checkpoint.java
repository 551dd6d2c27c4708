package io.auriga.types;

/** A finality pair: the block {@code root} that stands at the first slot of {@code epoch}. */
public record Checkpoint(Epoch epoch, Root root) {}
