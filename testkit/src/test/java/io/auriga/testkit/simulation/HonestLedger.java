package io.auriga.testkit.simulation;

import io.auriga.testkit.replay.NodeState;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The simplest ledger that is right, and that a test can make wrong. */
final class HonestLedger implements LedgerUnderTest {
  private final SimulatedChain chain;
  private final Map<Root, SimulatedBlock> held = new LinkedHashMap<>();
  private NodeState state;
  private UnaryOperator<List<Entry>> entryFault = UnaryOperator.identity();
  private UnaryOperator<Optional<Cursor>> cursorFault = UnaryOperator.identity();

  HonestLedger(SimulatedChain chain) {
    this.chain = chain;
    this.state = chain.at(Instant.EPOCH);
  }

  void follow(Instant now) {
    state = chain.at(now);
    for (RecordedBlock block : state.canonical()) {
      held.put(block.root(), chain.block(block.root()).orElseThrow());
    }
  }

  void breakEntries(UnaryOperator<List<Entry>> fault) {
    entryFault = fault;
  }

  void breakCursor(UnaryOperator<Optional<Cursor>> fault) {
    cursorFault = fault;
  }

  @Override
  public Optional<Cursor> cursor() {
    return cursorFault.apply(
        state
            .head()
            .map(
                head ->
                    new Cursor(
                        head.slot(), head.root(), state.finalized().map(RecordedBlock::root))));
  }

  @Override
  public Optional<Slot> firstSlot() {
    return held.values().stream().map(SimulatedBlock::slot).min(Slot::compareTo);
  }

  @Override
  public List<Entry> entries() {
    Set<Root> canonical = new HashSet<>();
    state.canonical().forEach(block -> canonical.add(block.root()));
    List<Entry> entries = new ArrayList<>();
    for (SimulatedBlock block : held.values()) {
      boolean isCanonical = canonical.contains(block.root());
      boolean isFinal =
          isCanonical
              && state.finalized().map(last -> !block.slot().isAfter(last.slot())).orElse(false);
      for (Withdrawal withdrawal : block.withdrawals()) {
        entries.add(
            new Entry(
                withdrawal,
                block.slot(),
                block.root(),
                block.header().number(),
                block.blockHash(),
                isCanonical,
                isFinal));
      }
    }
    return entryFault.apply(entries);
  }
}
