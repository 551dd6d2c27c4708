package io.auriga.testkit.replay;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.time.PacedTime;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.ForkSchedule;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the Beacon API's requests, all but the event stream, out of a recording. */
final class BeaconRoutes {
  private static final String BEACON = "/eth/v1/beacon/";
  private static final String STATES = BEACON + "states/";
  private static final String REWARDS = BEACON + "rewards/";
  private static final JsonMapper JSON = JsonMapper.shared();

  // Of a signed block in SSZ: an offset of four bytes, then the signature.
  private static final int SIGNATURE_OFFSET = 4;
  private static final int SIGNATURE_LENGTH = 96;

  private final Recording recording;
  private final PacedTime time;
  private final BeaconQuirks quirks;
  private final BlockSchemas schemas;
  private final StateRoutes states;
  private final DutyRoutes duties;
  private final RewardRoutes rewards;

  BeaconRoutes(Recording recording, PacedTime time, BeaconQuirks quirks) {
    this.recording = recording;
    this.time = time;
    this.quirks = quirks;
    this.schemas = BlockSchemas.of(recording.spec());
    this.states = new StateRoutes(recording);
    this.duties = new DutyRoutes(recording);
    this.rewards = new RewardRoutes(recording);
  }

  /** The routes of states have a second form, for more ids than fit an address. */
  Reply answerPost(String path, Query query, String body) {
    String[] parts = path.substring(1).split("/", -1);
    if (!isMissing(path) && path.startsWith(REWARDS + "attestations/") && parts.length == 6) {
      return rewards.attestations(now(), parts[5], body);
    }
    if (!isMissing(path) && path.startsWith(REWARDS + "sync_committee/") && parts.length == 6) {
      NodeState state = now();
      return rewards.syncCommittee(state, find(state, parts[5]), body);
    }
    if (isMissing(path) || !path.startsWith(STATES) || parts.length != 6) {
      return notFound("Route POST " + path + " not found");
    }
    return states.part(now(), parts[4], parts[5], query, body);
  }

  private boolean isMissing(String path) {
    return quirks.missingRoutes().stream().anyMatch(path::startsWith);
  }

  /**
   * @param accept the header, or null where there is none
   */
  Reply answer(String path, Query query, @Nullable String accept) {
    if (isMissing(path)) {
      return notFound("Route " + path + " not found");
    }
    String[] parts = path.substring(1).split("/", -1);
    if (path.startsWith(BEACON + "headers/") && parts.length == 5) {
      return header(parts[4]);
    }
    if (path.startsWith("/eth/v2/beacon/blocks/") && parts.length == 5) {
      return block(parts[4], accept);
    }
    if (path.startsWith(BEACON + "blocks/") && path.endsWith("/root") && parts.length == 6) {
      return blockRoot(parts[4]);
    }
    if (path.startsWith(STATES) && parts.length == 6) {
      return parts[5].equals("finality_checkpoints")
          ? finalityCheckpoints(parts[4])
          : states.part(now(), parts[4], parts[5], query, null);
    }
    if (path.startsWith(REWARDS + "blocks/") && parts.length == 6) {
      NodeState state = now();
      return rewards.block(state, find(state, parts[5]));
    }
    if (path.startsWith("/eth/v1/builder/states/") && path.endsWith("/expected_withdrawals")) {
      return states.expectedWithdrawals(now(), parts[4], query);
    }
    if (path.startsWith("/eth/v1/validator/duties/proposer/") && parts.length == 6) {
      return duties.proposers(now(), parts[5]);
    }
    if (path.startsWith("/eth/v2/debug/beacon/states/") && parts.length == 6) {
      return wholeState(parts[5], accept);
    }
    return switch (path) {
      case "/eth/v1/beacon/genesis" -> Reply.json(recording.answers().genesis());
      case "/eth/v1/beacon/headers" -> headers(query);
      case "/eth/v1/config/spec" -> Reply.json(recording.answers().spec());
      case "/eth/v1/config/deposit_contract" -> Reply.json(recording.answers().depositContract());
      case "/eth/v1/config/fork_schedule" -> forkSchedule();
      case "/eth/v1/node/version", "/eth/v2/node/version" -> version();
      case "/eth/v1/node/syncing" -> syncing();
      case "/eth/v1/node/health" -> Reply.empty(isSyncing(now()) ? 206 : 200);
      default -> notFound("Route " + path + " not found");
    };
  }

