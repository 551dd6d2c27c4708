package io.auriga.testkit.replay;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.state.NaiveWithdrawals;
import io.auriga.testkit.state.PlainState;
import io.auriga.testkit.state.PlainValidator;
import io.auriga.testkit.state.SyncSeats;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for states, and for parts of them, out of the states that blocks of a recording
 * left. A slot without a block has none, unlike on a real node, which processes empty slots; but
 * its validators are those of the block before it in its epoch.
 */
final class StateRoutes {
  /** What a node answers whole, as the list that it is in the state. */
  private static final List<String> WHOLE_LISTS =
      List.of("pending_deposits", "pending_partial_withdrawals", "pending_consolidations");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Recording recording;
  private final StateSchemas schemas;
  private final BigInteger slotsPerEpoch;

  StateRoutes(Recording recording) {
    this.recording = recording;
    this.schemas = StateSchemas.of(recording.spec());
    this.slotsPerEpoch = BigInteger.valueOf(recording.spec().slotsPerEpoch());
  }

  /** {@code GET /eth/v2/debug/beacon/states/{id}}. */
  Reply whole(NodeState now, String id, boolean asSsz) {
    Optional<RecordedState> found = find(now, id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    RecordedState state = found.get();
    String fork = state.fork().lowerName();
    Reply reply =
        asSsz
            ? new Reply(200, Reply.SSZ, Map.of(), state.ssz())
            : Reply.json(
                envelope(
                    now, state, SszJson.write(schemas.state(state.fork()), state.ssz()), fork));
    return reply.withHeader("Eth-Consensus-Version", fork);
  }

  /**
   * {@code /eth/v1/beacon/states/{id}/{part}}.
   *
   * @param body of a POST, null for GET
   */
  Reply part(NodeState now, String id, String part, Query query, @Nullable String body) {
    Optional<RecordedState> found = find(now, part.equals("validators") ? filled(now, id) : id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    RecordedState state = found.get();
    if (part.equals("validators") || part.equals("validator_balances")) {
      return validators(now, state, part, query, body);
    }
    if (body != null) {
      return Reply.failure(405, "Only GET is served");
    }
    if (part.equals("committees")) {
      return committees(now, state, query);
    }
    if (part.equals("root")) {
      return Reply.json(envelope(now, state, "{\"root\":\"" + state.root() + "\"}", null));
    }
    if (part.equals("sync_committees")) {
      ObjectNode data = JSON.createObjectNode();
      ArrayNode seats = data.putArray("validators");
      SyncSeats.of(schemas, state.fork(), state.ssz())
          .forEach(index -> seats.add(String.valueOf(index)));
      return Reply.json(envelope(now, state, data.toString(), null));
    }
    if (!WHOLE_LISTS.contains(part)) {
      return Reply.failure(404, "Part " + Hex.abbreviate(part) + " of a state is not served");
    }
    if (!state.fork().isAtLeast(ForkName.ELECTRA)) {
      return Reply.failure(400, "The state of slot " + state.slot() + " is older than Electra");
    }
    SszView list = SszView.of(schemas.state(state.fork()), state.ssz()).field(part);
    String fork = state.fork().lowerName();
    return Reply.json(envelope(now, state, SszJson.write(list.schema(), list.toBytes()), fork))
        .withHeader("Eth-Consensus-Version", fork);
  }

  /**
   * {@code GET /eth/v1/builder/states/{id}/expected_withdrawals?proposal_slot=}, which the standard
   * has dropped. An epoch that begins in between is known where a block was recorded behind it.
   */
  Reply expectedWithdrawals(NodeState now, String id, Query query) {
    Optional<RecordedState> found = find(now, id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    RecordedState state = found.get();
    Slot proposal;
    try {
      proposal = query.first("proposal_slot").map(Slot::parseDecimal).orElse(state.slot().next());
    } catch (IllegalArgumentException malformed) {
      return Reply.failure(400, "Invalid proposal_slot: " + malformed.getMessage());
    }
    if (!proposal.isAfter(state.slot())) {
      return Reply.failure(400, "proposal_slot must be after the state's slot " + state.slot());
    }
    Epoch epoch = recording.spec().epochOf(proposal);
    Optional<RecordedState> met =
        epoch.equals(recording.spec().epochOf(state.slot()))
            ? found
            : recording.timeline().blocks().stream()
                .filter(block -> block.parentRoot().equals(state.blockRoot()))
                .filter(block -> block.slot().equals(proposal))
                .findFirst()
                .flatMap(block -> recording.states().before(block.root()));
    if (met.isEmpty()) {
      return Reply.failure(404, "What epoch " + epoch + " makes of the state is not recorded");
    }
    PlainState plain = PlainState.read(schemas, met.get().fork(), met.get().ssz());
    ArrayNode data = JSON.createArrayNode();
    NaiveWithdrawals.of(plain, new BigInteger(epoch.toString()), recording.spec())
        .withdrawals()
        .forEach(
            withdrawal ->
                data.addObject()
                    .put("index", withdrawal.index().toString())
                    .put("validator_index", withdrawal.validatorIndex().toString())
                    .put("address", withdrawal.address().toHex())
                    .put("amount", withdrawal.amount().toString()));
    return Reply.json(envelope(now, state, data.toString(), null));
  }

  private Reply committees(NodeState now, RecordedState state, Query query) {
    BeaconStateView view = BeaconStateView.of(schemas, state.fork(), state.ssz());
    Epoch own = recording.spec().epochOf(view.slot());
    try {
      Epoch epoch = query.first("epoch").map(Epoch::parseDecimal).orElse(own);
      long ahead = epoch.value() - own.value();
      return ahead < -1 || ahead > 1
          ? Reply.failure(400, "Epoch " + epoch + " is too far from that of the state, " + own)
          : Reply.json(
              envelope(now, state, DutyRoutes.committees(recording.spec(), view, epoch), null));
    } catch (IllegalArgumentException malformed) {
      return Reply.failure(400, "Invalid epoch: " + malformed.getMessage());
    }
  }

  private Reply validators(
      NodeState now, RecordedState state, String part, Query query, @Nullable String body) {
    List<String> ids;
    List<String> statuses;
    try {
      JsonNode json = body == null ? JSON.createObjectNode() : JSON.readTree(body);
      JsonNode asked = part.equals("validators") ? json.path("ids") : json;
      ids = body == null ? commaSeparated(query.all("id")) : texts(asked);
      statuses = body == null ? commaSeparated(query.all("status")) : texts(json.path("statuses"));
    } catch (JacksonException malformed) {
      return Reply.failure(400, "The body is not JSON");
    }
    PlainState plain = PlainState.read(schemas, state.fork(), state.ssz());
    BigInteger epoch = plain.slot().divide(slotsPerEpoch);
    ArrayNode data = JSON.createArrayNode();
    for (int index : select(plain, ids)) {
      PlainValidator validator = plain.validators().get(index);
      String status = validator.status(epoch);
      if (part.equals("validator_balances")) {
        data.addObject()
            .put("index", String.valueOf(index))
            .put("balance", validator.balance().toString());
      } else if (statuses.isEmpty() || statuses.stream().anyMatch(status::startsWith)) {
        data.add(validator(index, validator, status));
      }
    }
    return Reply.json(envelope(now, state, data.toString(), null));
  }

  /** By index or public key; everything if nothing is named; what is unknown is left out. */
  private static Set<Integer> select(PlainState state, List<String> ids) {
    Set<Integer> found = new TreeSet<>();
    for (int i = 0; i < state.validators().size(); i++) {
      if (ids.isEmpty()
          || ids.contains(String.valueOf(i))
          || ids.contains(state.validators().get(i).publicKey())) {
        found.add(i);
      }
    }
    return found;
  }

  private static ObjectNode validator(int index, PlainValidator validator, String status) {
    ObjectNode json = JSON.createObjectNode();
    json.put("index", String.valueOf(index))
        .put("balance", validator.balance().toString())
        .put("status", status);
    json.putObject("validator")
        .put("pubkey", validator.publicKey())
        .put("withdrawal_credentials", validator.credentials())
        .put("effective_balance", validator.effectiveBalance().toString())
        .put("slashed", validator.slashed())
        .put("activation_eligibility_epoch", validator.activationEligibilityEpoch().toString())
        .put("activation_epoch", validator.activationEpoch().toString())
        .put("exit_epoch", validator.exitEpoch().toString())
        .put("withdrawable_epoch", validator.withdrawableEpoch().toString());
    return json;
  }

  private static List<String> commaSeparated(List<String> values) {
    List<String> all = new ArrayList<>();
    values.forEach(value -> all.addAll(List.of(value.split(",", -1))));
    return all;
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private Optional<RecordedState> find(NodeState now, String id) {
    RecordedStates states = recording.states();
    return switch (id) {
      case "head" -> now.head().flatMap(block -> states.after(block.root()));
      case "finalized" -> now.finalized().flatMap(block -> states.after(block.root()));
      case "justified" -> now.justified().flatMap(block -> states.after(block.root()));
      case "genesis", "0" -> states.genesis();
      default -> {
        try {
          yield id.startsWith("0x")
              ? states.withRoot(Root.fromHex(id)).filter(state -> isKnown(now, state))
              : now.canonicalAt(Slot.parseDecimal(id)).flatMap(block -> states.after(block.root()));
        } catch (IllegalArgumentException malformed) {
          yield Optional.empty();
        }
      }
    };
  }

  /** The newest slot with a block up to one that is not ahead of the head, in its epoch. */
  private String filled(NodeState now, String id) {
    if (!id.matches("[0-9]{1,18}")) {
      return id;
    }
    long wanted = Long.parseLong(id);
    boolean isPast = now.head().filter(head -> head.slot().value() >= wanted).isPresent();
    long first = wanted - wanted % recording.spec().slotsPerEpoch();
    long slot = wanted;
    while (isPast && slot > first && now.canonicalAt(new Slot(slot)).isEmpty()) {
      slot--;
    }
    return String.valueOf(slot);
  }

  private static boolean isKnown(NodeState now, RecordedState state) {
    return state.slot().value() == 0 || now.known(state.blockRoot()).isPresent();
  }

  private static String envelope(
      NodeState now, RecordedState state, String data, @Nullable String version) {
    boolean isFinal =
        state.slot().value() == 0 || now.known(state.blockRoot()).map(now::isFinal).orElse(false);
    return "{"
        + (version == null ? "" : "\"version\":\"" + version + "\",")
        + "\"execution_optimistic\":false,\"finalized\":"
        + isFinal
        + ",\"data\":"
        + data
        + "}";
  }

  private static Reply notFound(String id) {
    return Reply.failure(404, "State " + Hex.abbreviate(id) + " not found: it is not recorded");
  }
}
