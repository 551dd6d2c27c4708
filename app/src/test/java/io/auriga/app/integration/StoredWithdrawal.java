package io.auriga.app.integration;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A withdrawal as Auriga's REST interface gives it. */
record StoredWithdrawal(
    Payment payment,
    long slot,
    long timestamp,
    int position,
    String blockRoot,
    long blockNumber,
    String blockHash,
    String withdrawalsRoot,
    String stage,
    Times times) {

  /** When each stage was reached. */
  record Times(
      Instant consensus,
      Optional<Instant> execution,
      Optional<Instant> safe,
      Optional<Instant> finalized,
      Optional<Instant> orphaned) {}

  static StoredWithdrawal of(JsonNode json) {
    JsonNode stages = json.required("stages");
    return new StoredWithdrawal(
        new Payment(
            number(json, "index"),
            number(json, "validatorIndex"),
            json.required("address").asString(),
            new BigInteger(json.required("amount").asString())),
        number(json, "slot"),
        number(json, "timestamp"),
        (int) number(json, "position"),
        json.required("blockRoot").asString(),
        number(json, "blockNumber"),
        json.required("blockHash").asString(),
        json.required("withdrawalsRoot").asString(),
        json.required("stage").asString(),
        new Times(
            time(stages, "consensus").orElseThrow(),
            time(stages, "execution"),
            time(stages, "safe"),
            time(stages, "finalized"),
            time(stages, "orphaned")));
  }

  boolean canonical() {
    return !stage.equals("orphaned");
  }

  /** What must be the same whoever followed the chain, whenever. */
  String fact() {
    return "%s in block %s (%d, %s) of slot %d at %d, root %s"
        .formatted(payment, blockRoot, blockNumber, blockHash, slot, position, withdrawalsRoot);
  }

  private static long number(JsonNode json, String name) {
    return Long.parseLong(json.required(name).asString());
  }

  private static Optional<Instant> time(JsonNode stages, String name) {
    JsonNode time = stages.required(name);
    return time.isNull() ? Optional.empty() : Optional.of(Instant.parse(time.asString()));
  }
}