  private NodeState now() {
    return recording.timeline().at(time.instant());
  }

  // --- blocks

  private Reply block(String id, @Nullable String accept) {
    NodeState state = now();
    Optional<RecordedBlock> found = find(state, id);
    if (found.isEmpty()) {
      return notFound("Block " + Hex.abbreviate(id) + " not found");
    }
    RecordedBlock block = found.get();
    boolean asksSsz = Accept.prefersSsz(accept);
    if (asksSsz && quirks.ssz() == BeaconQuirks.Ssz.REFUSED) {
      return Reply.failure(406, "Accept: only application/json is served");
    }
    String fork = block.fork().lowerName();
    Reply reply =
        asksSsz && quirks.ssz() == BeaconQuirks.Ssz.SERVED
            ? new Reply(200, Reply.SSZ, Map.of(), block.ssz())
            : Reply.json(
                "{\"version\":\""
                    + fork
                    + "\",\"execution_optimistic\":false,\"finalized\":"
                    + state.isFinal(block)
                    + ",\"data\":"
                    + SszJson.write(schemas.signedBlock(block.fork()), block.ssz())
                    + "}");
    return reply.withHeader("Eth-Consensus-Version", fork);
  }

  private Reply blockRoot(String id) {
    NodeState state = now();
    return find(state, id)
        .map(
            block -> {
              ObjectNode body = envelope(state.isFinal(block));
              body.putObject("data").put("root", block.root().toHex());
              return Reply.json(body.toString());
            })
        .orElseGet(() -> notFound("Block " + Hex.abbreviate(id) + " not found"));
  }

  private Reply header(String id) {
    NodeState state = now();
    return find(state, id)
        .map(
            block -> {
              ObjectNode body = envelope(state.isFinal(block));
              body.set("data", header(state, block));
              return Reply.json(body.toString());
            })
        .orElseGet(() -> notFound("Header " + Hex.abbreviate(id) + " not found"));
  }

  private Reply headers(Query query) {
    NodeState state = now();
    List<RecordedBlock> found;
    try {
      Optional<Root> parent = query.first("parent_root").map(Root::fromHex);
      Optional<Slot> slot = query.first("slot").map(Slot::parseDecimal);
      found =
          parent.isEmpty() && slot.isEmpty()
              ? state.head().stream().toList()
              : state.knownWhere(
                  block ->
                      parent.map(block.parentRoot()::equals).orElse(true)
                          && slot.map(block.slot()::equals).orElse(true));
    } catch (IllegalArgumentException malformed) {
      return Reply.failure(400, "Invalid parameter: " + malformed.getMessage());
    }
    ObjectNode body = envelope(false);
    ArrayNode data = body.putArray("data");
    found.forEach(block -> data.add(header(state, block)));
    return Reply.json(body.toString());
  }

  private ObjectNode header(NodeState state, RecordedBlock block) {
    byte[] ssz = block.ssz();
    SignedBlockView view = SignedBlockView.of(schemas, block.fork(), ssz);
    ObjectNode data = JSON.createObjectNode();
    data.put("root", block.root().toHex());
    data.put("canonical", state.isCanonical(block));
    ObjectNode signed = data.putObject("header");
    signed
        .putObject("message")
        .put("slot", view.slot().toString())
        .put("proposer_index", view.proposerIndex().toString())
        .put("parent_root", view.parentRoot().toHex())
        .put("state_root", view.stateRoot().toHex())
        .put("body_root", view.bodyRoot().toHex());
    signed.put("signature", Hex.toHex(ssz, SIGNATURE_OFFSET, SIGNATURE_LENGTH));
    return data;
  }

