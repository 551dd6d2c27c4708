package io.auriga.testkit.replay;

import io.auriga.crypto.committee.SyncCommittee;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.duties.NaiveRewards;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers what validators earned, out of the states that blocks of a recording left: attestations
 * and sync committees by {@link NaiveRewards}, and a proposer's reward as what the block changed of
 * its balance. Of recordings without states nothing is known, as of a node that has pruned them.
 */
final class RewardRoutes {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Recording recording;
  private final ChainSpec spec;
  private final StateSchemas states;
  private final BlockSchemas blocks;

  RewardRoutes(Recording recording) {
    this.recording = recording;
    this.spec = recording.spec();
    this.states = StateSchemas.of(spec);
    this.blocks = BlockSchemas.of(spec);
  }

  /** {@code POST /eth/v1/beacon/rewards/attestations/{epoch}}. */
  Reply attestations(NodeState now, String text, String body) {
    Epoch epoch;
    try {
      epoch = Epoch.parseDecimal(text);
    } catch (IllegalArgumentException malformed) {
      return Reply.failure(400, "Invalid epoch: " + Hex.abbreviate(text));
    }
    Optional<Set<Integer>> asked = asked(body);
    if (asked.isEmpty()) {
      return Reply.failure(400, "The body is no list of indices");
    }
    Slot end = new Slot(spec.startSlotOf(new Epoch(epoch.value() + 2)).value() - 1);
    boolean isOver = now.head().filter(head -> head.slot().isAfter(end)).isPresent();
    Optional<RecordedBlock> last = isOver ? lastOfEpoch(now, end) : Optional.empty();
    Optional<BeaconStateView> state = last.flatMap(this::after);
    if (state.isEmpty()) {
      return Reply.failure(404, "The state at the end of epoch " + epoch + " + 1 is not known");
    }
    NaiveRewards rewards = new NaiveRewards(spec, state.get());
    ObjectNode answer = envelope(now, last.get());
    ObjectNode data = answer.putObject("data");
    ArrayNode ideal = data.putArray("ideal_rewards");
    rewards
        .ideal()
        .forEach(
            (balance, parts) ->
                put(ideal.addObject().put("effective_balance", balance.toString()), parts));
    ArrayNode total = data.putArray("total_rewards");
    for (int validator : selected(asked.get(), state.get())) {
      put(
          total.addObject().put("validator_index", String.valueOf(validator)),
          rewards.of(validator));
    }
    return Reply.json(answer.toString());
  }

  private static void put(ObjectNode json, NaiveRewards.Parts parts) {
    json.put("head", String.valueOf(parts.head()))
        .put("target", String.valueOf(parts.target()))
        .put("source", String.valueOf(parts.source()))
        .put("inactivity", String.valueOf(parts.inactivity()));
  }

  /** The newest block up to a slot, in the slot's epoch: empty slots in between change nothing. */
  private Optional<RecordedBlock> lastOfEpoch(NodeState now, Slot end) {
    long first = spec.startSlotOf(spec.epochOf(end)).value();
    for (long slot = end.value(); slot >= first; slot--) {
      Optional<RecordedBlock> block = now.canonicalAt(new Slot(slot));
      if (block.isPresent()) {
        return block;
      }
    }
    return Optional.empty();
  }

  private Optional<BeaconStateView> after(RecordedBlock block) {
    return recording.states().after(block.root()).map(this::view);
  }

  /** The state that a block met; slots in between that begin no epoch change no balance. */
  private Optional<BeaconStateView> before(RecordedBlock block) {
    return recording
        .states()
        .before(block.root())
        .or(() -> recording.states().after(block.parentRoot()))
        .map(this::view);
  }

  private BeaconStateView view(RecordedState state) {
    return BeaconStateView.of(states, state.fork(), state.ssz());
  }

  /** {@code POST /eth/v1/beacon/rewards/sync_committee/{block_id}}. */
  Reply syncCommittee(NodeState now, Optional<RecordedBlock> block, String body) {
    Optional<Set<Integer>> asked = asked(body);
    if (asked.isEmpty()) {
      return Reply.failure(400, "The body is no list of indices");
    }
    Optional<BeaconStateView> state = block.flatMap(this::after);
    if (state.isEmpty()) {
      return Reply.failure(404, "The block or its state is not known");
    }
    ObjectNode answer = envelope(now, block.get());
    ArrayNode data = answer.putArray("data");
    syncRewards(block.get(), state.get())
        .forEach(
            (validator, reward) -> {
              if (asked.get().isEmpty() || asked.get().contains(validator)) {
                data.addObject()
                    .put("validator_index", String.valueOf(validator))
                    .put("reward", String.valueOf(reward));
              }
            });
    return Reply.json(answer.toString());
  }

