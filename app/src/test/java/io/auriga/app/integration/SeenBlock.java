package io.auriga.app.integration;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A beacon block as the node's JSON says it. */
record SeenBlock(
    String root,
    String parentRoot,
    String fork,
    long slot,
    long number,
    String hash,
    List<Payment> payments) {

  static SeenBlock of(String root, JsonNode answer) {
    JsonNode message = answer.required("data").required("message");
    JsonNode payload = message.required("body").required("execution_payload");
    return new SeenBlock(
        root,
        message.required("parent_root").asString(),
        answer.required("version").asString(),
        Long.parseLong(message.required("slot").asString()),
        Long.parseLong(payload.required("block_number").asString()),
        payload.required("block_hash").asString(),
        payload.required("withdrawals").valueStream().map(Payment::ofConsensus).toList());
  }
}
