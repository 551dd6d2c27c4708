package io.auriga.clients.consensus;

import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.types.ValidatorIndex;
import java.util.Map;
import java.util.Optional;

/**
 * What the attestations of one epoch brought, as a node computes it from the state at the end of
 * the epoch behind it. Nothing in it says of which epoch it is.
 *
 * @param ideal what a perfect attestation brings, by effective balance
 * @param total what came, of the validators that were asked for; one may be missing
 */
public record AttestationRewards(Map<Gwei, Parts> ideal, Map<ValidatorIndex, Parts> total) {
  public AttestationRewards {
    ideal = Map.copyOf(ideal);
    total = Map.copyOf(total);
  }

  /**
   * One attestation's; penalties are negative.
   *
   * @param inactivity the penalty of the inactivity leak; 0 also where a node leaves it out
   * @param inclusionDelay of phase 0 only
   */
  public record Parts(
      GweiDelta head,
      GweiDelta target,
      GweiDelta source,
      GweiDelta inactivity,
      Optional<Gwei> inclusionDelay) {}
}
