package io.auriga.app.integration;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A running Auriga, asked over its REST interface. */
final class AurigaApi {
  private static final int PAGE = 97; // not a divisor of anything, so that pages end anywhere

  private final URI base;

  AurigaApi(URI base) {
    this.base = base;
  }

  /** Where the ledger stands. */
  record Position(
      String state,
      Optional<String> headRoot,
      long headSlot,
      long finalizedSlot,
      long nextIndex,
      long reorgs,
      long gaps,
      String problem,
      Map<String, Long> stages) {
    long count(String stage) {
      return stages.getOrDefault(stage, 0L);
    }
  }

  JsonNode data(String path) {
    return Http.get(base.resolve("/api/v1/" + path)).require().required("data");
  }

  Position position() {
    JsonNode status = data("status");
    JsonNode follower = status.required("follower");
    JsonNode ledger = status.required("ledger");
    Map<String, Long> stages = new HashMap<>();
    ledger
        .required("stages")
        .properties()
        .forEach(stage -> stages.put(stage.getKey(), number(stage.getValue())));
    return new Position(
        follower.required("state").asString(),
        ledger.required("head").isNull()
            ? Optional.empty()
            : Optional.of(ledger.required("head").required("root").asString()),
        number(ledger.path("head").path("slot")),
        number(ledger.path("finalized").path("slot")),
        number(ledger.path("nextIndex")),
        number(follower.required("reorgs")),
        number(ledger.required("gaps")),
        follower.required("problem").isNull() ? "" : follower.required("problem").toString(),
        stages);
  }

  /** The same, where the process answers at all. */
  Optional<Position> findPosition() {
    try {
      return Optional.of(position());
    } catch (UncheckedIOException notYet) {
      return Optional.empty();
    }
  }

  boolean isReady() {
    try {
      return Http.get(base.resolve("/readyz")).status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Whether the block of this root is kept, as a reader outside sees it. */
  boolean holds(String root) {
    return Http.get(base.resolve("/api/v1/blocks/" + root)).status() == 200;
  }

  /** Every withdrawal, orphaned ones too, from one state of the store. */
  List<StoredWithdrawal> export() {
    return Http.get(
            base.resolve("/api/v1/withdrawals/export?format=json&orphaned=true&order=oldest"))
        .require()
        .valueStream()
        .map(StoredWithdrawal::of)
        .toList();
  }

  /** The same page by page. */
  List<StoredWithdrawal> list() {
    List<StoredWithdrawal> all = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page =
          Http.get(
                  base.resolve(
                      "/api/v1/withdrawals?orphaned=true&order=oldest&limit=" + PAGE + cursor))
              .require();
      page.required("data").valueStream().map(StoredWithdrawal::of).forEach(all::add);
      JsonNode next = page.required("meta").required("nextCursor");
      if (next.isNull()) {
        return all;
      }
      cursor = "&cursor=" + next.asString();
    }
  }

  /** The health that Auriga sees of the nodes of a layer. */
  List<String> health(String layer) {
    return data("nodes")
        .valueStream()
        .filter(node -> node.required("layer").asString().equals(layer))
        .map(node -> node.required("health").asString())
        .toList();
  }

  private static long number(JsonNode text) {
    return text.isMissingNode() || text.isNull() ? -1 : Long.parseLong(text.asString());
  }
}
