package io.auriga.clients.consensus;

import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Beacon API's events, from their JSON. */
final class EventJson {
  private EventJson() {}

  /**
   * Empty for a topic that we have no use for.
   *
   * @throws tools.jackson.core.JacksonException if the data are not JSON
   * @throws JsonView.Unexpected if a field is missing or malformed
   */
  static Optional<BeaconEvent> parse(NodeJson json, String topic, String data) {
    Optional<Topic> known = Topic.find(topic);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    // It lists validators by the hundred thousand, and comes once in a blue moon.
    JsonView event =
        known.get() == Topic.ATTESTER_SLASHING ? json.readLarge(bytes) : json.read(bytes);
    boolean optimistic = event.flag("execution_optimistic");
    return Optional.of(
        switch (known.get()) {
          case HEAD ->
              new BeaconEvent.Head(
                  event.at("slot").as(Slot::parseDecimal),
                  event.at("block").as(Root::fromHex),
                  event.at("state").as(Root::fromHex),
                  event.flag("epoch_transition"),
                  optimistic);
          case BLOCK ->
              new BeaconEvent.Block(
                  event.at("slot").as(Slot::parseDecimal),
                  event.at("block").as(Root::fromHex),
                  optimistic);
          case FINALIZED_CHECKPOINT ->
              new BeaconEvent.FinalizedCheckpoint(
                  event.at("block").as(Root::fromHex),
                  event.at("state").as(Root::fromHex),
                  event.at("epoch").as(Epoch::parseDecimal),
                  optimistic);
          case CHAIN_REORG ->
              new BeaconEvent.ChainReorg(
                  event.at("slot").as(Slot::parseDecimal),
                  event.at("depth").as(UInt64::parseDecimal),
                  event.at("old_head_block").as(Root::fromHex),
                  event.at("new_head_block").as(Root::fromHex));
          case ATTESTATION ->
              new BeaconEvent.Attestation(
                  attestationData(event.at("data")),
                  event.at("aggregation_bits").text(),
                  event.find("committee_bits").map(JsonView::text));
          case SINGLE_ATTESTATION ->
              new BeaconEvent.SingleAttestation(
                  event.at("attester_index").as(ValidatorIndex::parseDecimal),
                  attestationData(event.at("data")));
          case PROPOSER_SLASHING -> {
            JsonView header = event.at("signed_header_1").at("message");
            yield new BeaconEvent.ProposerSlashing(
                header.at("proposer_index").as(ValidatorIndex::parseDecimal),
                header.at("slot").as(Slot::parseDecimal));
          }
          case ATTESTER_SLASHING -> attesterSlashing(event);
          case BLOCK_GOSSIP ->
              new BeaconEvent.BlockGossip(
                  event.at("slot").as(Slot::parseDecimal), event.at("block").as(Root::fromHex));
          case PAYLOAD_ATTRIBUTES -> {
            JsonView attributes = event.at("data");
            yield new BeaconEvent.PayloadAttributes(
                attributes.at("proposal_slot").as(Slot::parseDecimal),
                attributes.at("parent_block_root").as(Root::fromHex));
          }
          case BLOB_SIDECAR, DATA_COLUMN_SIDECAR ->
              new BeaconEvent.DataSidecar(
                  event.at("slot").as(Slot::parseDecimal),
                  event.at("block_root").as(Root::fromHex));
        });
  }

  private static BeaconEvent attesterSlashing(JsonView event) {
    JsonView first = event.at("attestation_1");
    JsonView second = event.at("attestation_2");
    Set<ValidatorIndex> offenders = voters(first);
    offenders.retainAll(voters(second));
    return new BeaconEvent.AttesterSlashing(
        List.copyOf(offenders),
        attestationData(first.at("data")),
        attestationData(second.at("data")));
  }

  private static Set<ValidatorIndex> voters(JsonView attestation) {
    Set<ValidatorIndex> voters = new LinkedHashSet<>();
    for (JsonView index : attestation.at("attesting_indices").elements()) {
      voters.add(index.as(ValidatorIndex::parseDecimal));
    }
    return voters;
  }

  private static AttestationData attestationData(JsonView data) {
    return new AttestationData(
        data.at("slot").as(Slot::parseDecimal),
        data.at("index").as(UInt64::parseDecimal),
        data.at("beacon_block_root").as(Root::fromHex),
        checkpoint(data.at("source")),
        checkpoint(data.at("target")));
  }

  private static Checkpoint checkpoint(JsonView checkpoint) {
    return new Checkpoint(
        checkpoint.at("epoch").as(Epoch::parseDecimal), checkpoint.at("root").as(Root::fromHex));
  }
}
