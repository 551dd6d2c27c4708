package io.auriga.chain;

import io.auriga.types.Root;
import java.time.Instant;

/** The execution node was seen at {@code at} to hold the payload of block {@code root}. */
public record ExecutionMatch(Root root, Instant at) {}
