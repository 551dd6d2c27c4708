package io.auriga.sync.relay;

import io.auriga.sync.relay.RelayedCall.Outcome;
import io.auriga.sync.relay.http.AnswerHead;
import io.auriga.sync.relay.http.Body;
import io.auriga.sync.relay.http.BodyWriter;
import io.auriga.sync.relay.http.Framing;
import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.http.Wire;
import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.AnswerScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes a call to one execution client and its answer back: each piece goes on as it comes, from
 * the buffer it was read into. Belongs to one connection of a consensus client and is used again.
 */
final class Forward {
  /** For an answer that has begun, from one piece to the next. */
  private static final Duration STALL = Duration.ofSeconds(20);

  private final Observation observation;
  private final RelayMetrics metrics;
  private final InstantSource time;
  private final Head head = new Head();
  private final ByteBuffer staged = ByteBuffer.allocate(Heads.BYTES_MAX);

  private boolean answering;
  private boolean keeps;
  private Duration sent = Duration.ZERO;
  private Duration began = Duration.ZERO;
  private int status;
  private long answerBytes;
  private AnswerFacts facts = AnswerFacts.NONE;

  Forward(Observation observation, RelayMetrics metrics, InstantSource time) {
    this.observation = observation;
    this.metrics = metrics;
    this.time = time;
  }

  /**
   * Tries the execution clients in turn, as long as nothing is lost by trying another.
   *
   * @return how the last try ended; unless it is an answer, and nothing of one was sent, the
   *     consensus client still has to be answered
   */
  Outcome pass(Call call, EngineMethod method, List<Execution> candidates)
      throws ClientGoneException {
    Outcome outcome = Outcome.UNREACHABLE;
    answering = false;
    for (Execution target : candidates) {
      Order.Turn turn =
          method.family() == EngineMethod.Family.FORK_CHOICE
              ? target.order().enter()
              : Order.Turn.free();
      try {
        outcome = turn.await(method.patience()) ? tryOne(call, method, target) : Outcome.TIMEOUT;
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        throw new ClientGoneException(new IOException("the relay ends", ending));
      } finally {
        turn.leave();
      }
      boolean over = outcome == Outcome.ANSWERED || outcome == Outcome.TIMEOUT;
      if (over || answering || !call.replayable()) {
        return outcome;
      }
    }
    return outcome;
  }

  /** Whether the consensus client has been sent a part of an answer. */
  boolean answering() {
    return answering;
  }

  /** Whether its connection can carry another call. */
  boolean keeps() {
    return keeps;
  }

  /** What the answer that was passed said. */
  AnswerFacts facts() {
    return facts;
  }

  private Outcome tryOne(Call call, EngineMethod method, Execution target)
      throws ClientGoneException {
    Outcome outcome = Outcome.CLIENT_GONE;
    try {
      Execution.Link link = target.take();
      outcome = exchange(call, method, target, link);
      boolean stale =
          outcome == Outcome.BROKEN_ANSWER && link.reused() && !answering && call.replayable();
      if (stale) {
        // It had been closed on the other side, as after a restart.
        outcome = exchange(call, method, target, target.fresh());
      }
    } catch (IOException refused) {
      outcome = Outcome.UNREACHABLE;
    } finally {
      observe(call, method, target, outcome);
    }
    if (outcome == Outcome.ANSWERED) {
      target.answered(facts);
    } else {
      target.stands(Standing.DOWN);
    }
    return outcome;
  }

  private Outcome exchange(Call call, EngineMethod method, Execution target, Execution.Link link)
      throws ClientGoneException {
    Wire wire = link.wire();
    boolean complete = false;
    reset();
    try {
      wire.timer().stallLimit(method.patience());
      IOException unsent = send(call, target, wire);
      sent = call.elapsed();
      call.client().timer().rest();
      wire.timer().limit(method.patience());
      AnswerHead answer = AnswerHead.readFinal(wire, head);
      began = call.elapsed();
      status = answer.status();
      if (answer.refusesToken()) {
        return Outcome.EXECUTION_TOKEN;
      }
      wire.timer().stallLimit(STALL);
      call.client().timer().stallLimit(STALL);
      splice(call, answer, wire);
      complete = unsent == null && answer.keepsAlive();
      return Outcome.ANSWERED;
    } catch (IOException broken) {
      return wire.timer().expired() ? Outcome.TIMEOUT : Outcome.BROKEN_ANSWER;
    } finally {
      if (complete) {
        target.release(link);
      } else {
        target.abort(link);
      }
    }
  }

  private void reset() {
    sent = Duration.ZERO;
    began = Duration.ZERO;
    status = 0;
    answerBytes = 0;
    facts = AnswerFacts.NONE;
    keeps = false;
  }

  /** Sends the request; what breaks on the way, since an answer may have come all the same. */
  private @Nullable IOException send(Call call, Execution target, Wire wire)
      throws ClientGoneException {
    Heads.request(call.request(), target, staged);
    boolean chunked = call.request().framing().kind() == Framing.Kind.CHUNKED;
    BodyWriter writer = new BodyWriter(wire, chunked, staged);
    try {
      if (call.window().hasRemaining()) {
        writer.write(call.window());
      }
      for (ByteBuffer piece = call.next(); piece != null; piece = call.next()) {
        int from = piece.position();
        int to = piece.limit();
        writer.write(piece);
        call.show(piece, from, to);
      }
      writer.end();
      return null;
    } catch (IOException broken) {
      return broken;
    }
  }

  private void splice(Call call, AnswerHead answer, Wire wire)
      throws IOException, ClientGoneException {
    boolean fixed = answer.framing().kind() == Framing.Kind.FIXED;
    boolean chunked = !fixed && call.request().http11();
    Framing framing = fixed ? answer.framing() : chunked ? Framing.CHUNKED : Framing.TO_THE_END;
    keeps =
        call.taken() && call.request().keepsAlive() && framing.kind() != Framing.Kind.TO_THE_END;
    AnswerScanner scanner = new AnswerScanner();
    Heads.answer(answer, framing, !keeps, call.received(), time.instant(), staged);
    BodyWriter writer = new BodyWriter(call.client(), chunked, staged);
    Body body = new Body(wire, answer.framing(), Long.MAX_VALUE);
    try (Tap tap = Tap.of(answer.head(), scanner, metrics)) {
      for (ByteBuffer piece = body.next(Wire.BUFFER_BYTES);
          piece != null;
          piece = body.next(Wire.BUFFER_BYTES)) {
        int from = piece.position();
        int to = piece.limit();
        toClient(writer, piece);
        tap.show(piece, from, to);
      }
      toClient(writer, null);
      tap.end();
      facts = tap.read(scanner::facts, AnswerFacts.NONE);
    } finally {
      answerBytes = body.passed();
    }
  }

  /** Sends a piece, or after the last one the end. */
  private void toClient(BodyWriter writer, @Nullable ByteBuffer piece) throws ClientGoneException {
    answering = true;
    try {
      if (piece == null) {
        writer.end();
      } else {
        writer.write(piece);
      }
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
  }

  private void observe(Call call, EngineMethod method, Execution target, Outcome outcome) {
    observation.offer(
        new RelayedCall(
            target.name(),
            outcome == Outcome.ANSWERED,
            method,
            call.received(),
            new RelayedCall.Timing(sent, began, call.elapsed()),
            call.bytes(),
            answerBytes,
            status,
            outcome,
            call.facts(),
            facts));
  }
}
