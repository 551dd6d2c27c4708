package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.TimedEvent.Change;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The generated chain from Capella to Fulu, with every block and every state it left. */
public final class RecordedChain {
  public final Recording recording =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."))
              .resolve("recordings/minimal-capella-to-fulu"));
  public final ChainSpec spec = recording.spec();
  final StateSchemas states = StateSchemas.of(spec);
  final BlockSchemas schemas = BlockSchemas.of(spec);
  private final Map<Root, RecordedBlock> blocks = new HashMap<>();

  public RecordedChain() {
    recording.timeline().blocks().forEach(block -> blocks.put(block.root(), block));
  }

  /** What is known at genesis. */
  public Beginning genesis() {
    RecordedState genesis = recording.states().genesis().orElseThrow();
    return Beginning.of(spec, view(genesis), new BlockRef(new Slot(0), genesis.blockRoot()));
  }

  BeaconStateView view(RecordedState state) {
    return BeaconStateView.of(states, state.fork(), state.ssz());
  }

  public BeaconStateView stateAfter(Root block) {
    return view(recording.states().after(block).orElseThrow());
  }

  SignedBlockView view(RecordedBlock block) {
    return SignedBlockView.of(schemas, block.fork(), block.ssz());
  }

  /** The roots of the heads, in the order in which the node had them. */
  public List<Root> heads() {
    List<Root> heads = new ArrayList<>();
    recording
        .timeline()
        .events()
        .forEach(
            event -> {
              if (event.change() instanceof Change.HeadMoved(Root root)) {
                heads.add(root);
              }
            });
    return heads;
  }

  /** The canonical blocks in the end, oldest first. */
  List<RecordedBlock> canonical() {
    return recording.timeline().after(recording.timeline().events().size()).canonical();
  }

  /**
   * Leads the accounting to a head: takes back what is not its ancestor and counts the rest. Before
   * each block it tells who is about to come or go, as the state of its parent has it.
   */
  public void lead(DutyAccounting accounting, Root head) {
    Set<Root> ancestors = new HashSet<>();
    List<RecordedBlock> branch = new ArrayList<>();
    for (RecordedBlock block = blocks.get(head); block != null; ) {
      ancestors.add(block.root());
      branch.add(block);
      block = blocks.get(block.parentRoot());
    }
    while (accounting.head().slot().value() > 0 && !ancestors.contains(accounting.head().root())) {
      accounting.undo(accounting.head());
    }
    for (RecordedBlock block : branch.reversed()) {
      if (block.slot().isAfter(accounting.head().slot())) {
        apply(accounting, block);
      }
    }
  }

  void apply(DutyAccounting accounting, RecordedBlock block) {
    BeaconStateView parent = view(stateBefore(block));
    Epoch now = spec.epochOf(parent.slot());
    accounting.validators().forgetPlans(now);
    for (int i = 0; i < parent.validatorCount(); i++) {
      accounting
          .validators()
          .set(i, new Epoch(parent.activationEpoch(i)), new Epoch(parent.exitEpoch(i)));
    }
    accounting.validatorsChanged();
    List<?> refused = accounting.apply(view(block), new BlockRef(block.slot(), block.root()));
    if (!refused.isEmpty()) {
      throw new AssertionError(block + ": " + refused);
    }
  }

  private RecordedState stateBefore(RecordedBlock block) {
    return recording.states().after(block.parentRoot()).orElseThrow();
  }
}
