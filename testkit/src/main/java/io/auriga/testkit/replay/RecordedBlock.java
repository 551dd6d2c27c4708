package io.auriga.testkit.replay;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;

/**
 * A signed beacon block that a node may know, canonical or not: its place in the chain, and where
 * its bytes are.
 */
public record RecordedBlock(
    Slot slot,
    Root root,
    Root parentRoot,
    ForkName fork,
    BlockNumber number,
    BlockHash blockHash,
    Source source) {

  /** Where the SSZ of a {@code SignedBeaconBlock} is read, each time it is needed. */
  @FunctionalInterface
  public interface Source {
    byte[] ssz();
  }

  /** Describes a block, whose root is computed from its content. */
  public static RecordedBlock of(SignedBlockView view, Source source) {
    return new RecordedBlock(
        view.slot(),
        view.blockRoot(),
        view.parentRoot(),
        view.fork(),
        view.payload().blockNumber(),
        view.payload().blockHash(),
        source);
  }

  public byte[] ssz() {
    return source.ssz();
  }

  @Override
  public String toString() {
    return "block " + root.toShortHex() + " of slot " + slot;
  }
}
