package io.auriga.app.integration;

import java.math.BigInteger;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A withdrawal as a node says it, in whichever notation. */
record Payment(long index, long validator, String address, BigInteger gwei) {
  static Payment ofConsensus(JsonNode json) {
    return new Payment(
        Long.parseLong(json.required("index").asString()),
        Long.parseLong(json.required("validator_index").asString()),
        json.required("address").asString().toLowerCase(Locale.ROOT),
        new BigInteger(json.required("amount").asString()));
  }

  static Payment ofExecution(JsonNode json) {
    return new Payment(
        quantity(json.required("index")).longValueExact(),
        quantity(json.required("validatorIndex")).longValueExact(),
        json.required("address").asString().toLowerCase(Locale.ROOT),
        quantity(json.required("amount")));
  }

  static BigInteger quantity(JsonNode hex) {
    return new BigInteger(hex.asString().substring(2), 16);
  }
}
