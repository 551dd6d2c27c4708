package io.auriga.sync.relay;

import io.auriga.sync.relay.RelayedCall.Outcome;
import io.auriga.sync.relay.http.AnswerHead;
import io.auriga.sync.relay.http.BodyWriter;
import io.auriga.sync.relay.http.Framing;
import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.http.MalformedHttpException;
import io.auriga.sync.relay.http.RequestHead;
import io.auriga.sync.relay.http.Wire;
import io.auriga.sync.relay.jwt.JwtVerdict;
import io.auriga.sync.relay.jwt.JwtVerifier;
import io.auriga.sync.relay.scan.RequestFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a consensus client: call after call, on a thread of its own. */
final class ClientConnection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration HEAD_TIME = Duration.ofSeconds(10);
  private static final Duration STALL = Duration.ofSeconds(20);

  /** What is still taken from one that was refused, so that it can read why. */
  private static final int REFUSED_BYTES_MAX = 1 << 20;

  private static final String BEARER = "bearer ";

  private final Wire wire;
  private final InetAddress peer;
  private final JwtVerifier verifier;
  private final Backend backend;
  private final RelayMetrics metrics;
  private final InstantSource time;
  private final long bodyBytesMax;
  private final Forward forward;
  private final WebSocketUpgrade webSocket;
  private final Head head = new Head();
  private final ByteBuffer window;
  private final ByteBuffer staged = ByteBuffer.allocate(Heads.BYTES_MAX);

  private volatile boolean busy;
  private volatile boolean ending;
  private Instant received = Instant.EPOCH;
  private String id = "null";

  /**
   * @param window for the beginnings of bodies, ours until this has run
   */
  ClientConnection(
      Wire wire,
      ByteBuffer window,
      InetAddress peer,
      JwtVerifier verifier,
      Backend backend,
      Observation observation,
      RelayMetrics metrics,
      InstantSource time,
      long bodyBytesMax) {
    this.wire = wire;
    this.window = window;
    this.peer = peer;
    this.verifier = verifier;
    this.backend = backend;
    this.metrics = metrics;
    this.time = time;
    this.bodyBytesMax = bodyBytesMax;
    this.forward = new Forward(observation, metrics, time);
    this.webSocket = new WebSocketUpgrade(backend, observation, metrics, time);
  }

  @Override
  public void run() {
    try {
      boolean goesOn = true;
      while (goesOn && !ending) {
        wire.timer().limit(IDLE);
        if (!wire.await()) {
          break;
        }
        busy = true;
        goesOn = serve();
        busy = false;
      }
      wire.close();
    } catch (IOException | ClientGoneException gone) {
      // It left, or stalled. What it had under way is ended; there is nobody to tell.
      wire.abort();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      wire.abort();
    } catch (RuntimeException defect) {
      LOG.atError().setCause(defect).log("A connection of the relay ends by a defect");
      wire.abort();
    }
  }

  /** Ends it: at once if it is idle, else after its call. */
  void end() {
    ending = true;
    if (!busy) {
      wire.close();
    }
  }

  boolean busy() {
    return busy;
  }

  /** Ends it in the middle of its call. */
  void abort() {
    wire.abort();
  }

  private boolean serve() throws IOException, ClientGoneException, InterruptedException {
    long began = System.nanoTime();
    received = time.instant();
    id = "null";
    wire.timer().limit(HEAD_TIME);
    RequestHead request;
    try {
      request = RequestHead.read(wire, head, bodyBytesMax);
    } catch (MalformedHttpException broken) {
      return refuse(broken.status(), RelayError.BAD_REQUEST, problem(broken));
    }
    JwtVerdict verdict = verdict();
    if (!(verdict instanceof JwtVerdict.Accepted(Optional<String> name))) {
      JwtVerdict.Refused refused = (JwtVerdict.Refused) verdict;
      return refuse(401, RelayError.UNAUTHORIZED, refused.reason().text());
    }
    wire.timer().stallLimit(STALL);
    if (head.lists("upgrade", "websocket")) {
      return upgrade(request, consensus(name));
    }
    Optional<String> expect = head.single("expect");
    if (expect.isPresent()) {
      if (!expect.get().equalsIgnoreCase("100-continue")) {
        return refuse(417, RelayError.BAD_REQUEST, "an Expect of another kind");
      }
      wire.send(
          ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }
    try (Call call = new Call(request, received, began, wire, window, bodyBytesMax, metrics)) {
      return pass(call, consensus(name));
    }
  }

  private boolean upgrade(RequestHead request, String consensus)
      throws IOException, InterruptedException {
    Optional<RelayError> failure = webSocket.run(request, wire, received, consensus);
    return failure.isPresent()
        && refuse(
            failure.get() == RelayError.NO_WEBSOCKET ? 501 : 502,
            failure.get(),
            failure.get().meaning());
  }

  private boolean pass(Call call, String consensus)
      throws IOException, ClientGoneException, InterruptedException {
    try {
      call.open();
    } catch (ClientGoneException gone) {
      if (gone.getCause() instanceof MalformedHttpException broken) {
        return refuse(broken.status(), RelayError.BAD_REQUEST, problem(broken));
      }
      throw gone;
    }
    RequestFacts facts = call.facts();
    id = facts.id().orElse("null");
    EngineMethod method =
        facts.method().map(EngineMethod::of).orElse(EngineMethod.unread(facts.batch()));
    if (!backend.admits(consensus, method, facts)) {
      return reply(
          call,
          200,
          Replies.error(id, RelayError.SECOND_WRITER, "another one sets the fork choice"),
          RelayError.SECOND_WRITER);
    }
    return backend.mirrors(method) ? passToAll(call, method) : passToOne(call, method, facts);
  }

  private boolean passToAll(Call call, EngineMethod method)
      throws IOException, ClientGoneException, InterruptedException {
    Fanout.Result result = backend.mirror(call, method);
    wire.timer().stallLimit(STALL);
    try {
      return switch (result.choice()) {
        case Policy.Choice.Pass(int index) -> answer(call, method, result.calls().get(index));
        case Policy.Choice.Unsure() ->
            reply(call, 200, Replies.syncing(id, method.family()), RelayError.NO_AGREEMENT);
        case Policy.Choice.None() -> {
          boolean slow =
              result.calls().stream()
                  .anyMatch(one -> !one.isDone() || one.outcome() == Outcome.TIMEOUT);
          yield failed(call, slow ? Outcome.TIMEOUT : result.calls().getFirst().outcome());
        }
      };
    } finally {
      result.observe();
    }
  }

  private boolean passToOne(Call call, EngineMethod method, RequestFacts facts)
      throws IOException, ClientGoneException {
    Outcome outcome = forward.pass(call, method, backend.candidates(method, facts));
    if (outcome == Outcome.ANSWERED) {
      if (!call.taken()) {
        // Answered before all was sent, as a body that is too large.
        wire.finish(REFUSED_BYTES_MAX);
      }
      return forward.keeps();
    }
    if (forward.answering()) {
      // A part has been sent; only a cut tells that it is not all.
      wire.abort();
      return false;
    }
    return failed(call, outcome);
  }

  private boolean failed(Call call, Outcome outcome) throws IOException {
    RelayError error =
        switch (outcome) {
          case TIMEOUT -> RelayError.TIMEOUT;
          case BROKEN_ANSWER -> RelayError.BROKEN_ANSWER;
          case EXECUTION_TOKEN -> RelayError.EXECUTION_TOKEN;
          default -> RelayError.UNREACHABLE;
        };
    int status = error == RelayError.TIMEOUT ? 504 : 502;
    return reply(call, status, Replies.error(id, error, error.meaning()), error);
  }

  /** Sends an answer that was held. */
  private boolean answer(Call call, EngineMethod method, HeldCall held) throws IOException {
    AnswerHead answer = held.answer();
    boolean keeps = call.taken() && call.request().keepsAlive();
    Framing framing = Framing.ofLength(held.body().length);
    Heads.answer(answer, framing, !keeps, received, time.instant(), staged);
    BodyWriter writer = new BodyWriter(wire, false, staged);
    if (held.body().length > 0) {
      writer.write(ByteBuffer.wrap(held.body()));
    }
    writer.end();
    backend.passed(method, held.target(), held.facts());
    return keeps;
  }

  /** Answers in our own words. */
  private boolean reply(Call call, int status, byte[] body, RelayError error) throws IOException {
    metrics.refused(error);
    boolean keeps = call.taken() && call.request().keepsAlive();
    send(status, body, !keeps);
    if (!keeps) {
      wire.finish(REFUSED_BYTES_MAX);
    }
    return keeps;
  }

  /** Answers one whose request is not even read, and ends its connection. */
  private boolean refuse(int status, RelayError error, String problem) throws IOException {
    metrics.refused(error);
    LOG.atDebug()
        .addKeyValue("code", error.code())
        .addKeyValue("peer", peer.getHostAddress())
        .addKeyValue("problem", problem)
        .log("A request was refused");
    wire.timer().limit(HEAD_TIME);
    send(status, Replies.error("null", error, problem), true);
    wire.finish(REFUSED_BYTES_MAX);
    return false;
  }

  private void send(int status, byte[] body, boolean closes) throws IOException {
    Heads.own(status, body.length, closes, received, time.instant(), staged);
    wire.send(staged, ByteBuffer.wrap(body));
  }

  private JwtVerdict verdict() {
    try {
      String field = head.single("authorization").orElse("");
      if (!field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        return new JwtVerdict.Refused(JwtVerdict.Reason.MISSING);
      }
      return verifier.verify(field.substring(BEARER.length()).strip());
    } catch (MalformedHttpException twice) {
      return new JwtVerdict.Refused(JwtVerdict.Reason.MALFORMED);
    }
  }

  /**
   * What tells consensus clients apart: where it comes from, the {@code id} of its token, and the
   * name of its program, whose version may change.
   */
  private String consensus(Optional<String> name) throws MalformedHttpException {
    String program = head.single("user-agent").orElse("").split("[/ ]", 2)[0];
    return peer.getHostAddress() + " " + name.orElse("") + " " + program;
  }

  private static String problem(MalformedHttpException broken) {
    return String.valueOf(broken.getMessage());
  }
}