  private static Optional<RecordedBlock> find(NodeState state, String id) {
    return switch (id) {
      case "head" -> state.head();
      case "finalized" -> state.finalized();
      case "justified" -> state.justified();
      case "genesis" -> state.canonicalAt(new Slot(0));
      default -> {
        try {
          yield id.startsWith("0x")
              ? state.known(Root.fromHex(id))
              : state.canonicalAt(Slot.parseDecimal(id));
        } catch (IllegalArgumentException malformed) {
          yield Optional.empty();
        }
      }
    };
  }

  // --- states

  private Reply wholeState(String id, @Nullable String accept) {
    boolean asksSsz = Accept.prefersSsz(accept);
    return asksSsz && quirks.ssz() == BeaconQuirks.Ssz.REFUSED
        ? Reply.failure(406, "Accept: only application/json is served")
        // Also a client that has no blocks in SSZ has states: Lodestar 1.5.1 is one.
        : states.whole(now(), id, asksSsz);
  }

  private Reply finalityCheckpoints(String id) {
    NodeState state = now();
    Optional<RecordedBlock> head = state.head();
    boolean isHead =
        head.isPresent() && (id.equals("head") || id.equals(head.get().slot().toString()));
    if (!isHead) {
      return notFound(
          "State " + Hex.abbreviate(id) + " not found: only the head's checkpoints are recorded");
    }
    ObjectNode body = envelope(false);
    ObjectNode data = body.putObject("data");
    Checkpoints checkpoints = state.checkpoints();
    put(data.putObject("previous_justified"), checkpoints.previousJustified());
    put(data.putObject("current_justified"), checkpoints.justified());
    put(data.putObject("finalized"), checkpoints.finalized());
    return Reply.json(body.toString());
  }

  private static void put(ObjectNode json, Checkpoint checkpoint) {
    json.put("epoch", checkpoint.epoch().toString()).put("root", checkpoint.root().toHex());
  }

  // --- the node and its configuration

  private Reply version() {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("data").put("version", quirks.version());
    return Reply.json(body.toString());
  }

  private Reply forkSchedule() {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode data = body.putArray("data");
    List<ForkSchedule.Entry> entries = recording.spec().forks().entries();
    for (int i = 0; i < entries.size(); i++) {
      data.addObject()
          .put("previous_version", entries.get(Math.max(0, i - 1)).version().toString())
          .put("current_version", entries.get(i).version().toString())
          .put("epoch", entries.get(i).epoch().toString());
    }
    return Reply.json(body.toString());
  }

  private Reply syncing() {
    NodeState state = now();
    ObjectNode body = JSON.createObjectNode();
    body.putObject("data")
        .put("head_slot", headSlot(state).toString())
        .put("sync_distance", Long.toString(syncDistance(state)))
        .put("is_syncing", isSyncing(state))
        .put("is_optimistic", false)
        .put("el_offline", false);
    return Reply.json(body.toString());
  }

  private boolean isSyncing(NodeState state) {
    // Missed slots are no lag; clients tolerate about an epoch of them.
    return syncDistance(state) > recording.spec().slotsPerEpoch();
  }

  private long syncDistance(NodeState state) {
    ChainSpec spec = recording.spec();
    Slot clock = SlotClock.of(spec, recording.genesis(), time).currentSlot();
    return Math.max(0, clock.value() - headSlot(state).value());
  }

  private static Slot headSlot(NodeState state) {
    return state.head().map(RecordedBlock::slot).orElse(new Slot(0));
  }

  private static ObjectNode envelope(boolean finalized) {
    return JSON.createObjectNode().put("execution_optimistic", false).put("finalized", finalized);
  }

  private static Reply notFound(String message) {
    return Reply.failure(404, message);
  }
}
