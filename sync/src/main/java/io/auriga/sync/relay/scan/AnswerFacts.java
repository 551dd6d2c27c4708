package io.auriga.sync.relay.scan;

import io.auriga.types.BlockHash;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was read of a JSON-RPC answer as it passed.
 *
 * @param id as it stands in the answer, with its quotes
 * @param status of a payload, also where it lies within the answer to a fork choice update
 * @param validationError why a payload is invalid, as far as it is short
 * @param payloadId of the payload that is being built
 * @param errorCode of a JSON-RPC error
 * @param payload the answer to {@code engine_getPayload}
 * @param whole whether it was read to its end, and so far as it was read is JSON
 */
public record AnswerFacts(
    Optional<String> id,
    Optional<PayloadStatus> status,
    Optional<BlockHash> latestValidHash,
    Optional<String> validationError,
    Optional<String> payloadId,
    OptionalLong errorCode,
    Optional<PayloadFacts> payload,
    boolean whole) {
  /** Of an answer that could not be read at all. */
  public static final AnswerFacts NONE =
      new AnswerFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          false);
}
