package io.auriga.testkit.replay;

import io.auriga.crypto.committee.ActiveValidators;
import io.auriga.crypto.committee.Proposers;
import io.auriga.crypto.committee.Seeds;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.duties.NaiveCommittees;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers whose turn it is to propose, of epochs in which the canonical chain has a block, and who
 * attests together, out of the states that blocks of a recording left.
 */
final class DutyRoutes {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Recording recording;
  private final StateSchemas schemas;

  DutyRoutes(Recording recording) {
    this.recording = recording;
    this.schemas = StateSchemas.of(recording.spec());
  }

  /** {@code GET /eth/v1/validator/duties/proposer/{epoch}}. */
  Reply proposers(NodeState now, String text) {
    Epoch epoch;
    try {
      epoch = Epoch.parseDecimal(text);
    } catch (IllegalArgumentException malformed) {
      return Reply.failure(400, "Invalid epoch: " + Hex.abbreviate(text));
    }
    Optional<RecordedState> state = state(now, epoch);
    if (state.isEmpty()) {
      return Reply.failure(400, "The proposers of epoch " + epoch + " are not recorded");
    }
    BeaconStateView view = BeaconStateView.of(schemas, state.get().fork(), state.get().ssz());
    int[] proposers = Proposers.ofState(recording.spec(), view, epoch);
    ObjectNode body = JSON.createObjectNode().put("execution_optimistic", false);
    ArrayNode data = body.putArray("data");
    Slot slot = recording.spec().startSlotOf(epoch);
    for (int proposer : proposers) {
      data.addObject()
          .put("validator_index", String.valueOf(proposer))
          .put("slot", slot.toString());
      slot = slot.next();
    }
    return Reply.json(body.toString());
  }

  /** The list of {@code GET /eth/v1/beacon/states/{id}/committees}, computed the naive way. */
  static String committees(ChainSpec spec, BeaconStateView state, Epoch epoch) {
    Epoch mixEpoch = Seeds.mixEpoch(epoch, spec.number("MIN_SEED_LOOKAHEAD"));
    NaiveCommittees committees =
        new NaiveCommittees(
            spec, epoch, ActiveValidators.of(state, epoch), Seeds.mix(state, mixEpoch));
    ArrayNode data = JSON.createArrayNode();
    for (int slot = 0; slot < spec.slotsPerEpoch(); slot++) {
      for (int index = 0; index < committees.perSlot(); index++) {
        ArrayNode members =
            data.addObject()
                .put("slot", spec.startSlotOf(epoch).plus(slot).toString())
                .put("index", String.valueOf(index))
                .putArray("validators");
        for (int validator : committees.committee(slot, index)) {
          members.add(String.valueOf(validator));
        }
      }
    }
    return data.toString();
  }

  private Optional<RecordedState> state(NodeState now, Epoch epoch) {
    Slot slot = recording.spec().startSlotOf(epoch);
    for (long i = 0; i < recording.spec().slotsPerEpoch(); i++) {
      Optional<RecordedState> state =
          now.canonicalAt(slot).flatMap(block -> recording.states().after(block.root()));
      if (state.isPresent()) {
        return state;
      }
      slot = slot.next();
    }
    return Optional.empty();
  }
}
