package io.auriga.withdrawals.reconcile;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.Optional;

/**
 * Two sides that disagreed, with both values.
 *
 * @param slot of the block; empty for what lies between blocks
 * @param foundAt when it was first seen
 * @param lookedAt when it was last looked at, whatever came of it
 * @param resolvedAt when both agreed again; empty while it is open
 * @param repair what was done about it, if anything could be
 */
public record Divergence(
    ReconcileError code,
    Optional<Slot> slot,
    Optional<Root> root,
    String subject,
    String expected,
    String found,
    Instant foundAt,
    Instant lookedAt,
    Optional<Instant> resolvedAt,
    Optional<String> repair) {
  public boolean isOpen() {
    return resolvedAt.isEmpty();
  }
}
