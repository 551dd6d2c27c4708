package io.auriga.sync.relay;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the relay knows of a method: how long an answer may take, and whether every execution client
 * must be told. A method that nobody here has heard of passes like any other.
 *
 * @param family what it does, whatever its version
 * @param label its name where it is known, else {@code other}: bounded, for metrics
 * @param limit the time that the Engine API allows for the answer
 */
public record EngineMethod(Family family, String label, Duration limit) {
  /** Methods that are treated alike. */
  public enum Family {
    NEW_PAYLOAD,
    FORK_CHOICE,
    GET_PAYLOAD,
    OTHER
  }

  private static final String NEW_PAYLOAD = "engine_newPayload";
  private static final String FORK_CHOICE = "engine_forkchoiceUpdated";
  private static final String GET_PAYLOAD = "engine_getPayload";
  private static final String BODIES = "engine_getPayloadBodies";
  private static final Pattern VERSION = Pattern.compile("V[1-9]");
  private static final Pattern GET_BLOBS = Pattern.compile("engine_getBlobsV[1-9]");

  /** Not in the specification; a query of logs may take long. */
  private static final Duration OF_ETH = Duration.ofSeconds(30);

  private static final Set<String> PLAIN =
      Set.of(
          "engine_exchangeCapabilities",
          "engine_getClientVersionV1",
          "engine_exchangeTransitionConfigurationV1",
          "engine_getPayloadBodiesByHashV1",
          "engine_getPayloadBodiesByHashV2",
          "engine_getPayloadBodiesByRangeV1",
          "engine_getPayloadBodiesByRangeV2",
          "eth_blockNumber",
          "eth_call",
          "eth_chainId",
          "eth_getBlockByHash",
          "eth_getBlockByNumber",
          "eth_getCode",
          "eth_getLogs",
          "eth_sendRawTransaction",
          "eth_syncing");

  /** By its name in a request. */
  public static EngineMethod of(String name) {
    if (name.startsWith(NEW_PAYLOAD)) {
      String label = label(name, NEW_PAYLOAD);
      // From Amsterdam on the specification allows less.
      boolean shorter = label.charAt(label.length() - 1) >= '5' && label.startsWith(NEW_PAYLOAD);
      return new EngineMethod(Family.NEW_PAYLOAD, label, Duration.ofSeconds(shorter ? 6 : 8));
    }
    if (name.startsWith(FORK_CHOICE)) {
      return new EngineMethod(Family.FORK_CHOICE, label(name, FORK_CHOICE), Duration.ofSeconds(8));
    }
    if (name.startsWith(BODIES)) {
      return new EngineMethod(Family.OTHER, plain(name), Duration.ofSeconds(10));
    }
    if (name.startsWith(GET_PAYLOAD)) {
      return new EngineMethod(Family.GET_PAYLOAD, label(name, GET_PAYLOAD), Duration.ofSeconds(1));
    }
    if (name.startsWith("engine_")) {
      String label = GET_BLOBS.matcher(name).matches() ? name : plain(name);
      return new EngineMethod(Family.OTHER, label, Duration.ofSeconds(1));
    }
    return new EngineMethod(Family.OTHER, plain(name), OF_ETH);
  }

  /** Where no method could be read: a batch, or what is no JSON-RPC. */
  public static EngineMethod unread(int batch) {
    return new EngineMethod(Family.OTHER, batch > 0 ? "batch" : "unread", OF_ETH);
  }

  private static String label(String name, String prefix) {
    return VERSION.matcher(name.substring(prefix.length())).matches() ? name : "other";
  }

  private static String plain(String name) {
    return PLAIN.contains(name) ? name : "other";
  }

  /** Whether all execution clients are to hear it, to stay on the same chain. */
  public boolean mirrored() {
    return family == Family.NEW_PAYLOAD || family == Family.FORK_CHOICE;
  }

  /**
   * After this an execution client is given up: a consensus client may be more patient than the
   * specification, and must not be cut off earlier than without us.
   */
  public Duration patience() {
    return limit.multipliedBy(2);
  }

  /** After this the answer of another is taken, while the consensus client still waits. */
  public Duration failover() {
    return limit.multipliedBy(3).dividedBy(4);
  }
}
