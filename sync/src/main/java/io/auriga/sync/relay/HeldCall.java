package io.auriga.sync.relay;

import io.auriga.sync.relay.Policy.Ballot;
import io.auriga.sync.relay.RelayedCall.Outcome;
import io.auriga.sync.relay.http.AnswerHead;
import io.auriga.sync.relay.http.Body;
import io.auriga.sync.relay.http.BodyWriter;
import io.auriga.sync.relay.http.Framing;
import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.http.Wire;
import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.AnswerScanner;
import io.auriga.sync.relay.scan.PayloadStatus;
import io.auriga.sync.relay.scan.RequestFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The same call to one of several execution clients, on a thread of its own. Its answer, which is
 * short, is held until it is known whose counts.
 */
final class HeldCall implements Runnable {
  /** The answers to newPayload and forkchoiceUpdated have some hundred bytes. */
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  /** 2 MB that an execution client may be behind, beside what its connection holds. */
  private static final int PIECES_MAX = 32;

  private static final byte[] END = {};

  private final Execution target;
  private final EngineMethod method;
  private final Call call;
  private final byte[] head;
  private final byte[] beginning;
  private final boolean small;
  private final boolean chunked;
  private final boolean awaited;
  private final Order.Turn turn;
  private final Fanout fanout;
  private final RelayMetrics metrics;
  private final ArrayBlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES_MAX);

  private volatile boolean cut;
  private volatile @Nullable Wire current;

  private Outcome outcome = Outcome.UNREACHABLE;
  private @Nullable AnswerHead answer;
  private byte[] body = {};
  private AnswerFacts facts = AnswerFacts.NONE;
  private Duration sent = Duration.ZERO;
  private Duration began = Duration.ZERO;
  private Duration ended = Duration.ZERO;
  private boolean done;

  /**
   * @param beginning of the body; all of it where {@code small}
   * @param turn in the order of fork choices, taken already
   */
  HeldCall(
      Execution target,
      EngineMethod method,
      Call call,
      ByteBuffer staged,
      byte[] beginning,
      Order.Turn turn,
      Fanout fanout,
      RelayMetrics metrics) {
    this.target = target;
    this.method = method;
    this.call = call;
    this.beginning = beginning;
    this.small = call.taken();
    this.chunked = call.request().framing().kind() == Framing.Kind.CHUNKED;
    this.awaited = target.standing() != Standing.DOWN;
    this.turn = turn;
    this.fanout = fanout;
    this.metrics = metrics;
    Heads.request(call.request(), target, staged);
    this.head = new byte[staged.remaining()];
    staged.get(head);
  }

  /** Adds a piece of the body; one that does not take it in time is not told the rest. */
  void offer(byte[] piece, Duration patience) throws InterruptedException {
    if (!cut && !pieces.offer(piece, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      cut();
      fanout.dropped(target);
    }
  }

  void end(Duration patience) throws InterruptedException {
    offer(END, patience);
  }

  /** Ends it in the middle. */
  void cut() {
    cut = true;
    pieces.clear();
    boolean _ = pieces.offer(END);
    Wire wire = current;
    if (wire != null) {
      wire.abort();
    }
  }

  @Override
  public void run() {
    try {
      outcome = turn.await(method.patience()) ? tryIt() : Outcome.TIMEOUT;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } finally {
      turn.leave();
      ended = call.elapsed();
      if (outcome == Outcome.ANSWERED) {
        target.answered(facts);
      } else if (!cut) {
        target.stands(Standing.DOWN);
      }
      fanout.completed(this);
    }
  }

  private Outcome tryIt() throws InterruptedException {
    try {
      Execution.Link link = target.take();
      Outcome first = exchange(link);
      boolean stale = first == Outcome.BROKEN_ANSWER && link.reused() && small && !cut;
      return stale ? exchange(target.fresh()) : first;
    } catch (IOException refused) {
      return Outcome.UNREACHABLE;
    }
  }

  private Outcome exchange(Execution.Link link) throws InterruptedException {
    Wire wire = link.wire();
    boolean complete = false;
    current = wire;
    try {
      wire.timer().stallLimit(method.patience());
      send(wire);
      sent = call.elapsed();
      wire.timer().limit(method.patience());
      AnswerHead read = AnswerHead.readFinal(wire, new Head());
      began = call.elapsed();
      if (read.refusesToken()) {
        return Outcome.EXECUTION_TOKEN;
      }
      hold(wire, read);
      answer = read;
      complete = read.keepsAlive();
      return Outcome.ANSWERED;
    } catch (IOException broken) {
      return wire.timer().expired() ? Outcome.TIMEOUT : Outcome.BROKEN_ANSWER;
    } finally {
      current = null;
      if (complete && !cut) {
        target.release(link);
      } else {
        target.abort(link);
      }
    }
  }

  private void send(Wire wire) throws IOException, InterruptedException {
    ByteBuffer staged = ByteBuffer.allocate(head.length + 32).put(head).flip();
    BodyWriter writer = new BodyWriter(wire, chunked, staged);
    if (beginning.length > 0) {
      writer.write(ByteBuffer.wrap(beginning));
    }
    while (!small) {
      byte[] piece = pieces.take();
      if (cut) {
        throw new IOException("cut off");
      }
      if (piece.length == 0) {
        break;
      }
      writer.write(ByteBuffer.wrap(piece));
    }
    writer.end();
  }

  private void hold(Wire wire, AnswerHead read) throws IOException {
    AnswerScanner scanner = new AnswerScanner();
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    Body passing = new Body(wire, read.framing(), ANSWER_BYTES_MAX);
    try (Tap tap = Tap.of(read.head(), scanner, metrics)) {
      for (ByteBuffer piece = passing.next(Wire.BUFFER_BYTES);
          piece != null;
          piece = passing.next(Wire.BUFFER_BYTES)) {
        tap.show(piece);
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        held.write(bytes, 0, bytes.length);
      }
      tap.end();
      body = held.toByteArray();
      facts = tap.read(scanner::facts, AnswerFacts.NONE);
    }
  }

  /** Only once it was told to the fan-out. */
  void markDone() {
    done = true;
  }

  boolean isDone() {
    return done;
  }

  Ballot ballot() {
    if (!done) {
      return awaited ? Ballot.PENDING : Ballot.ABSENT;
    }
    if (outcome != Outcome.ANSWERED) {
      return Ballot.FAILED;
    }
    if (facts.status().isEmpty()) {
      return Ballot.OTHER;
    }
    PayloadStatus status = facts.status().get();
    if (status == PayloadStatus.VALID) {
      return Ballot.VALID;
    }
    return status.isInvalid() ? Ballot.INVALID : Ballot.UNSURE;
  }

  Execution target() {
    return target;
  }

  Outcome outcome() {
    return outcome;
  }

  AnswerFacts facts() {
    return facts;
  }

  /** The answer, where there is one. */
  AnswerHead answer() {
    if (answer == null) {
      throw new IllegalStateException(target.name() + " has not answered");
    }
    return answer;
  }

  byte[] body() {
    return body;
  }

  RelayedCall observed(boolean passed, RequestFacts request) {
    return new RelayedCall(
        target.name(),
        passed,
        method,
        call.received(),
        new RelayedCall.Timing(sent, began, ended),
        call.bytes(),
        body.length,
        answer == null ? 0 : answer.status(),
        outcome,
        request,
        facts);
  }
}
