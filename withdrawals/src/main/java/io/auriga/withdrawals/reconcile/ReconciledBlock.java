package io.auriga.withdrawals.reconcile;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of the checks of a block.
 *
 * @param reason why some could not be proven; empty if all were
 */
public record ReconciledBlock(
    Slot slot,
    Root root,
    long proven,
    long unprovable,
    long diverged,
    Optional<String> reason,
    Instant checkedAt) {}