  private Map<Integer, Long> syncRewards(RecordedBlock block, BeaconStateView state) {
    long reward = new NaiveRewards(spec, state).participantReward();
    BitSet bits = bits(block);
    int[] seats = SyncCommittee.current(state);
    Map<Integer, Long> rewards = new TreeMap<>();
    for (int seat = 0; seat < seats.length; seat++) {
      rewards.merge(seats[seat], bits.get(seat) ? reward : -reward, Long::sum);
    }
    return rewards;
  }

  private BitSet bits(RecordedBlock block) {
    return BitSet.valueOf(signed(block).operations().syncCommitteeBits());
  }

  private SignedBlockView signed(RecordedBlock block) {
    return SignedBlockView.of(blocks, block.fork(), block.ssz());
  }

  /** {@code GET /eth/v1/beacon/rewards/blocks/{block_id}}. */
  Reply block(NodeState now, Optional<RecordedBlock> block) {
    Optional<BeaconStateView> before = block.flatMap(this::before);
    Optional<BeaconStateView> after = block.flatMap(this::after);
    if (before.isEmpty() || after.isEmpty()) {
      return Reply.failure(404, "The block or its states are not known");
    }
    SignedBlockView view = signed(block.get());
    int proposer = Math.toIntExact(view.proposerIndex().value());
    NaiveRewards rewards = new NaiveRewards(spec, after.get());
    long total =
        after.get().balance(proposer)
            - before.get().balance(proposer)
            + withdrawn(view, proposer)
            - syncRewards(block.get(), after.get()).getOrDefault(proposer, 0L);
    long sync = bits(block.get()).cardinality() * rewards.proposerRewardOfSignature();
    Set<Integer> byProposals = new TreeSet<>();
    view.operations()
        .proposerSlashings()
        .forEach(one -> byProposals.add(Math.toIntExact(one.first().proposerIndex().value())));
    long proposerSlashings = 0;
    long attesterSlashings = 0;
    for (int i = 0; i < after.get().validatorCount(); i++) {
      boolean known = i < before.get().validatorCount();
      if (after.get().isSlashed(i) && known && !before.get().isSlashed(i)) {
        long reward = rewards.whistleblowerReward(before.get().effectiveBalance(i));
        if (byProposals.contains(i)) {
          proposerSlashings += reward;
        } else {
          attesterSlashings += reward;
        }
      }
    }
    ObjectNode answer = envelope(now, block.get());
    answer
        .putObject("data")
        .put("proposer_index", String.valueOf(proposer))
        .put("total", String.valueOf(total))
        .put("attestations", String.valueOf(total - sync - proposerSlashings - attesterSlashings))
        .put("sync_aggregate", String.valueOf(sync))
        .put("proposer_slashings", String.valueOf(proposerSlashings))
        .put("attester_slashings", String.valueOf(attesterSlashings));
    return Reply.json(answer.toString());
  }

  private static long withdrawn(SignedBlockView block, int validator) {
    SszView list = block.body().field("execution_payload").field("withdrawals");
    long sum = 0;
    for (int i = 0; i < list.count(); i++) {
      if (list.element(i).uint64("validator_index") == validator) {
        sum += list.element(i).uint64("amount");
      }
    }
    return sum;
  }

  private static Set<Integer> selected(Set<Integer> asked, BeaconStateView state) {
    Set<Integer> selected = new TreeSet<>();
    for (int i = 0; i < state.validatorCount(); i++) {
      if (asked.isEmpty() || asked.contains(i)) {
        selected.add(i);
      }
    }
    return selected;
  }

  /** Nobody named means everybody, and is an empty set here. */
  private static Optional<Set<Integer>> asked(String body) {
    Set<Integer> asked = new TreeSet<>();
    try {
      for (JsonNode one : JSON.readTree(body.isBlank() ? "[]" : body)) {
        asked.add(Integer.parseInt(one.asString()));
      }
    } catch (JacksonException | NumberFormatException malformed) {
      return Optional.empty();
    }
    return Optional.of(asked);
  }

  private static ObjectNode envelope(NodeState now, RecordedBlock block) {
    return JSON.createObjectNode()
        .put("execution_optimistic", false)
        .put("finalized", now.isFinal(block));
  }
}
