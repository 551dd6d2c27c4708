package io.auriga.crypto.slashing;

import java.util.Collection;
import java.util.List;

/**
 * What one key signed, and what it therefore may not sign. An instance belongs to one thread, or to
 * whoever holds its lock: checking and recording must not be interleaved with another's.
 *
 * <p>A message is checked, then recorded in durable storage and here, and only then signed.
 */
public sealed interface SigningHistory permits CompleteHistory, MinimalHistory {
  SigningVerdict check(SignedBlock block);

  SigningVerdict check(SignedAttestation vote);

  /**
   * Takes what the key signed elsewhere. What stands below a bound that holds already never lowers
   * it; records that contradict one another are kept, and what they forbid is forbidden.
   */
  void merge(Collection<SignedBlock> blocks, Collection<SignedAttestation> votes);

  /** What must be handed on so that another client refuses what this history refuses; by slot. */
  List<SignedBlock> blocks();

  /** As {@link #blocks()}; by target. */
  List<SignedAttestation> attestations();

  /** Checks, and records what is safe. */
  default SigningVerdict sign(SignedBlock block) {
    SigningVerdict verdict = check(block);
    if (verdict instanceof SigningVerdict.Safe) {
      merge(List.of(block), List.of());
    }
    return verdict;
  }

  /** As {@link #sign(SignedBlock)}. */
  default SigningVerdict sign(SignedAttestation vote) {
    SigningVerdict verdict = check(vote);
    if (verdict instanceof SigningVerdict.Safe) {
      merge(List.of(), List.of(vote));
    }
    return verdict;
  }
}
