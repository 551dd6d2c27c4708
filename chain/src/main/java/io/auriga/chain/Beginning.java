package io.auriga.chain;

import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.util.Optional;

/**
 * Where an empty store begins: exactly there, or at the first block after slots that were missed.
 */
final class Beginning {
  /**
   * An empty store that finds no block in so many slots does not begin: on 12-second slots that is
   * half a day, and rather a node without blocks that old than a chain that stood still.
   */
  private static final int EMPTY_SLOTS_MAX = 4_096;

  private final StartPoint start;
  private final BeaconNode node;
  private final BlockReader reader;
  private final ChainStore store;
  private final ChainSpec spec;

  Beginning(
      StartPoint start, BeaconNode node, BlockReader reader, ChainStore store, ChainSpec spec) {
    this.start = start;
    this.node = node;
    this.reader = reader;
    this.store = store;
    this.spec = spec;
  }

  /** The first slot an empty store is to hold: never the genesis block, never before Capella. */
  Slot slot(BlockHeader head) {
    Slot wanted =
        switch (start) {
          case StartPoint.Head() -> head.slot();
          case StartPoint.AtSlot(Slot slot) -> slot;
          case StartPoint.Finalized() -> finalizedSlot();
        };
    Slot capella =
        spec.forks()
            .epochOf(ForkName.CAPELLA)
            .map(spec::startSlotOf)
            .orElseThrow(
                () ->
                    new ChainException(
                        ChainError.NO_START,
                        "follow " + node.name(),
                        "its network has not scheduled Capella, so it has no withdrawals"));
    Slot first = capella.isAfter(wanted) ? capella : wanted;
    return first.value() == 0 ? new Slot(1) : first;
  }

  private Slot finalizedSlot() {
    Optional<BlockHeader> finalized = node.header(BlockId.finalized());
    if (finalized.isEmpty() && node.finality().finalized().epoch().value() > 0) {
      throw new ChainException(
          ChainError.MISSING_BLOCK,
          "read the finalized block of " + node.name(),
          "it is not served, although the node names one");
    }
    return finalized.map(BlockHeader::slot).orElse(new Slot(0));
  }

  /**
   * Reads an empty store's first blocks.
   *
   * @return as {@link BlockReader#readSlots}
   * @throws ChainException {@link ChainError#NO_START} where the nodes have no block for long
   */
  Optional<ChainBlock> read(Slot from, Slot tail) throws InterruptedException {
    Slot last = new Slot(Math.min(tail.value(), from.value() + EMPTY_SLOTS_MAX - 1));
    Optional<ChainBlock> stranger = reader.readSlots(from, last);
    if (stranger.isEmpty() && last.isBefore(tail) && store.position().isEmpty()) {
      throw new ChainException(
          ChainError.NO_START,
          "begin at slot " + from,
          "%s serves no block from there to slot %s".formatted(node.name(), last));
    }
    return stranger;
  }
}
