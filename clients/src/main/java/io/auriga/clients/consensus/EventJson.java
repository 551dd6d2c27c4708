package io.auriga.clients.consensus;

import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
    JsonView event = json.read(data.getBytes(StandardCharsets.UTF_8));
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
        });
  }
}
