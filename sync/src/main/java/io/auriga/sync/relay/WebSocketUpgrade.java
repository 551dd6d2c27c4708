package io.auriga.sync.relay;

import io.auriga.sync.relay.http.AnswerHead;
import io.auriga.sync.relay.http.Framing;
import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.http.RequestHead;
import io.auriga.sync.relay.http.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Opens a WebSocket to the execution client for one that a consensus client asks for. The token is
 * shown in the handshake alone. No extension is offered on, so that messages can be looked into.
 */
final class WebSocketUpgrade {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final Backend backend;
  private final Observation observation;
  private final RelayMetrics metrics;
  private final InstantSource time;

  WebSocketUpgrade(
      Backend backend, Observation observation, RelayMetrics metrics, InstantSource time) {
    this.backend = backend;
    this.observation = observation;
    this.metrics = metrics;
    this.time = time;
  }

  /**
   * Lets it pass until it ends.
   *
   * @return why there is none; empty once there was one
   */
  Optional<RelayError> run(RequestHead request, Wire client, Instant received, String consensus)
      throws IOException, InterruptedException {
    Optional<Execution> only = backend.single();
    boolean fit = request.http11() && request.framing().equals(Framing.NONE);
    if (only.isEmpty() || !fit || !request.method().equals("GET")) {
      return Optional.of(RelayError.NO_WEBSOCKET);
    }
    Execution target = only.get();
    Execution.Link link;
    try {
      link = target.fresh();
    } catch (IOException refused) {
      target.stands(Standing.DOWN);
      return Optional.of(RelayError.UNREACHABLE);
    }
    try {
      ByteBuffer staged = ByteBuffer.allocate(Heads.BYTES_MAX);
      Optional<AnswerHead> answer = handshake(request, target, link.wire(), staged);
      if (answer.isEmpty() || answer.get().status() != 101) {
        return Optional.of(failure(answer));
      }
      Heads.answer(answer.get(), Framing.NONE, false, received, time.instant(), staged);
      client.send(staged);
      WebSocketCalls calls =
          new WebSocketCalls(
              target.name(),
              observation,
              time,
              (method, facts) -> backend.admits(consensus, method, facts));
      new WebSocketSplice(client, link.wire(), calls, metrics).run(backend.threads());
      return Optional.empty();
    } finally {
      target.abort(link);
    }
  }

  private static Optional<AnswerHead> handshake(
      RequestHead request, Execution target, Wire wire, ByteBuffer staged) {
    wire.timer().limit(HANDSHAKE);
    try {
      Heads.upgrade(request, target, staged);
      wire.send(staged);
      return Optional.of(AnswerHead.read(wire, new Head()));
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private static RelayError failure(Optional<AnswerHead> answer) {
    if (answer.isEmpty()) {
      return RelayError.BROKEN_ANSWER;
    }
    return answer.get().refusesToken() ? RelayError.EXECUTION_TOKEN : RelayError.NO_WEBSOCKET;
  }
}
