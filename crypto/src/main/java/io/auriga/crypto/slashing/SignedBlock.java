package io.auriga.crypto.slashing;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A block proposal as EIP-3076 records it.
 *
 * @param signingRoot what was signed; null if whoever recorded it did not keep it, and then no
 *     proposal can be shown to be the same
 */
public record SignedBlock(Slot slot, @Nullable Root signingRoot) {
  /** Whether both are known to be the same message, so that signing again adds nothing. */
  public boolean isRepeatOf(SignedBlock earlier) {
    return signingRoot != null && equals(earlier);
  }

  @Override
  public String toString() {
    return "block of slot " + slot + SignedAttestation.rootText(signingRoot);
  }
}
