package io.auriga.app.integration;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an execution node says. */
final class ExecutionReader {
  private final URI node;

  ExecutionReader(URI node) {
    this.node = node;
  }

  /** A block of the execution layer, with what concerns withdrawals. */
  record Block(
      long number,
      String parentHash,
      String withdrawalsRoot,
      int transactions,
      List<Payment> payments) {}

  Block block(String hash) {
    JsonNode block = ask("eth_getBlockByHash", "[\"%s\",false]".formatted(hash));
    return new Block(
        Payment.quantity(block.required("number")).longValueExact(),
        block.required("parentHash").asString(),
        block.required("withdrawalsRoot").asString(),
        block.required("transactions").size(),
        block.required("withdrawals").valueStream().map(Payment::ofExecution).toList());
  }

  /** The hash of the block that the node's index by number names, right or wrong. */
  String hashAt(long number) {
    return ask("eth_getBlockByNumber", "[\"0x%x\",false]".formatted(number))
        .required("hash")
        .asString();
  }

  /** In wei, after the block of this number. */
  BigInteger balance(String address, long number) {
    return Payment.quantity(ask("eth_getBalance", "[\"%s\",\"0x%x\"]".formatted(address, number)));
  }

  private JsonNode ask(String method, String parameters) {
    JsonNode answer =
        Http.rpc(
            node,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
                .formatted(method, parameters));
    JsonNode result = answer.path("result");
    if (result.isMissingNode() || result.isNull()) {
      throw new IllegalStateException(method + parameters + ": " + answer);
    }
    return result;
  }
}
