package io.auriga.testkit.simulation;

import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.testkit.replay.Checkpoints;
import io.auriga.testkit.replay.TimedEvent;
import io.auriga.testkit.replay.TimedEvent.Change;
import io.auriga.types.Checkpoint;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.Optional;

/** One event of a simulated chain: as a node keeps it, and as its event stream tells it. */
record ScriptedEvent(TimedEvent timed, Optional<BeaconEvent> announcement) {

  static ScriptedEvent block(Instant at, SimulatedBlock block) {
    String data =
        "{\"slot\":\"%s\",\"block\":\"%s\",\"execution_optimistic\":false}"
            .formatted(block.slot(), block.root());
    return new ScriptedEvent(
        new TimedEvent(at, "block", data, new Change.BlockKnown(block.root())),
        Optional.of(new BeaconEvent.Block(block.slot(), block.root(), false)));
  }

  static ScriptedEvent head(Instant at, SimulatedBlock block, boolean epochTransition) {
    Root state = block.view().stateRoot();
    String data =
        ("{\"slot\":\"%s\",\"block\":\"%s\",\"state\":\"%s\",\"epoch_transition\":%s,"
                + "\"execution_optimistic\":false}")
            .formatted(block.slot(), block.root(), state, epochTransition);
    return new ScriptedEvent(
        new TimedEvent(at, "head", data, new Change.HeadMoved(block.root())),
        Optional.of(
            new BeaconEvent.Head(block.slot(), block.root(), state, epochTransition, false)));
  }

  static ScriptedEvent reorg(
      Instant at, Slot slot, long depth, SimulatedBlock from, SimulatedBlock to, long epoch) {
    String data =
        ("{\"slot\":\"%s\",\"depth\":\"%d\",\"old_head_block\":\"%s\",\"new_head_block\":\"%s\","
                + "\"old_head_state\":\"%s\",\"new_head_state\":\"%s\",\"epoch\":\"%d\","
                + "\"execution_optimistic\":false}")
            .formatted(
                slot,
                depth,
                from.root(),
                to.root(),
                from.view().stateRoot(),
                to.view().stateRoot(),
                epoch);
    return new ScriptedEvent(
        new TimedEvent(at, "chain_reorg", data, new Change.Nothing()),
        Optional.of(new BeaconEvent.ChainReorg(slot, depth, from.root(), to.root())));
  }

  static ScriptedEvent finality(Instant at, Checkpoints checkpoints) {
    String data =
        "{\"previous_justified\":%s,\"current_justified\":%s,\"finalized\":%s}"
            .formatted(
                json(checkpoints.previousJustified()),
                json(checkpoints.justified()),
                json(checkpoints.finalized()));
    return new ScriptedEvent(
        new TimedEvent(at, "~finality", data, new Change.FinalityMoved(checkpoints)),
        Optional.empty());
  }

  static ScriptedEvent finalized(Instant at, Checkpoint checkpoint, Root state) {
    String data =
        "{\"block\":\"%s\",\"state\":\"%s\",\"epoch\":\"%s\",\"execution_optimistic\":false}"
            .formatted(checkpoint.root(), state, checkpoint.epoch());
    return new ScriptedEvent(
        new TimedEvent(at, "finalized_checkpoint", data, new Change.Nothing()),
        Optional.of(
            new BeaconEvent.FinalizedCheckpoint(
                checkpoint.root(), state, checkpoint.epoch(), false)));
  }

  private static String json(Checkpoint checkpoint) {
    return "{\"epoch\":\"%s\",\"root\":\"%s\"}".formatted(checkpoint.epoch(), checkpoint.root());
  }
}
