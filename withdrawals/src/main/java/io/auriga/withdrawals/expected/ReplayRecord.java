package io.auriga.withdrawals.expected;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;

/** The verdict over one block, and when it was made. */
public record ReplayRecord(Slot slot, Root root, ReplayVerdict verdict, Instant at) {}
