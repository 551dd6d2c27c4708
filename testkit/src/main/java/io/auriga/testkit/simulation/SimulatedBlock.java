package io.auriga.testkit.simulation;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.BlockHash;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.util.List;

/**
 * A block of a simulated chain: the truth about its root.
 *
 * @param header the payload's execution header
 * @param nextIndex the withdrawal index that the next block of its branch begins with
 */
public record SimulatedBlock(
    SignedBlockView view, ExecutionHeader header, List<Withdrawal> withdrawals, long nextIndex) {
  public SimulatedBlock {
    withdrawals = List.copyOf(withdrawals);
  }

  public Slot slot() {
    return view.slot();
  }

  public Root root() {
    return view.blockRoot();
  }

  public Root parentRoot() {
    return view.parentRoot();
  }

  public BlockHash blockHash() {
    return view.payload().blockHash();
  }

  RecordedBlock recorded() {
    return RecordedBlock.of(view, view::bytes);
  }

  @Override
  public String toString() {
    return "block " + root().toShortHex() + " of slot " + slot();
  }
}
