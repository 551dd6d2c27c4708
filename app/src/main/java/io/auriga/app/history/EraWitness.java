package io.auriga.app.history;

import io.auriga.chain.BlockRef;
import io.auriga.chain.era.EraGroup;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.withdrawals.HistoryError;
import java.util.Optional;

/**
 * Somebody who knows the chain beside the era files. A file proves its blocks by a state that is in
 * the same file: who made up the one could make up the other.
 */
public interface EraWitness {
  /** Knows nothing. */
  EraWitness NOBODY = era -> Optional.empty();

  /**
   * Who says that an era's last block is of the chain.
   *
   * @return a name for a person; empty if this knows nothing of the era
   * @throws AurigaException {@code AUR-HISTORY-OTHER-CHAIN} if it knows another block there
   */
  Optional<String> vouch(EraGroup era);

  /** This one, and another where this knows nothing. */
  default EraWitness or(EraWitness other) {
    return era -> vouch(era).or(() -> other.vouch(era));
  }

  /** A beacon node, asked for the header of the era's last block: one small question an era. */
  static EraWitness of(BeaconNode node) {
    return era ->
        era.lastBlock()
            .flatMap(
                last ->
                    header(node, last)
                        .filter(header -> header.canonical() && header.finalized())
                        .map(
                            header -> {
                              requireSame(era, last.root(), header.root(), node.name());
                              return node.name();
                            }));
  }

  /** Not every node keeps old blocks, and a node that is away is one that does not. */
  private static Optional<BlockHeader> header(BeaconNode node, BlockRef block) {
    try {
      return node.header(BlockId.of(block.slot()));
    } catch (NodeException untold) {
      return Optional.empty();
    }
  }

  /** Refuses an era of another chain than a witness knows. */
  static void requireSame(EraGroup era, Root ours, Root theirs, String witness) {
    if (!ours.equals(theirs)) {
      throw new AurigaException(
          HistoryError.OTHER_CHAIN,
          "load " + era,
          "it says %s where %s says %s".formatted(ours, witness, theirs));
    }
  }
}
