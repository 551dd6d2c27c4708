package io.auriga.app.integration;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** What a beacon node says, block by block. Remembers blocks, since a root names one for good. */
final class BeaconReader {
  private final URI node;
  private final Map<String, SeenBlock> blocks = new ConcurrentHashMap<>();

  BeaconReader(URI node) {
    this.node = node;
  }

  /** The root of the block that {@code id} names: head, finalized, a slot. */
  Optional<String> root(String id) {
    Http.Answer answer = Http.get(node.resolve("/eth/v1/beacon/headers/" + id));
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(answer.require().required("data").required("root").asString());
  }

  Optional<SeenBlock> block(String root) {
    SeenBlock known = blocks.get(root);
    if (known != null) {
      return Optional.of(known);
    }
    Http.Answer answer = Http.get(node.resolve("/eth/v2/beacon/blocks/" + root));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    SeenBlock block = SeenBlock.of(root, answer.require());
    blocks.put(root, block);
    return Optional.of(block);
  }

  SeenBlock head() {
    return block(root("head").orElseThrow()).orElseThrow();
  }

  /** The block with this root and all before it, without genesis, oldest first. */
  List<SeenBlock> chainTo(String root) {
    Deque<SeenBlock> chain = new ArrayDeque<>();
    Optional<SeenBlock> next = block(root);
    while (next.isPresent() && next.get().slot() > 0) {
      chain.addFirst(next.get());
      next = block(next.get().parentRoot());
    }
    return List.copyOf(chain);
  }

  /** The finalized block of the head's state, by the node's own word; empty before the first. */
  Optional<SeenBlock> finalized() {
    JsonNode checkpoint =
        Http.get(node.resolve("/eth/v1/beacon/states/head/finality_checkpoints"))
            .require()
            .required("data")
            .required("finalized");
    return checkpoint.required("epoch").asString().equals("0")
        ? Optional.empty()
        : block(checkpoint.required("root").asString());
  }
}
