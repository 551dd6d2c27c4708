package io.auriga.sync.watch;

import io.auriga.sync.relay.EngineMethod;
import io.auriga.sync.relay.RelayedCall;
import io.auriga.sync.relay.RelayedCall.Outcome;
import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.ForkChoiceFacts;
import io.auriga.sync.relay.scan.PayloadFacts;
import io.auriga.sync.relay.scan.PayloadStatus;
import io.auriga.sync.relay.scan.RequestFacts;
import io.auriga.types.BlockHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls as the relay reports them, for tests. */
final class Calls {
  private Calls() {}

  static RelayedCall newPayload(
      Instant received, Duration took, Instant timestamp, BlockHash hash, PayloadStatus said) {
    return call(
        "engine_newPayloadV4",
        true,
        received,
        took,
        Outcome.ANSWERED,
        payload(timestamp, hash),
        answer(said));
  }

  static RelayedCall failed(Instant received, Outcome outcome, RequestFacts request) {
    return call(
        "engine_newPayloadV4",
        false,
        received,
        Duration.ofMillis(5),
        outcome,
        request,
        AnswerFacts.NONE);
  }

  static RelayedCall mirrored(
      Instant received, Duration took, Instant timestamp, BlockHash hash, PayloadStatus said) {
    return call(
        "engine_newPayloadV4",
        false,
        received,
        took,
        Outcome.ANSWERED,
        payload(timestamp, hash),
        answer(said));
  }

  static RelayedCall forkChoice(Instant received, Duration took, BlockHash head) {
    RequestFacts request =
        new RequestFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ForkChoiceFacts(Optional.of(head), Optional.empty(), Optional.empty(), false)),
            Optional.empty(),
            0,
            false,
            true);
    return call(
        "engine_forkchoiceUpdatedV3",
        true,
        received,
        took,
        Outcome.ANSWERED,
        request,
        answer(PayloadStatus.VALID));
  }

  static RequestFacts payload(Instant timestamp, BlockHash hash) {
    return new RequestFacts(
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new PayloadFacts(
                Optional.of(hash),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.of(timestamp.getEpochSecond()),
                Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        true);
  }

  private static AnswerFacts answer(PayloadStatus said) {
    return new AnswerFacts(
        Optional.empty(),
        Optional.of(said),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        true);
  }

  private static RelayedCall call(
      String method,
      boolean passed,
      Instant received,
      Duration took,
      Outcome outcome,
      RequestFacts request,
      AnswerFacts answer) {
    return new RelayedCall(
        "el",
        passed,
        EngineMethod.of(method),
        received,
        new RelayedCall.Timing(took, took, took),
        0,
        0,
        200,
        outcome,
        request,
        answer);
  }
}
