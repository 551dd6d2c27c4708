package io.auriga.validators.slashing;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
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

  private record Block(ValidatorIndex proposer, Root root) {}

  private final TreeMap<Slot, List<Block>> slots = new TreeMap<>();

  /** Takes a block, and says whether its proposer had another for the slot. */
  Optional<Offence> see(Slot slot, ValidatorIndex proposer, Root root) {
    List<Block> known = slots.computeIfAbsent(slot, _ -> new ArrayList<>(1));
    Block block = new Block(proposer, root);
    if (known.contains(block)) {
      return Optional.empty();
    }
    Optional<Offence> offence =
        known.stream()
            .filter(other -> other.proposer().equals(proposer))
            .findFirst()
            .map(other -> new Offence.DoubleProposal(proposer, slot, other.root(), root));
    if (known.size() < BLOCKS_OF_SLOT_MAX) {
      known.add(block);
    }
    while (slots.size() > SLOTS_MAX) {
      Map.Entry<Slot, List<Block>> _ = slots.pollFirstEntry();
    }
    return offence;
  }
}
