package io.auriga.app.web.api;

import io.auriga.app.web.Activity;
import io.auriga.app.web.NodeSnapshot;
import io.auriga.app.web.WebInputs;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.Stage;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The state of the follower, the ledger and the nodes as JSON. */
final class StatusJson {
  private final WebInputs inputs;
  private final Activity activity;

  StatusJson(WebInputs inputs, Activity activity) {
    this.inputs = inputs;
    this.activity = activity;
  }

  void status(JsonGenerator generator) {
    FollowerSnapshot follower = inputs.status().follower();
    LedgerSummary ledger = inputs.queries().summary();
    ApiJson json = new ApiJson(generator);
    generator.writeStartObject();
    json.text("version", inputs.version());
    json.text("time", inputs.clock().now());
    json.text("currentSlot", inputs.clock().currentSlot());
    generator.writeObjectPropertyStart("follower");
    follower(generator, json, follower);
    generator.writeEndObject();
    generator.writeObjectPropertyStart("ledger");
    ledger(generator, json, ledger);
    generator.writeEndObject();
    new WatchJson(generator).summary("watch", inputs.watch().get());
    generator.writeEndObject();
  }

  private void follower(JsonGenerator generator, ApiJson json, FollowerSnapshot follower) {
    json.text("state", follower.state().name().toLowerCase(Locale.ROOT));
    json.reference("head", follower.head());
    json.reference("nodeHead", follower.nodeHead());
    json.text("lagSlots", follower.lagSlots());
    json.text("blocksApplied", follower.blocksApplied());
    json.text("reorgs", follower.reorgs());
    json.text("deepestReorg", follower.deepestReorg());
    json.text("mismatches", activity.mismatches());
    json.text("updatedAt", follower.updatedAt());
    if (follower.problem().isEmpty()) {
      generator.writeNullProperty("problem");
      return;
    }
    generator.writeObjectPropertyStart("problem");
    json.text("code", follower.problem().get().code());
    json.text("message", follower.problem().get().message());
    json.text("remedy", follower.problem().get().remedy());
    json.text("since", follower.problem().get().since());
    generator.writeEndObject();
  }

  private static void ledger(JsonGenerator generator, ApiJson json, LedgerSummary ledger) {
    json.reference("head", ledger.position().map(ChainPosition::head));
    json.reference("safe", ledger.position().flatMap(ChainPosition::safe));
    json.reference("finalized", ledger.position().flatMap(ChainPosition::finalized));
    json.text("nextIndex", ledger.position().flatMap(ChainPosition::nextIndex));
    json.text("withdrawals", ledger.withdrawals());
    json.text("totalAmount", ledger.totalGwei());
    json.text("firstIndex", ledger.firstIndex());
    json.text("lastIndex", ledger.lastIndex());
    json.text("gaps", ledger.gaps());
    json.text("notLoaded", ledger.notLoaded());
    json.text("firstSlot", ledger.firstSlot());
    json.text("lastSlot", ledger.lastSlot());
    json.text("lastBlockTime", ledger.lastBlockTime());
    generator.writeObjectPropertyStart("stages");
    for (Stage stage : Stage.values()) {
      json.text(stage.lowerName(), Optional.ofNullable(ledger.byStage().get(stage)).orElse(0L));
    }
    generator.writeEndObject();
  }

  void nodes(JsonGenerator generator) {
    ApiJson json = new ApiJson(generator);
    generator.writeStartArray();
    for (NodeSnapshot node : inputs.status().nodes()) {
      generator.writeStartObject();
      json.text("name", node.name());
      json.text("layer", node.layer().lowerName());
      json.text("health", node.health().lowerName());
      json.text("version", node.version());
      json.text("head", node.head());
      json.text("lastAnswer", node.lastAnswer());
      json.text("problem", node.problem());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
