package io.auriga.crypto.slashing;

import io.auriga.types.Epoch;
import io.auriga.types.Root;
import org.jspecify.annotations.Nullable;

/**
 * A vote as EIP-3076 records it. Its source may be above its target, which no chain accepts but
 * histories of others hold.
 *
 * @param signingRoot what was signed; null if whoever recorded it did not keep it, and then no vote
 *     can be shown to be the same
 */
public record SignedAttestation(Epoch source, Epoch target, @Nullable Root signingRoot) {
  /** Whether both are known to be the same message, so that signing again adds nothing. */
  public boolean isRepeatOf(SignedAttestation earlier) {
    return signingRoot != null && equals(earlier);
  }

  /** Whether this vote's span lies around the other's: both ends strictly outside. */
  public boolean surrounds(SignedAttestation other) {
    return source.compareTo(other.source) < 0 && target.compareTo(other.target) > 0;
  }

  static String rootText(@Nullable Root signingRoot) {
    return signingRoot == null ? " (signing root unknown)" : " (" + signingRoot.toShortHex() + ")";
  }

  @Override
  public String toString() {
    return "vote " + source + " → " + target + rootText(signingRoot);
  }
}
