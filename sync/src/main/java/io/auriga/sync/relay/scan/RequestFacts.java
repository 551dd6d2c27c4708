package io.auriga.sync.relay.scan;

import java.util.Optional;

/**
 * What was read of a JSON-RPC request as it passed.
 *
 * @param method empty for a batch, and where none was found
 * @param id as it stands in the request, with its quotes
 * @param payload of {@code engine_newPayload}
 * @param forkChoice of {@code engine_forkchoiceUpdated}
 * @param parameter the first parameter where it is plain, such as a payload's id
 * @param batch how many calls a batch has; 0 where it is none
 * @param batchForkChoice whether one of them is a fork choice update
 * @param whole whether it was read to its end, and so far as it was read is JSON
 */
public record RequestFacts(
    Optional<String> method,
    Optional<String> id,
    Optional<PayloadFacts> payload,
    Optional<ForkChoiceFacts> forkChoice,
    Optional<String> parameter,
    int batch,
    boolean batchForkChoice,
    boolean whole) {
  /** Of a request that could not be read at all. */
  public static final RequestFacts NONE =
      new RequestFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          false,
          false);
}
