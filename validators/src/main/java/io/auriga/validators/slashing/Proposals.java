package io.auriga.validators.slashing;

import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The blocks of recent slots, by who proposed them. Two blocks for a slot are an offence only of
 * one proposer: chains that parted long ago may have given the slot to two. Belongs to one thread.
 */
final class Proposals {
  /** Two weeks of mainnet; older blocks come only from history that is loaded. */
  static final int SLOTS_MAX = 100_000;

  /** A node that makes up blocks must not fill the memory; a slot honestly has one or two. */
  static final int BLOCKS_OF_SLOT_MAX = 32;

  private final TreeMap<Slot, List<Sighting.Proposed>> slots = new TreeMap<>();

  /** Takes a block, and says whether its proposer had another for the slot. */
  Optional<Offence> see(Sighting.Proposed block) {
    List<Sighting.Proposed> known = slots.computeIfAbsent(block.slot(), _ -> new ArrayList<>(1));
    if (known.contains(block)) {
      return Optional.empty();
    }
    Optional<Offence> offence =
        known.stream()
            .filter(other -> other.proposer().equals(block.proposer()))
            .findFirst()
            .map(
                other ->
                    new Offence.DoubleProposal(
                        block.proposer(), block.slot(), other.root(), block.root()));
    if (known.size() < BLOCKS_OF_SLOT_MAX) {
      known.add(block);
    }
    while (slots.size() > SLOTS_MAX) {
      Map.Entry<Slot, List<Sighting.Proposed>> _ = slots.pollFirstEntry();
    }
    return offence;
  }
}
