package io.auriga.sync.relay;

import java.nio.charset.StandardCharsets;

/** Bodies in the relay's own words. */
final class Replies {
  /** The specification's code for what it has no other for. */
  private static final int SERVER_ERROR = -32_000;

  private Replies() {}

  /**
   * A JSON-RPC error.
   *
   * @param id as it stands in the request
   * @param problem in ASCII, without quotes and backslashes
   */
  static byte[] error(String id, RelayError error, String problem) {
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s: %s\"}}"
            .formatted(id, SERVER_ERROR, error.code(), problem));
  }

  /** That it is not known whether the payload is valid. */
  static byte[] syncing(String id, EngineMethod.Family family) {
    String status = "{\"status\":\"SYNCING\",\"latestValidHash\":null,\"validationError\":null}";
    return bytes(
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
            .formatted(
                id,
                family == EngineMethod.Family.FORK_CHOICE
                    ? "{\"payloadStatus\":" + status + ",\"payloadId\":null}"
                    : status));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
